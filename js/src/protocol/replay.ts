// Written by scripts/write_protocol.py; do not edit. From dualslot_widgets.widgets.protocol: replay.
// One run, event by event.

export type Outcome = "win" | "loss" | "unresolved";

export type Side = "party" | "monsters";

export type State = "up" | "dying" | "stable" | "dead" | "waiting";

export type Kind =
  | "initiative"
  | "recharge"
  | "miss"
  | "hit"
  | "critical"
  | "save_failed"
  | "save_made"
  | "heal"
  | "death_save"
  | "damage"
  | "effect"
  | "effect_ended"
  | "legendary_resistance"
  | "reaction"
  | "countered"
  | "temporary_hp"
  | "endured"
  | "arrival"
  | "option";

/**
 * encounter, round, actor, target, kind, action, roll, amount, target_hp: who and whom are places
 * in `ReplayView.combatants`, no action is "".
 */
export type ReplayRow = [
  number,
  number,
  number,
  number,
  Kind,
  string,
  number | null,
  number,
  number,
];

/** Somebody of the run: hit points at its start and end, and the state at its end. */
export interface ReplayCombatant {
  name: string;
  side: Side;
  start_hp: number;
  final_hp: number;
  state: State;
}

/**
 * Where a run parts from the same run of another result with the same dice. `at` is the index of
 * the first event that differs, null where none does; `here` and `there` are sentences of both from
 * there on, the first few. `place` names the other result, and `ending` says how the run ends
 * there. `runs` counts the runs that part, `first` is the first of them and `next` the next after
 * this one; all null until they are known.
 */
export interface PartingView {
  run: number;
  place: string;
  at: number | null;
  here: string[];
  there: string[];
  ending: string;
  runs: number | null;
  first: number | null;
  next: number | null;
}

/**
 * The selected run, or why it cannot be shown (`problem`). `place` and `generation` name its data
 * set, `runs` counts the runs there. `words` has a sentence for each of `rows`; `events` counts
 * those of the whole run, which may be more. `note` says where the events come from when that is
 * not the log; `pending` that they are on their way; `ending` says how the run ended.
 */
export interface ReplayView {
  run: number;
  runs: number;
  place: string;
  generation: number;
  scenario: string;
  problem: string;
  note: string;
  pending: boolean;
  ending: string;
  combatants: ReplayCombatant[];
  rows: ReplayRow[];
  words: string[];
  events: number;
}
