import { describe, expect, it } from "vitest";
import examples from "../../../../tests/fixtures/protocol/dice.json";
import {
  average,
  readDamage,
  readHealing,
  withBonus,
  written,
} from "../../../src/parts/editor/dice.js";

const good = examples.filter(({ damage }) => damage);

describe("dice texts", () => {
  it("are many, good ones and bad ones", () => {
    expect(good.length).toBeGreaterThan(60);
    expect(examples.length - good.length).toBeGreaterThan(100);
  });

  it.each(examples)(
    "$text is read as the kernel reads it, or refused as by the kernel",
    ({ text, damage, healing }) => {
      expect(readDamage(text).terms?.map(written) ?? null).toEqual(damage);
      expect(readHealing(text).terms !== null).toBe(healing);
    },
  );

  it.each(examples.filter(({ damage }) => !damage))("$text is refused in words", ({ text }) => {
    const { problem } = readDamage(text);
    expect(problem).not.toBe("");
    expect(problem.length).toBeLessThan(160);
  });

  it.each([
    ["2d", '"d" without a number of sides behind it'],
    ["2d6 fier", 'unknown damage type "fier", did you mean "fire"?'],
    ["2d6 3", '"3" needs a "+" before it'],
    ["1d6; import os", 'cannot read "; import os"'],
  ])("%s is told what is wrong with it", (text, words) => {
    expect(readDamage(text).problem).toContain(words);
  });

  it("have averages", () => {
    expect(average(readDamage("2d6+8 slashing + 2d6 fire").terms!)).toBe(22);
    expect(average(readDamage("d6-1").terms!)).toBe(2.5);
  });

  it("get another bonus in their first term", () => {
    expect(withBonus(readDamage("2D6+8 Slashing + 2d6 fire").terms!, 9)).toBe(
      "2d6+9 slashing + 2d6 fire",
    );
    expect(withBonus(readDamage("1d4").terms!, -1)).toBe("1d4-1");
    expect(withBonus(readDamage("1d4+1").terms!, 0)).toBe("1d4");
  });

  it.each(good)("$text with another bonus is what the kernel can read, or nothing", ({ text }) => {
    const terms = readDamage(text).terms!;
    for (const by of [-1, 1, 1000]) {
      const other = withBonus(terms, terms[0]!.bonus + by);
      if (other === null) continue;
      const [first, ...others] = readDamage(other).terms!;
      expect(first).toEqual({ ...terms[0], bonus: terms[0]!.bonus + by });
      expect(others).toEqual(terms.slice(1));
    }
  });
});
