// Written by scripts/write_protocol.py; do not edit. From dualslot_widgets.widgets.protocol: jobs.
// What is played and what waits.

/**
 * A job; times in seconds. `seconds` is how long it took, null until it is finished, and when
 * nothing was played because a slot held the result already. `finished` is an ISO time, or empty.
 * `slot` holds its result. `unsaved` says that it failed only in being stored.
 */
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
  seconds: number | null;
  finished: string;
  slot: number | null;
  message: string;
  unsaved: boolean;
}
