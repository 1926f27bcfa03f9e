// Two results side by side; mirrors dualslot_widgets/widgets/protocol/comparison.py.

/** A figure of both in words, here minus there, and its 95 % interval; null when not known. */
export interface Contrast {
  name: string;
  /** In points the numbers are fractions. */
  unit: "points" | "characters" | "rounds" | "hit points";
  here: string;
  there: string;
  delta: number;
  low: number | null;
  high: number | null;
  clear: boolean;
  /** "7.4 points easier", or "no clear difference". */
  words: string;
  /** "+7.4, +5.2 to +9.6" */
  change: string;
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
  /** Seed and number of runs are the same, and the intervals paired ones. */
  paired: boolean;
  /** What came of that, or why it is not so. */
  dice: string;
  verdict: string;
  changes: string[];
}

/** The first minus the second, and the other way round; without either where `missing` says why. */
export interface CompareView {
  missing: string;
  sides: Side[];
  directions: Direction[];
}
