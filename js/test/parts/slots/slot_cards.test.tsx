import { describe, expect, it, vi } from "vitest";
import { SlotCards } from "../../../src/parts/slots/slot_cards.js";
import type { SlotView } from "../../../src/protocol/results.js";
import { slots } from "../../fixtures.js";
import { all, buttons, click, draw, one, words } from "../../page.js";

const NOW = Date.parse("2026-01-02T03:14:05+00:00");

const cards = (given: SlotView[], shown: number | null = 1) => {
  const choose = vi.fn();
  const send = vi.fn();
  const el = draw(<SlotCards slots={given} shown={shown} now={NOW} choose={choose} send={send} />);
  const [first, second] = [0, 1].map((slot) => one(el, `[data-slot="${slot}"]`)) as [
    HTMLElement,
    HTMLElement,
  ];
  return { el, first, second, choose, send };
};

const changed = (changes: Partial<SlotView>) => {
  const [first, second] = slots("both") as [SlotView, SlotView];
  return [{ ...first, ...changes }, second];
};

describe("the slot cards", () => {
  it("show the win rate with its interval, grade and tier", () => {
    const { first } = cards(slots("both"));
    const read = words(first);
    for (const part of ["91.6 %", "95 % 89.8 to 93.2", "Secure, moderate"])
      expect(read).toContain(part);
    expect(one(first, '[role="img"]').getAttribute("aria-label")).toBe(
      "won 91.6 %, between 89.8 and 93.2 %",
    );
  });

  it("say how old, how large and how often played a result is", () => {
    const read = words(cards(slots("both")).first);
    for (const part of ["generation 7", "played 2 times", "10 min ago", "864 kB"])
      expect(read).toContain(part);
  });

  it("pin either slot while none is pinned", () => {
    const { first, second, send } = cards(slots("both"));
    for (const [slot, card] of [first, second].entries()) {
      const button = one(card, `[aria-label="Pin slot ${slot}"]`);
      expect(button.getAttribute("aria-pressed")).toBe("false");
      click(card, "Pin");
      expect(send).toHaveBeenLastCalledWith({ type: "pin", slot: slot });
    }
  });

  it("put the scenario of either slot on screen", () => {
    const { first, second, send } = cards(slots("both"));
    for (const [slot, card] of [first, second].entries()) {
      click(card, "Edit this");
      expect(send).toHaveBeenLastCalledWith({ type: "edit_slot", slot: slot });
    }
  });

  it("offer nothing to edit of an empty slot", () => {
    expect(words(cards(slots("empty")).first)).not.toContain("Edit this");
  });

  it("let the pinned slot go, and offer no pin for the other", () => {
    const { first, second, send } = cards(slots("pinned"));
    const [held, blocked] = [
      one(first, '[aria-label="Pin slot 0"]'),
      one(second, '[aria-label="Pin slot 1"]'),
    ];
    expect(words(held)).toBe("Pinned");
    expect(held.getAttribute("aria-pressed")).toBe("true");
    expect(blocked.hasAttribute("disabled")).toBe(true);
    click(first, "Pinned");
    expect(send).toHaveBeenLastCalledWith({ type: "pin", slot: null });
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

  it("say from which file a result came, and whether it was checked", () => {
    const { first, second } = cards(slots("imported"));
    expect(words(first)).toContain("imported");
    expect(words(first)).toContain(
      "Imported from ambush.dualslot on 2026-01-02, checked: 1,005 runs were played again and agree.",
    );
    expect(words(one(second, ".ds-doubt"))).toBe("not verified");
    expect(words(second)).toContain("not verified: made by other rules (version 1).");
    expect(second.querySelector("img")).toBeNull();
  });

  it("never take what could not be verified for the result of the scenario above", () => {
    const { first, second } = cards(slots("imported"));
    expect(words(first)).toContain("Exactly the scenario above.");
    expect(words(second)).toContain("Exactly the scenario above, but not verified.");
  });

  it("say nothing of where it came from where it was played here", () => {
    const { el } = cards(slots("both"));
    expect(words(el)).not.toMatch(/imported|verified/i);
  });

  it("never call a scenario that differs 100 % similar", () => {
    const { first } = cards(
      changed({ exact: false, similarity: 0.9951, differences: ["settings: seed 1 -> 2"] }),
    );
    expect(words(first)).toContain("over 99 % similar");
  });

  it("compare the two, with an interval, from each one's side", () => {
    const { first, second } = cards(slots("both"));
    expect(words(first)).toContain("7.7 points easier than slot 1, 95 % 6.2 to 9.5");
    expect(words(second)).toContain("7.7 points harder than slot 0, 95 % 6.2 to 9.5");
  });

  it("say nothing of dice that were not the same", () => {
    expect(words(cards(slots("hostile")).first)).not.toContain("dice");
  });

  it("tell of fights that came to no end", () => {
    expect(words(cards(slots("both")).second)).toContain("0.2 % unresolved");
  });

  it("ask for the slot whose button is pressed, and say which is shown", () => {
    const { first, second, choose } = cards(slots("both"));
    expect(buttons(second)).toEqual(["Shown below", "Pin", "Edit this"]);
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
    expect(words(one(first, '[role="alert"]'))).toContain(
      "runs.arrow does not have the bytes that were written",
    );
    expect(buttons(first)).toEqual([]);
    expect(all(second, '[role="alert"]')).toEqual([]);
    expect(words(second)).toContain("52.2 %");
  });

  it("say of a slot that cannot be read now that nothing takes its place, and do not call it damaged", () => {
    const { first } = cards(slots("barred"));
    const told = words(one(first, '[role="alert"]'));
    expect(told).toContain("Cannot be used now: metadata.json cannot be read now");
    expect(told).toContain("No result takes its place.");
    expect(told).not.toMatch(/damaged|goes here/i);
    expect(buttons(first)).toEqual([]);
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
