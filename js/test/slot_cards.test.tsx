import { describe, expect, it, vi } from "vitest";
import type { SlotView } from "../src/protocol.js";
import { SlotCards } from "../src/slot_cards.js";
import { slots } from "./fixtures.js";
import { all, buttons, click, draw, one, words } from "./page.js";

const NOW = Date.parse("2026-01-02T03:14:05+00:00");

const cards = (given: SlotView[], shown: number | null = 1) => {
  const choose = vi.fn();
  const pin = vi.fn();
  const el = draw(<SlotCards slots={given} shown={shown} now={NOW} choose={choose} pin={pin} />);
  const [first, second] = [0, 1].map((slot) => one(el, `[data-slot="${slot}"]`)) as [HTMLElement, HTMLElement];
  return { el, first, second, choose, pin };
};

const changed = (changes: Partial<SlotView>) => {
  const [first, second] = slots("both") as [SlotView, SlotView];
  return [{ ...first, ...changes }, second];
};

describe("the slot cards", () => {
  it("show the win rate with its interval, grade and tier", () => {
    const { first } = cards(slots("both"));
    const read = words(first);
    for (const part of ["91.6 %", "95 % 89.8 to 93.2", "Secure, moderate"]) expect(read).toContain(part);
    expect(one(first, '[role="img"]').getAttribute("aria-label")).toBe("won 91.6 %, between 89.8 and 93.2 %");
  });

  it("say how old, how large and how often played a result is", () => {
    const read = words(cards(slots("both")).first);
    for (const part of ["generation 7", "played 2 times", "10 min ago", "864 kB"]) expect(read).toContain(part);
  });

  it("pin either slot while none is pinned", () => {
    const { first, second, pin } = cards(slots("both"));
    for (const [slot, card] of [first, second].entries()) {
      const button = one(card, `[aria-label="Pin slot ${slot}"]`);
      expect(button.getAttribute("aria-pressed")).toBe("false");
      click(card, "Pin");
      expect(pin).toHaveBeenLastCalledWith(slot);
    }
  });

  it("let the pinned slot go, and offer no pin for the other", () => {
    const { first, second, pin } = cards(slots("pinned"));
    const [held, blocked] = [one(first, '[aria-label="Pin slot 0"]'), one(second, '[aria-label="Pin slot 1"]')];
    expect(words(held)).toBe("Pinned");
    expect(held.getAttribute("aria-pressed")).toBe("true");
    expect(blocked.hasAttribute("disabled")).toBe(true);
    click(first, "Pinned");
    expect(pin).toHaveBeenLastCalledWith(null);
  });

  it("say which is newest", () => {
    const { first, second } = cards(slots("both"));
    expect(words(first)).not.toContain("newest");
    expect(words(second)).toContain("newest");
  });

  it("say which is exactly the scenario above, and what differs in the other", () => {
    const { first, second } = cards(slots("both"));
    expect(words(first)).toContain("Exactly the scenario above");
    expect(words(second)).toContain("89 % similar");
    expect(words(second)).toContain("Ogre: armor class 17 → 11");
  });

  it("never call a scenario that differs 100 % similar", () => {
    const { first } = cards(changed({ exact: false, similarity: 0.9951, differences: ["settings: seed 1 -> 2"] }));
    expect(words(first)).toContain("over 99 % similar");
  });

  it("compare the two, with an interval, from each one's side", () => {
    const { first, second } = cards(slots("both"));
    expect(words(first)).toContain("7.7 points easier than the other slot, 95 % 4.8 to 10.5");
    expect(words(second)).toContain("7.7 points harder than the other slot, 95 % 4.8 to 10.5");
  });

  it("see no difference where the interval has zero in it", () => {
    const { first } = cards(changed({ versus: { delta: 0.01, low: -0.02, high: 0.04 } }));
    expect(words(first)).toContain("No clear difference to the other slot (-2.0 to 4.0 points)");
  });

  it("tell of fights that came to no end", () => {
    expect(words(cards(slots("both")).second)).toContain("0.2 % unresolved");
  });

  it("ask for the slot whose button is pressed, and say which is shown", () => {
    const { first, second, choose } = cards(slots("both"));
    expect(buttons(second)).toEqual(["Shown below", "Pin"]);
    expect(one(second, ".ds-show:first-of-type").getAttribute("aria-pressed")).toBe("true");
    click(first, "Show this slot");
    expect(choose.mock.calls).toEqual([[0]]);
  });

  it("are empty until something is stored", () => {
    const { el } = cards(slots("empty"), null);
    expect(words(el).match(/Empty\./g)).toHaveLength(2);
    expect(buttons(el)).toEqual([]);
  });

  it("mark a damaged slot, and leave the other one as it is", () => {
    const { first, second } = cards(slots("damaged"));
    expect(words(one(first, '[role="alert"]'))).toContain("runs.arrow does not have the bytes that were written");
    expect(buttons(first)).toEqual([]);
    expect(all(second, '[role="alert"]')).toEqual([]);
    expect(words(second)).toContain("52.2 %");
  });

  it("do not call a damaged slot untouched because it is the other one", () => {
    const { first, second } = cards(slots("lost"));
    for (const card of [first, second]) expect(words(card)).not.toContain("untouched");
  });

  it("show hostile names and problems as they are written", () => {
    for (const name of ["hostile", "lost"] as const) {
      const { el } = cards(slots(name));
      expect(all(el, "img, script, svg")).toEqual([]);
      expect(el.textContent).toContain("<img src=x onerror=alert(1)>");
    }
  });
});
