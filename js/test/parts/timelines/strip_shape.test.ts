import { describe, expect, it } from "vitest";
import {
  blockOf,
  blockSpan,
  columnAfterKey,
  describeRange,
  describeRun,
  outline,
  rankOf,
  survivorBands,
  unresolvedSpans,
} from "../../../src/parts/timelines/strip_shape.js";
import type { StripView } from "../../../src/protocol/results.js";
import { strip } from "../../fixtures.js";

const ALL = strip("usual");
const MIXED = strip("harder");
const MANY = strip("many");
const FEW = strip("few");

describe("the strip", () => {
  it("of 1005 runs has a column for each rank", () => {
    expect([0, 500, 1004].map((column) => rankOf(ALL, column))).toEqual([1, 501, 1005]);
  });

  it("of more runs has evenly spaced ranks from worst to best", () => {
    const ranks = MANY.runs.map((_, column) => rankOf(MANY, column));
    expect([MANY.runs.length, ranks[0], ranks.at(-1)]).toEqual([1005, 6, 10_046]);
    expect(ranks.every((rank, column) => column === 0 || rank === ranks[column - 1]! + 10)).toBe(
      true,
    );
  });

  it.each([ALL, MIXED, MANY, FEW])(
    "has each column in one of its five blocks",
    (shown: StripView) => {
      const spans = [0, 1, 2, 3, 4].map((block) => blockSpan(shown, block));
      expect(spans[0]![0]).toBe(0);
      expect(spans[4]![1]).toBe(shown.runs.length);
      shown.runs.forEach((_, column) => {
        const [first, end] = spans[blockOf(shown, column)]!;
        expect(first <= column && column < end).toBe(true);
      });
    },
  );

  it("tells a run in words", () => {
    expect(describeRun(ALL, 0)).toBe(
      "Run 68, rank 1 of 1,005, Disaster: lost in 6 rounds, 0 standing with 0 hit points, monsters 11",
    );
    expect(describeRun(ALL, 1004)).toBe(
      "Run 1004, rank 1,005 of 1,005, Legend: won in 7 rounds, 4 standing with 68 hit points",
    );
  });

  it("tells of a range how many of its runs are won", () => {
    expect(describeRange(ALL, 83, 85)).toMatch(
      /^2 runs, ranks 84 to 85: 50\.0 % won, on average 2\.0 standing after/,
    );
    expect(describeRange(ALL, 0, 1)).toMatch(/^1 run, ranks 1 to 1: 0\.0 % won/);
    expect(describeRange(MANY, 0, 1005)).toMatch(
      /^1,005 shown runs, ranks 6 to 10,046: 95\.0 % won/,
    );
  });

  it("is walked run by run, block by block and to its ends, and never left", () => {
    const keys = (column: number, ...names: string[]) =>
      names.map((name) => columnAfterKey(ALL, column, name));
    expect(keys(0, "ArrowLeft", "PageDown", "Home", "ArrowRight", "PageUp", "End")).toEqual([
      0, 0, 0, 1, 201, 1004,
    ]);
    expect(keys(1004, "ArrowRight", "PageUp", "ArrowLeft", "PageDown")).toEqual([
      1004, 1004, 1003, 804,
    ]);
    expect(keys(402, "PageDown", "PageUp", "a", "Tab")).toEqual([201, 603, null, null]);
  });

  it.each([ALL, MIXED, FEW])(
    "is outlined from its first column to its last, at its values",
    (shown: StripView) => {
      const path = outline(shown.party_hp, 0, shown.runs.length, 100, -1);
      expect(path).toMatch(
        new RegExp(`^M0 100H0V${100 - shown.party_hp[0]!}.*H${shown.runs.length}V100Z$`),
      );
      // Read back, column by column.
      const read: number[] = [];
      for (const [, at, height] of path.matchAll(/H(\d+)V([\d.]+)/g)) {
        while (read.length > 0 && read.length < Number(at)) read.push(read.at(-1)!);
        if (read.length < shown.runs.length) read.push(100 - Number(height));
      }
      expect(read).toEqual(shown.party_hp);
    },
  );

  it("has one band for each number of survivors, as it is sorted by them", () => {
    const bands = survivorBands(MIXED);
    expect(bands.map(({ survivors }) => survivors)).toEqual([...new Set(MIXED.survivors)]);
    expect(bands.map(({ first }) => first)).toEqual([
      0,
      ...bands.slice(0, -1).map(({ end }) => end),
    ]);
    expect(bands.at(-1)!.end).toBe(1005);
  });

  it("marks what is unresolved", () => {
    expect(unresolvedSpans(ALL)).toEqual([]);
    const marked = unresolvedSpans(MIXED).flatMap(([first, end]) => [
      ...MIXED.outcomes.slice(first, end),
    ]);
    expect(marked).toEqual(["u", "u"]);
  });
});
