// How things stand in a run after so many of its events: a fold over them. No DOM.

import type { ReplayRow, ReplayView, State } from "../../protocol/replay.js";

/** Somebody at a moment of the run. */
export interface Standing {
  hp: number;
  state: State;
  /** What it is under, by the names of the actions that did it. */
  effects: string[];
  /** Whether its encounter is the one that is being fought. */
  here: boolean;
}

export interface Moment {
  encounter: number;
  round: number;
  people: Standing[];
  /** The event of this step, if there is one. */
  row: ReplayRow | null;
}

const ENCOUNTER = 0;
const ROUND = 1;
const ACTOR = 2;
const TARGET = 3;
const KIND = 4;
const ACTION = 5;
const ROLL = 6;
const AMOUNT = 7;
const TARGET_HP = 8;

/** Kinds that take hit points, and count against somebody who is down. */
const HARM = new Set(["hit", "critical", "save_failed", "save_made", "damage"]);
/** Their row has what the target had before, or nothing about hit points at all. */
const WITHOUT_HP = new Set(["endured", "option"]);
const SUCCESSES_TO_STABLE = 3;

/** Whether an event took somebody's last hit points. */
export const goesDown = (row: ReplayRow): boolean =>
  HARM.has(row[KIND]) && row[AMOUNT] > 0 && row[TARGET_HP] === 0;

const mayKill = (row: ReplayRow): boolean =>
  row[TARGET_HP] === 0 &&
  (HARM.has(row[KIND]) || (row[KIND] === "death_save" && (row[ROLL] ?? 20) < 10));

/**
 * The event at which each combatant dies. The log does not have it, but the dead suffer no more: it is
 * the last one that could kill, of those who are dead at the end. Of a run that is not listed to its end
 * nobody knows.
 */
function deaths({ combatants, rows, events }: ReplayView): Map<number, number> {
  const found = new Map<number, number>();
  if (rows.length < events) return found;
  rows.forEach((row, index) => {
    if (combatants[row[TARGET]]?.state === "dead" && mayKill(row)) found.set(row[TARGET], index);
  });
  return found;
}

/** Encounter by encounter: who rolls initiative there, and who arrives later. */
function cast(rows: ReplayRow[]): Map<number, { there: Set<number>; late: Set<number> }> {
  const found = new Map<number, { there: Set<number>; late: Set<number> }>();
  for (const row of rows) {
    const encounter = found.get(row[ENCOUNTER]) ?? { there: new Set(), late: new Set() };
    found.set(row[ENCOUNTER], encounter);
    if (row[KIND] === "initiative") encounter.there.add(row[ACTOR]);
    if (row[KIND] === "arrival") encounter.late.add(row[ACTOR]);
  }
  return found;
}

/** How things stand after the first `step` events; after all of them as the result says. */
export function momentOf(view: ReplayView, step: number): Moment {
  const { combatants, rows } = view;
  const fold = new Fold(view);
  if (rows[0]) fold.begin(rows[0][ENCOUNTER]);
  for (const [index, row] of rows.slice(0, step).entries()) fold.add(row, index);
  if (step >= rows.length && rows.length === view.events) {
    // What is not logged, such as a troll that does not regenerate, shows at the end.
    combatants.forEach((one, index) => {
      fold.moment.people[index]!.state = one.state;
    });
  }
  return fold.moment;
}

class Fold {
  readonly moment: Moment;
  private readonly casts;
  private readonly died;
  private readonly successes;

  constructor(private readonly view: ReplayView) {
    const people = view.combatants.map(
      (one): Standing => ({
        hp: one.start_hp,
        state: one.side === "party" ? "up" : "waiting",
        effects: [],
        here: one.side === "party",
      }),
    );
    this.moment = { encounter: 0, round: 0, people, row: null };
    this.casts = cast(view.rows);
    this.died = deaths(view);
    this.successes = people.map(() => 0);
  }

  begin(encounter: number): void {
    this.moment.encounter = encounter;
    const { there, late } = this.casts.get(encounter)!;
    this.moment.people.forEach((one, index) => {
      one.effects = [];
      if (this.view.combatants[index]!.side === "monsters") one.here = there.has(index);
      if (one.here && one.hp > 0) one.state = late.has(index) ? "waiting" : "up";
    });
  }

  add(row: ReplayRow, index: number): void {
    const { moment } = this;
    if (row[ENCOUNTER] !== moment.encounter) this.begin(row[ENCOUNTER]);
    moment.round = row[ROUND];
    moment.row = row;
    if (row[KIND] === "arrival") moment.people[row[ACTOR]]!.state = "up";
    const target = moment.people[row[TARGET]];
    if (!target) return;
    this.suffer(target, row);
    if (index === this.died.get(row[TARGET])) {
      target.state = "dead";
      target.effects = [];
    }
    if (row[KIND] === "effect" && !target.effects.includes(row[ACTION]))
      target.effects.push(row[ACTION]);
    if (row[KIND] === "effect_ended")
      target.effects = target.effects.filter((name) => name !== row[ACTION]);
  }

  /** What an event does to its target's hit points, and to how it stands. */
  private suffer(one: Standing, row: ReplayRow): void {
    if (!WITHOUT_HP.has(row[KIND])) one.hp = row[TARGET_HP];
    if (one.hp > 0) {
      if (one.state !== "waiting") one.state = "up";
    } else if (one.state === "up") {
      one.state = "dying";
      this.successes[row[TARGET]] = 0;
    } else if (one.state === "stable" && HARM.has(row[KIND])) {
      one.state = "dying";
    }
    if (row[KIND] === "death_save" && one.hp === 0 && (row[ROLL] ?? 0) >= 10) {
      this.successes[row[TARGET]]! += 1;
      if (this.successes[row[TARGET]]! >= SUCCESSES_TO_STABLE) one.state = "stable";
    }
  }
}
