// Combatants of one kind as one line of a timeline: "Goblin", 2 of 6. No DOM.

import { kind } from "../../kit/format.js";
import type { CombatantResult } from "../../protocol/results.js";

export interface Line {
  name: string;
  count: number;
  standing: number;
  start: number;
  final: number;
  note: string;
  /** When its first and its last one went down for the first time: "down r2-4"; else empty. */
  fell: string;
}

const STATE_WORDS = {
  up: "standing",
  dying: "down, dying",
  stable: "down, stable",
  dead: "dead",
  waiting: "not met",
};

/** Characters each on a line of their own, monsters of one kind together. */
export function lines(combatants: CombatantResult[], side: "party" | "monsters"): Line[] {
  const found = new Map<string, Line>();
  const falls = new Map<string, number[]>();
  for (const one of combatants.filter((c) => c.side === side)) {
    const name = side === "party" ? one.name : kind(one.name);
    const line = found.get(name) ?? {
      name,
      count: 0,
      standing: 0,
      start: 0,
      final: 0,
      note: "",
      fell: "",
    };
    line.count += 1;
    line.standing += one.state === "up" || one.state === "waiting" ? 1 : 0;
    line.start += one.start_hp;
    line.final += one.final_hp;
    const round = one.went_down_round;
    const state = STATE_WORDS[one.state] + (round === null ? "" : `, first down in round ${round}`);
    const part = `${one.name}: ${one.final_hp} of ${one.start_hp} hit points, ${state}`;
    line.note += (line.note ? "\n" : "") + part;
    found.set(name, line);
    if (round !== null) falls.set(name, [...(falls.get(name) ?? []), round]);
  }
  for (const [name, rounds] of falls) {
    const [first, last] = [Math.min(...rounds), Math.max(...rounds)];
    found.get(name)!.fell = `down r${first}${last > first ? `-${last}` : ""}`;
  }
  return [...found.values()];
}
