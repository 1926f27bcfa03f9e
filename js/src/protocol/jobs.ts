// What is played and what waits; mirrors dualslot_widgets/widgets/protocol/jobs.py.

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
