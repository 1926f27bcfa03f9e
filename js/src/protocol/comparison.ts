// Two results side by side; mirrors dualslot_widgets/widgets/protocol/comparison.py.

import type { SameDice } from "./results.js";

/** A figure of both, here minus there, and its 95 % interval; bounds are null when not known. */
export interface Contrast {
  name: string;
  /** In points all numbers are fractions. */
  unit: "points" | "characters" | "rounds" | "hit points";
  here: number;
  there: number;
  delta: number;
  low: number | null;
  high: number | null;
  words: string;
}

/** How the median run of a fifth ended. */
export interface TimelineEnd {
  name: string;
  outcome: "win" | "loss" | "unresolved";
  survivors: number;
  rounds: number;
  party_hp: number;
  party_start: number;
  monster_hp: number;
  monster_start: number;
}

export interface Side {
  place: string;
  scenario: string;
  runs: number;
  timelines: TimelineEnd[];
}

/** One side (here) minus the other (there). */
export interface Direction {
  contrasts: Contrast[];
  /** Null where seeds or numbers of runs differ; else the intervals are paired ones. */
  same_dice: SameDice | null;
  verdict: string;
  changes: string[];
}

/** The first minus the second, and the other way round; without either where `missing` says why. */
export interface CompareView {
  missing: string;
  sides: Side[];
  directions: Direction[];
}
