// Every trait and message between kernel and browser; mirrors dualslot_widgets/widgets/protocol.py.

export interface Field {
  path: string;
  label: string;
  value: number;
  min: number;
  max: number;
  slider: number[];
}

export interface CreatureView {
  name: string;
  side: "party" | "monsters";
  encounter: number;
  fields: Field[];
}

export interface ScenarioView {
  name: string;
  summary: string;
  revision: number;
  creatures: CreatureView[];
  settings: Field[];
}

export interface JobView {
  id: number;
  scenario: string;
  status: "queued" | "running" | "completed" | "failed" | "cancelled";
  phase: string;
  percent: number;
  completed_runs: number;
  total_runs: number;
  current_round: number;
  seconds_left: number | null;
  message: string;
  /** Failed only in being stored: the result is still in memory. */
  unsaved: boolean;
}

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

/** How the fights of two results came out whose dice were the same, pair by pair. */
export interface SameDice {
  runs: number;
  ended_differently: number;
  won_only_here: number;
  won_only_there: number;
}

export interface Versus {
  delta: number;
  low: number;
  high: number;
  /** Null when seeds or numbers of runs differ; else the interval is a paired one. */
  same_dice: SameDice | null;
}

export interface SlotView {
  slot: number;
  state: "empty" | "ok" | "damaged";
  problem: string;
  newest: boolean;
  pinned: boolean;
  scenario: string;
  timestamp: string;
  generation: number;
  generation_count: number;
  compressed_size: number;
  metrics: PerformanceMetrics | null;
  similarity: number;
  exact: boolean;
  differences: string[];
  versus: Versus | null;
  analysis: Analysis | null;
}

/** Seconds, a ratio of bytes in memory to bytes on disk (0: unknown), bytes. */
export interface PerformanceMetrics {
  simulation_seconds: number;
  disk_seconds: number;
  compression_ratio: number;
  peak_memory_bytes: number;
}

export interface PreviewView {
  runs: number;
  analysis: Analysis;
  against: number | null;
  versus: Versus | null;
}

export interface FooterView {
  slots_bytes: number;
  process_bytes: number;
  tables_bytes: number;
  queue_bytes: number;
  background_bytes: number;
  peak_bytes: number;
  version: string;
}

export type DisplayMode = "newest" | "most_similar" | "let_user_choose";

/** The traits of the model. */
export interface State {
  scenario: ScenarioView;
  job: JobView | null;
  queue_length: number;
  slots: SlotView[];
  display_mode: DisplayMode;
  shown_slot: number | null;
  preview: PreviewView | null;
  footer: FooterView;
  error: string;
}

/** What the browser tells the kernel. */
export type Message =
  | { type: "run" }
  | { type: "cancel" }
  | { type: "dismiss" }
  | { type: "save_again" }
  | { type: "edit"; path: string; value: number }
  | { type: "display_mode"; mode: DisplayMode }
  | { type: "choose_slot"; slot: number }
  | { type: "pin"; slot: number | null };

/** What the kernel tells the browser every two seconds. */
export interface Alive {
  type: "alive";
}

export const TRAITS: readonly (keyof State)[] = [
  "scenario",
  "job",
  "queue_length",
  "slots",
  "display_mode",
  "shown_slot",
  "preview",
  "footer",
  "error",
];
