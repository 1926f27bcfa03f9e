import { act } from "preact/test-utils";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Modes, NotExactly } from "../../../src/parts/slots/display_modes.js";
import type { SlotView } from "../../../src/protocol/results.js";
import { slots } from "../../fixtures.js";
import { all, buttons, click, draw, one, words } from "../../page.js";

const NOW = Date.parse("2026-01-02T03:14:05+00:00");

const modes = (given: SlotView[], shown: number | null = 1) => {
  const [choose, pick] = [vi.fn(), vi.fn()];
  const el = draw(
    <Modes mode="newest" slots={given} shown={shown} now={NOW} choose={choose} pick={pick} />,
  );
  return { el, choose, pick, open: () => click(el, "Let me choose") };
};
const press = (key: string, shiftKey = false) =>
  act(() => {
    document.activeElement!.dispatchEvent(
      new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }),
    );
  });
const focused = () => words(document.activeElement!);

beforeEach(() => document.body.replaceChildren());

describe("the comparison dialog", () => {
  it("opens when it is asked for and not before, and asks the kernel for nothing", () => {
    const { el, open, choose } = modes(slots("both"));
    expect(all(el, "dialog")).toEqual([]);
    open();
    const dialog = one(el, "dialog");
    expect(dialog.hasAttribute("open")).toBe(true);
    expect(dialog.getAttribute("aria-modal")).toBe("true");
    expect(words(one(dialog, `#${dialog.getAttribute("aria-labelledby")}`))).toContain(
      "Which result",
    );
    expect(choose).not.toHaveBeenCalled();
  });

  it("shows both with win rates, grades, age, size, likeness and what differs", () => {
    const { el, open } = modes(slots("pinned"));
    open();
    const [first, second] = all(el, ".ds-choice").map(words) as [string, string];
    for (const part of [
      "pinned",
      "91.6 %, 95 % 89.8 to 93.2",
      "10 min ago",
      "generation 7",
      "864 kB",
      "exactly the scenario",
    ])
      expect(first).toContain(part);
    for (const part of ["newest", "shown now", "89 % to the scenario", "Ogre: armor class 17 → 11"])
      expect(second).toContain(part);
    expect(words(one(el, "dialog"))).toContain("7.7 points harder than slot 0");
  });

  it("begins at the one that is shown; arrow keys go to the other, and Enter's click chooses it", () => {
    const { el, open, pick } = modes(slots("both"));
    open();
    expect(focused()).toBe("Show slot 1");
    press("ArrowLeft");
    expect(focused()).toBe("Show slot 0");
    press("ArrowRight");
    press("ArrowRight");
    expect(focused()).toBe("Show slot 0");
    act(() => (document.activeElement as HTMLElement).click());
    expect(pick.mock.calls).toEqual([[0]]);
    expect(all(el, "dialog")).toEqual([]);
    expect(focused()).toBe("Let me choose");
  });

  it("keeps the focus within, whichever way Tab goes", () => {
    const { el, open } = modes(slots("both"));
    open();
    const seen = new Set<string>();
    for (let presses = 0; presses < 8; presses++) {
      press("Tab");
      expect(one(el, "dialog").contains(document.activeElement)).toBe(true);
      seen.add(focused());
    }
    expect([...seen].sort()).toEqual(["Cancel", "Show slot 0", "Show slot 1"]);
    press("Tab", true);
    expect(one(el, "dialog").contains(document.activeElement)).toBe(true);
  });

  it("is left by Escape and by Cancel with everything as it was", () => {
    for (const leave of [
      () => press("Escape"),
      () => click(one(document.body, "dialog"), "Cancel"),
    ]) {
      const { el, open, choose, pick } = modes(slots("both"));
      open();
      leave();
      expect(all(el, "dialog")).toEqual([]);
      expect(focused()).toBe("Let me choose");
      expect([...choose.mock.calls, ...pick.mock.calls]).toEqual([]);
    }
  });

  it("lets no key through to the notebook around it", () => {
    const { el, open } = modes(slots("both"));
    const heard = vi.fn();
    el.addEventListener("keydown", heard);
    open();
    for (const key of ["a", "Enter", "ArrowDown", "Tab"]) press(key);
    expect(heard).not.toHaveBeenCalled();
    expect(one(el, "dialog").getAttribute("data-lm-suppress-shortcuts")).toBe("true");
  });

  it("offers no empty and no damaged slot, and says why", () => {
    const { el, open } = modes(slots("damaged"));
    open();
    expect(buttons(one(el, "dialog"))).toEqual(["Show slot 1", "Cancel"]);
    expect(words(all(el, ".ds-choice")[0]!)).toContain("Damaged: runs.arrow");
    const empty = modes(slots("empty"), null);
    empty.open();
    expect(buttons(one(empty.el, "dialog"))).toEqual(["Cancel"]);
    expect(focused()).toBe("Cancel");
  });

  it("shows hostile names as they are written", () => {
    const { el, open } = modes(slots("hostile"));
    open();
    expect(all(el, "img, script")).toEqual([]);
    expect(el.textContent).toContain("<img src=x onerror=alert(1)>");
  });
});

describe("the mode most similar", () => {
  const note = (mode: "newest" | "most_similar", shown: number | null) =>
    words(draw(<NotExactly mode={mode} slots={slots("both")} shown={shown} />));

  it("says when what it shows is not exactly the scenario, and only then", () => {
    expect(note("most_similar", 1)).toContain(
      "Not exactly this scenario: slot 1 is the most similar one, 89 %",
    );
    expect(note("most_similar", 0)).toBe("");
    expect(note("newest", 1)).toBe("");
    expect(note("most_similar", null)).toBe("");
  });
});
