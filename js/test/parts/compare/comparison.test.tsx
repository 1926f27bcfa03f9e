import { describe, expect, it } from "vitest";
import { Comparison, FoldedComparison } from "../../../src/parts/compare/comparison.js";
import { intervalPlace } from "../../../src/parts/compare/interval_place.js";
import type { Contrast } from "../../../src/protocol/comparison.js";
import { comparison } from "../../fixtures.js";
import { all, click, draw, one, words } from "../../page.js";

const shown = (name: Parameters<typeof comparison>[0]) =>
  draw(<Comparison comparison={comparison(name)} />);
const contrast = (changes: Partial<Contrast>): Contrast => ({
  ...comparison("paired").directions[0]!.contrasts[0]!,
  ...changes,
});

describe("a comparison", () => {
  it("says in a sentence what it means, and of which kind it is", () => {
    const el = shown("paired");
    expect(words(one(el, ".ds-verdict"))).toBe(
      "Slot 1 is 7.7 points harder than slot 0 (95 % 6.2 to 9.5), and that is not luck.",
    );
    expect(words(el)).toContain("paired: same dice");
    expect(words(el)).toContain("77 won only in slot 0");
    expect(words(shown("hostile"))).toContain("not paired: other dice");
  });

  it("gives every figure of both, their difference and its interval", () => {
    const rows = all(shown("paired"), ".ds-contrasts tbody tr").map(words);
    expect(rows).toHaveLength(4);
    for (const part of [
      "Win rate",
      "84.0 %",
      "91.6 %",
      "7.7 points harder",
      "−7.7",
      "−9.5 to −6.2",
    ])
      expect(rows[0]).toContain(part);
    expect(rows[2]).toContain("no clear difference");
  });

  it("is turned round by Swap, and back again", () => {
    const el = shown("paired");
    const before = words(el);
    click(el, "Swap");
    expect(words(one(el, ".ds-verdict"))).toContain("Slot 0 is 7.7 points easier than slot 1");
    expect(words(all(el, ".ds-contrasts tbody tr")[0]!)).toContain("+7.7, +6.2 to +9.5");
    expect(words(one(el, ".ds-changes"))).toBe("Ogre: armor class 17 → 11");
    click(el, "Swap");
    expect(words(el)).toBe(before);
  });

  it("overlays the five timelines of both", () => {
    const rows = all(shown("paired"), "tr[data-block]");
    expect(rows.map((row) => row.dataset.block)).toEqual([
      "Disaster",
      "Struggle",
      "Typical",
      "Heroic",
      "Legend",
    ]);
    for (const row of rows) expect(all(row, ".ds-pair i")).toHaveLength(4);
    expect(words(rows[0]!)).toContain("0 against 4");
  });

  it("knows no interval of a single run", () => {
    const el = shown("single");
    expect(words(el)).toContain("interval not known: a single run");
  });

  it("says why there is none, and is not in the way in a dashboard then", () => {
    expect(words(shown("missing"))).toBe("Nothing to compareThere is only one result.");
    expect(draw(<FoldedComparison comparison={comparison("missing")} />).childElementCount).toBe(0);
  });

  it("is one closed line in a dashboard, which says what it comes to", () => {
    const el = draw(<FoldedComparison comparison={comparison("paired")} />);
    expect(one<HTMLDetailsElement>(el, "details.ds-compare-fold").open).toBe(false);
    expect(words(one(el, "summary"))).toContain(
      "Compare slot 1 with slot 0 Slot 1 is 7.7 points harder",
    );
  });

  it("shows hostile names as they are written", () => {
    const el = shown("hostile");
    expect(all(el, "img, script")).toEqual([]);
    expect(el.textContent).toContain("<img src=x onerror=alert(1)>");
  });
});

describe("an interval on its track", () => {
  it("has zero in the middle, and lies within the track", () => {
    const place = intervalPlace(contrast({ delta: -0.08, low: -0.1, high: -0.06 }))!;
    expect(place.high).toBeLessThan(50);
    expect(place.low).toBeGreaterThanOrEqual(0);
    expect(place.low).toBeLessThan(place.delta);
    expect(intervalPlace(contrast({ delta: 0, low: 0, high: 0 }))).toEqual({
      low: 50,
      delta: 50,
      high: 50,
    });
    expect(intervalPlace(contrast({ low: null, high: null }))).toBeNull();
  });

  it("does not blow up what is next to nothing", () => {
    expect(intervalPlace(contrast({ delta: 0, low: -0.001, high: 0.001 }))!.high).toBeLessThan(52);
  });
});
