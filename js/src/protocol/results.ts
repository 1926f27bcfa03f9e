// Results: what the slots hold, and previews; mirrors dualslot_widgets/widgets/protocol/results.py.

export interface CombatantResult {
  name: string;
  side: "party" | "monsters";
  start_hp: number;
  final_hp: number;
  state: "up" | "dying" | "stable" | "dead" | "waiting";
  went_down_round: number | null;
}

export interface Quintile {
  name: string;
  first: number;
  last: number;
  run: number;
  outcome: "win" | "loss" | "unresolved";
  score: number;
  survivors: number;
  rounds: number;
  party_hp: number;
  monster_hp: number;
  win_share: number;
  combatants: CombatantResult[];
}

export interface Analysis {
  runs: number;
  wins: number;
  losses: number;
  unresolved: number;
  win_rate: number;
  win_rate_low: number;
  win_rate_high: number;
  grade: string;
  grade_name: string;
  tier: number;
  tier_name: string;
  label: string;
  suggestions: string[];
  quintiles: Quintile[];
}

/** Which file a result was imported from, and when; whether it was checked against the game. */
export interface OriginView {
  file: string;
  imported: string;
  verified: boolean;
  /** All of it in half a sentence. */
  words: string;
}

export interface SlotView {
  slot: number;
  /** Where it stands in words: "slot 0", or "in memory" for a data set by itself. */
  place: string;
  /** Barred: it cannot be read now, or something else is there; no result takes its place. */
  state: "empty" | "ok" | "damaged" | "barred";
  /** What is wrong, and what becomes of the slot. */
  problem: string;
  newest: boolean;
  pinned: boolean;
  scenario: string;
  timestamp: string;
  /** Null for what was played here. */
  origin: OriginView | null;
  generation: number;
  generation_count: number;
  compressed_size: number;
  metrics: PerformanceMetrics | null;
  similarity: number;
  /** The verified result of the very scenario on screen. */
  exact: boolean;
  differences: string[];
  /** How its win rate stands to the other slot's; empty when there is nothing to compare with. */
  versus: string;
  analysis: Analysis | null;
}

/** Seconds, a ratio of bytes in memory to bytes on disk (0: unknown), bytes. */
export interface PerformanceMetrics {
  simulation_seconds: number;
  disk_seconds: number;
  compression_ratio: number;
  peak_memory_bytes: number;
}

/** Why the result of a job is in memory alone. */
export interface UnsavedView {
  job: number;
  reason: string;
}

export interface PreviewView {
  runs: number;
  analysis: Analysis;
  /** How its win rate stands to that of the slot that is shown. */
  versus: string;
  /** A newer preview is on its way. */
  pending: boolean;
  /** This is no preview but the result of a job that could not be stored, and why. */
  unsaved: UnsavedView | null;
}

/**
 * The runs of a data set as columns, worst first: all of them, or as many evenly spaced ones.
 * `blocks` says at which column each of the five quintiles begins.
 */
export interface StripView {
  place: string;
  generation: number;
  total: number;
  blocks: number[];
  runs: number[];
  /** A letter a run: w, l or u. */
  outcomes: string;
  survivors: number[];
  rounds: number[];
  party_hp: number[];
  monster_hp: number[];
}
