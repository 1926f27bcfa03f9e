import { describe, expect, it } from "vitest";
import { type Moment, momentOf } from "../../../src/parts/replay/replay_state.js";
import type { ReplayRow, ReplayView } from "../../../src/protocol/replay.js";
import { replay } from "../../fixtures.js";

const RUN = replay("told");
const [FIGHTER, CLERIC, ROGUE, , , OGRE] = [0, 1, 2, 3, 4, 5] as const;
const after = (words: string): Moment => {
  const index = RUN.words.findIndex((said) => said.includes(words));
  if (index < 0) throw new Error(`nobody says "${words}"`);
  return momentOf(RUN, index + 1);
};
const stands = (moment: Moment, who: number) => [moment.people[who]!.hp, moment.people[who]!.state];

describe("a moment of a run", () => {
  it("before the first event is the start of its first encounter", () => {
    const start = momentOf(RUN, 0);
    expect(start.row).toBeNull();
    expect(start.people.map((one) => one.hp)).toEqual(RUN.combatants.map((one) => one.start_hp));
    expect(start.people.map((one) => one.state)).toEqual(["up", "up", "up", "up", "up", "waiting"]);
    expect(start.people.map((one) => one.here)).toEqual([true, true, true, true, true, false]);
  });

  it("after the last event is the result of the run", () => {
    const end = momentOf(RUN, RUN.rows.length);
    expect(end.people.map((one) => [one.hp, one.state])).toEqual(
      RUN.combatants.map((one) => [one.final_hp, one.state]),
    );
  });

  it("says of every target what its event says is left", () => {
    for (const [index, row] of RUN.rows.entries()) {
      expect(momentOf(RUN, index + 1).people[row[3]]!.hp).toBe(row[8]);
    }
  });

  it("knows who is down, comes back, is stable and dead", () => {
    expect(stands(after("Cleric loses 17 (0 left)"), CLERIC)).toEqual([0, "dying"]);
    expect(stands(after("back up with 1 hit point"), CLERIC)).toEqual([1, "up"]);
    expect(stands(after("Cleric regains 9"), CLERIC)).toEqual([9, "up"]);
    expect(stands(after("death saving throw 15"), CLERIC)).toEqual([0, "dying"]);
    expect(stands(after("death saving throw 19"), CLERIC)).toEqual([0, "stable"]);
    expect(stands(after("death saving throw 9"), ROGUE)).toEqual([0, "dying"]);
    expect(stands(after("death saving throw 1, two"), ROGUE)).toEqual([0, "dead"]);
  });

  it("knows a late monster before and after it arrives", () => {
    expect(stands(after("initiative 11"), OGRE)).toEqual([30, "waiting"]);
    expect(stands(after("Ogre arrives"), OGRE)).toEqual([30, "up"]);
  });

  it("knows which encounter is fought, and by whom", () => {
    const second = after("Ogre arrives");
    expect(second.encounter).toBe(2);
    expect(second.people.map((one) => one.here)).toEqual([true, true, true, false, false, true]);
  });

  it("knows an effect from its begin to its end, or to that of the encounter", () => {
    expect(after("Bless: ").people[FIGHTER]!.effects).toEqual(["Bless"]);
    expect(after("Bless ends").people[FIGHTER]!.effects).toEqual([]);
    expect(after("Ogre, Burning Aura").people[FIGHTER]!.effects).toEqual(["Roar"]);
    const lasting: ReplayView = {
      ...RUN,
      rows: RUN.rows.filter((row) => row[4] !== "effect_ended"),
    };
    lasting.events = lasting.rows.length;
    const before = lasting.rows.findIndex((row) => row[0] === 2);
    expect(momentOf(lasting, before).people[FIGHTER]!.effects).toEqual(["Bless"]);
    expect(momentOf(lasting, before + 1).people[FIGHTER]!.effects).toEqual([]);
  });

  it("calls nobody dead in a run that is not told to its end", () => {
    const short: ReplayView = { ...RUN, rows: RUN.rows.slice(0, 18), events: RUN.events };
    expect(momentOf(short, 18).people.map((one) => one.state)).not.toContain("dead");
  });

  it("of a stable character that is hit is dying again", () => {
    const blow: ReplayRow = [2, 5, OGRE, CLERIC, "hit", "Greatclub", 12, 0, 0];
    const longer: ReplayView = {
      ...RUN,
      rows: [...RUN.rows.slice(0, -1), blow],
      events: RUN.events + 1,
    };
    expect(momentOf(longer, longer.rows.length).people[CLERIC]!.state).toBe("dying");
  });

  it("is the same however often it is asked for, and changes no view", () => {
    const before = structuredClone(RUN);
    const once = momentOf(RUN, 30);
    momentOf(RUN, 12);
    expect(momentOf(RUN, 30)).toEqual(once);
    expect(RUN).toEqual(before);
  });
});
