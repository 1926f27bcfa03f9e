// One run, told event by event; mirrors dualslot_widgets/widgets/protocol/replay.py.

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

export type State = "up" | "dying" | "stable" | "dead" | "waiting";

export interface ReplayCombatant {
  name: string;
  side: "party" | "monsters";
  start_hp: number;
  final_hp: number;
  state: State;
}

/** Who and whom are places in `ReplayView.combatants`; an action is "" where there is none. */
export type ReplayRow = [
  encounter: number,
  round: number,
  actor: number,
  target: number,
  kind: Kind,
  action: string,
  roll: number | null,
  amount: number,
  target_hp: number,
];

/** Where a run parts from the same run of another result with the same dice. */
export interface PartingView {
  run: number;
  /** The other result. */
  place: string;
  /** Index of the first event that differs; null where none does. */
  at: number | null;
  /** The first events from there on in words, of this result and of the other one. */
  here: string[];
  there: string[];
  /** How the run ends there. */
  ending: string;
  /** How many runs part, the first of them, and the next after this one; null until it is known. */
  runs: number | null;
  first: number | null;
  next: number | null;
}

export interface ReplayView {
  run: number;
  runs: number;
  place: string;
  generation: number;
  scenario: string;
  /** Why the run cannot be told; else empty. */
  problem: string;
  /** Where the events come from when that is not the log. */
  note: string;
  pending: boolean;
  /** How it ended: "won in 8 rounds, 1 standing". */
  ending: string;
  combatants: ReplayCombatant[];
  rows: ReplayRow[];
  /** A sentence for each row. */
  words: string[];
  /** Of the whole run, which may be more than are told. */
  events: number;
}
