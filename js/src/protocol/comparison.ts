// Written by scripts/write_protocol.py; do not edit. From dualslot_widgets.widgets.protocol: comparison.
// Two results side by side: how they differ, how sure that is, and what changed.

import type { Outcome } from "./replay.js";

/**
 * A figure of both in words, here minus there, and its 95 % interval; null when not known. `unit`
 * is "points" (then the numbers are fractions), "characters", "rounds" or "hit points". `words`
 * says the difference: "7.4 points easier", or "no clear difference" when it is not `clear`;
 * `change` says it in figures: "+7.4, +5.2 to +9.6".
 */
export interface Contrast {
  name: string;
  unit: "points" | "characters" | "rounds" | "hit points";
  here: string;
  there: string;
  delta: number;
  low: number | null;
  high: number | null;
  clear: boolean;
  words: string;
  change: string;
}

/** How the median run of a fifth ended; `party_start` and `monster_start` are hit points. */
export interface TimelineEnd {
  name: string;
  outcome: Outcome;
  survivors: number;
  rounds: number;
  party_hp: number;
  party_start: number;
  monster_hp: number;
  monster_start: number;
}

/** One of the two results; `place` says in words which: "slot 1", "the preview". */
export interface Side {
  place: string;
  scenario: string;
  runs: number;
  timelines: TimelineEnd[];
}

/**
 * One side (here) minus the other (there). `paired` says that seed and number of runs are the same,
 * and the intervals are paired ones; `dice` what came of that, or why they are not. `verdict` says
 * in a sentence what it means, `changes` what was changed from there to here.
 */
export interface Direction {
  contrasts: Contrast[];
  paired: boolean;
  dice: string;
  verdict: string;
  changes: string[];
}

/**
 * Two sides, and both directions: the first minus the second, the second minus the first. Where
 * there is nothing to compare both lists are empty, and `missing` says why.
 */
export interface CompareView {
  missing: string;
  sides: Side[];
  directions: Direction[];
}
