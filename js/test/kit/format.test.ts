import { describe, expect, it } from "vitest";
import {
  age,
  bytes,
  capital,
  cost,
  fought,
  kind,
  percent,
  plural,
  timeLeft,
  wholePercent,
} from "../../src/kit/format.js";

const NOW = Date.parse("2026-01-02T03:04:05+00:00");
const before = (seconds: number) => new Date(NOW - 1000 * seconds).toISOString();

describe("numbers in words", () => {
  it("are one of one thing, and many of all others", () => {
    expect([0, 1, 2, 1005].map((number) => plural(number, "run"))).toEqual([
      "0 runs",
      "1 run",
      "2 runs",
      "1,005 runs",
    ]);
  });

  it("say how a fight went, by its outcome or the letter of it", () => {
    expect([fought("win", 8), fought("l", 1), fought("unresolved", 50)]).toEqual([
      "won in 8 rounds",
      "lost in 1 round",
      "unresolved in 50 rounds",
    ]);
  });

  it.each([
    [0, "0.0"],
    [0.85671, "85.7"],
    [1, "100.0"],
  ])("share %d is %s percent", (share, words) => expect(percent(share)).toBe(words));

  it.each([
    [0, "0"],
    [1 / 201, "under 1"],
    [0.497, "50"],
    [200 / 201, "over 99"],
    [0.99501, "over 99"],
    [1, "100"],
  ])(
    "share %d in whole percents is %s: all and none are said only of all and none",
    (share, words) => expect(wholePercent(share)).toBe(words),
  );

  it.each([
    [0, "0 kB"],
    [123_456, "123 kB"],
    [1_358_024, "1.4 MB"],
    [350_000_000, "350 MB"],
  ])("%d bytes are %s", (size, words) => expect(bytes(size)).toBe(words));

  it("says what a result took, and leaves out what is not known", () => {
    const metrics = {
      simulation_seconds: 0.0123,
      disk_seconds: 1.26,
      compression_ratio: 6.27,
      peak_memory_bytes: 250_000_000,
    };
    expect(cost(metrics)).toBe(
      "Played in 12 ms, stored in 1.3 s, 6.3 times smaller than in memory; peak memory 250 MB",
    );
    expect(cost({ ...metrics, compression_ratio: 0 })).not.toContain("smaller");
    expect(cost(null)).toBe("");
  });

  it.each([
    [0, "just now"],
    [30, "30 s ago"],
    [600, "10 min ago"],
    [7200, "2 h ago"],
    [3 * 86_400, "3 days ago"],
    [-60, "just now"],
  ])("%d seconds back is %s", (seconds, words) => expect(age(before(seconds), NOW)).toBe(words));

  it("a time that is none has no age", () => expect(age("", NOW)).toBe(""));

  it("without a now the date is said", () => {
    expect(age(new Date(2026, 10, 9, 21, 5).toISOString(), null)).toBe("9 Nov 2026, 21:05");
    expect(age("", null)).toBe("");
  });

  it.each([
    [null, ""],
    [0, "under a second left"],
    [12.5, "13 s left"],
    [600, "10 min left"],
  ])("%s seconds to go is %s", (seconds, words) => expect(timeLeft(seconds)).toBe(words));

  it.each([
    ["Goblin 6", "Goblin"],
    ["Ogre", "Ogre"],
    ["Type 2 Demon", "Type 2 Demon"],
    ["7", "7"],
  ])("%s is a %s", (name, found) => expect(kind(name)).toBe(found));

  it("capitals are for the first letter", () => expect(capital("risky")).toBe("Risky"));
});
