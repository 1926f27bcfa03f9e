// Written by scripts/write_protocol.py; do not edit. From dualslot_widgets.widgets.protocol: results.
// Results: what the slots hold, and previews of what is edited.

import type { Outcome, Side, State } from "./replay.js";

/** How one combatant came out of a representative run; `went_down_round` is null for never. */
export interface CombatantResult {
  name: string;
  side: Side;
  start_hp: number;
  final_hp: number;
  state: State;
  went_down_round: number | null;
}

/** A fifth of the runs, of ranks `first` to `last`, and the run in its middle, `run`. */
export interface Quintile {
  name: string;
  first: number;
  last: number;
  run: number;
  outcome: Outcome;
  score: number;
  survivors: number;
  rounds: number;
  party_hp: number;
  monster_hp: number;
  win_share: number;
  combatants: CombatantResult[];
}

/** What a data set says about its scenario, as `QuintileAnalysis.to_dict` writes it. */
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

/** Seconds, a ratio of bytes in memory to bytes on disk (0 for unknown), and bytes. */
export interface PerformanceMetrics {
  simulation_seconds: number;
  disk_seconds: number;
  compression_ratio: number;
  peak_memory_bytes: number;
}

/**
 * Which file a result was imported from, and when; whether it was checked against the game. `words`
 * says all of it, as "imported from ambush.dualslot on 2026-11-29, not verified: ...".
 */
export interface OriginView {
  file: string;
  imported: string;
  verified: boolean;
  words: string;
}

/**
 * One slot; `analysis` and `metrics` are those of its data set as JSON. A `barred` one has a
 * problem that is no damage: it cannot be read now, or is not ours, and no result takes its place.
 * `place` says in words where it is: "slot 0", or "in memory" for a data set by itself. `origin` is
 * null for what was played here. `exact` says that it is the verified result of the very scenario
 * on screen. `problem` and `versus`, which says how its win rate stands to the other slot's, are
 * sentences.
 */
export interface SlotView {
  slot: number;
  place: string;
  state: "empty" | "ok" | "damaged" | "barred";
  problem: string;
  newest: boolean;
  pinned: boolean;
  scenario: string;
  timestamp: string;
  origin: OriginView | null;
  generation: number;
  generation_count: number;
  compressed_size: number;
  metrics: PerformanceMetrics | null;
  similarity: number;
  exact: boolean;
  differences: string[];
  versus: string;
  analysis: Analysis | null;
}

/** Why the result of a job is in memory alone. */
export interface UnsavedView {
  job: number;
  reason: string;
}

/**
 * An analysis of the scenario on screen that is not stored. `versus` says in words how it compares
 * to the slot that is shown. `pending` says that a newer preview is on its way. `unsaved` is there
 * when this is no preview but the result of a job that could not be stored.
 */
export interface PreviewView {
  runs: number;
  analysis: Analysis;
  versus: string;
  pending: boolean;
  unsaved: UnsavedView | null;
}

/**
 * The runs of a data set as columns, worst first: all of them, or as many evenly spaced ones.
 * `place` and `generation` name the data set, `total` counts its runs, `blocks` says at which
 * column each of its five quintiles begins. Of column i of n the rank, from 1, is ``(2 * i + 1) *
 * total // (2 * n) + 1``. `outcomes` has a letter a run: w, l or u.
 */
export interface StripView {
  place: string;
  generation: number;
  total: number;
  blocks: number[];
  runs: number[];
  outcomes: string;
  survivors: number[];
  rounds: number[];
  party_hp: number[];
  monster_hp: number[];
}
