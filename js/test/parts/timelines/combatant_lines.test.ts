import { describe, expect, it } from "vitest";
import { lines } from "../../../src/parts/timelines/combatant_lines.js";
import type { CombatantResult } from "../../../src/protocol/results.js";
import { slots } from "../../fixtures.js";

const combatant = (name: string, changes: Partial<CombatantResult> = {}): CombatantResult => ({
  name,
  side: "monsters",
  start_hp: 7,
  final_hp: 7,
  state: "up",
  went_down_round: null,
  ...changes,
});

describe("combatants of one kind", () => {
  it("are one line with their hit points together", () => {
    const dead = { final_hp: 0, state: "dead", went_down_round: 2 } as const;
    const [goblins, ogre, ...rest] = lines(
      [
        combatant("Goblin 1"),
        combatant("Goblin 2", dead),
        combatant("Ogre", { start_hp: 59, final_hp: 9 }),
      ],
      "monsters",
    );
    expect(goblins).toMatchObject({ name: "Goblin", count: 2, standing: 1, start: 14, final: 7 });
    expect(goblins?.note).toBe(
      "Goblin 1: 7 of 7 hit points, standing\nGoblin 2: 0 of 7 hit points, dead, first down in round 2",
    );
    expect(ogre).toMatchObject({ name: "Ogre", count: 1, standing: 1, start: 59, final: 9 });
    expect(rest).toEqual([]);
  });

  it("are one line only on the monsters' side: characters keep their own", () => {
    const party = [
      combatant("Guard 1", { side: "party" }),
      combatant("Guard 2", { side: "party" }),
    ];
    expect(lines(party, "party").map((line) => line.name)).toEqual(["Guard 1", "Guard 2"]);
    expect(lines(party, "monsters")).toEqual([]);
  });

  it("that were never met stand", () => {
    expect(lines([combatant("Dragon", { state: "waiting" })], "monsters")[0]).toMatchObject({
      standing: 1,
    });
  });

  it.each(["__proto__", "constructor", "toString"])("may be called %s", (name) => {
    expect(lines([combatant(name)], "monsters")).toMatchObject([{ name, count: 1, start: 7 }]);
  });

  it("keep every hit point of a real result", () => {
    for (const block of slots("both")[1]!.analysis!.quintiles) {
      const sum = (side: "party" | "monsters") =>
        lines(block.combatants, side).reduce((hp, line) => hp + line.final, 0);
      expect([sum("party"), sum("monsters")]).toEqual([block.party_hp, block.monster_hp]);
    }
  });
});
