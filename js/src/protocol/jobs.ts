// What is played and what waits; mirrors dualslot_widgets/widgets/protocol/jobs.py.

export interface JobView {
  id: number;
  scenario: string;
  priority: "screen" | "scripted";
  status: "queued" | "running" | "completed" | "failed" | "cancelled";
  phase: string;
  percent: number;
  completed_runs: number;
  total_runs: number;
  current_round: number;
  runs_per_second: number | null;
  seconds_left: number | null;
  /** How long it took; null until it is finished, or when a slot held the result already. */
  seconds: number | null;
  /** An ISO time; empty until then. */
  finished: string;
  /** That holds its result. */
  slot: number | null;
  message: string;
  /** Failed only in being stored: the result is still in memory. */
  unsaved: boolean;
}
