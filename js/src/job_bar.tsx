// What is being played: a bar, percent, runs, round, time left, how many wait, Cancel.

import { timeLeft } from "./format.js";
import type { JobView } from "./protocol/jobs.js";

interface Props {
  job: JobView | null;
  waiting: number;
  cancel: () => void;
  saveAgain: () => void;
}

const TITLES: Record<JobView["status"], string> = {
  queued: "Waiting",
  running: "Simulating",
  completed: "Stored",
  failed: "Failed",
  cancelled: "Cancelled",
};

export function JobBar({ job, waiting, cancel, saveAgain }: Props) {
  if (job === null) {
    return (
      <div class="ds-panel ds-job" role="status">
        <span class="ds-mute">Nothing is being played. Press Run, or change a number.</span>
      </div>
    );
  }
  const active = job.status === "queued" || job.status === "running";
  const preparing = job.status === "running" && job.phase.startsWith("preparing");
  const runs = `${job.completed_runs.toLocaleString("en")} of ${job.total_runs.toLocaleString("en")} runs`;
  const left = job.status === "running" ? timeLeft(job.seconds_left) : "";
  const title = preparing ? "Preparing the engine" : job.phase === "storing" ? "Storing" : TITLES[job.status];
  const details = [
    job.scenario,
    runs,
    job.status === "running" && job.current_round ? `round ${job.current_round}` : "",
    left,
  ];
  return (
    <div class="ds-panel ds-job" data-status={job.status}>
      <div class="ds-row ds-numbers">
        {/* Read out when a job begins and ends, not at every percent. */}
        <b role="status">{title}</b>
        {active && !preparing && <span>{Math.floor(job.percent)} %</span>}
        <span class="ds-mute">
          {preparing
            ? "it is compiled once on this machine, which takes about ten seconds"
            : details.filter(Boolean).join(", ")}
        </span>
        <span class="ds-space" />
        {waiting > 0 && <span class="ds-mute">{waiting} waiting</span>}
        {active && (
          <button type="button" onClick={cancel}>
            Cancel
          </button>
        )}
      </div>
      {active && (
        <div
          class={preparing ? "ds-bar ds-busy" : "ds-bar"}
          role="progressbar"
          aria-label={`Simulation of ${job.scenario}`}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={preparing ? undefined : Math.floor(job.percent)}
        >
          <i style={{ width: preparing ? "30%" : `${job.percent}%` }} />
        </div>
      )}
      {job.status === "failed" && (
        <p class="ds-failed" role="alert">
          {job.message}
        </p>
      )}
      {job.status === "failed" && job.unsaved && (
        <div class="ds-row">
          <button type="button" onClick={saveAgain}>
            Save again
          </button>
          <span class="ds-mute">The result is still in memory; nothing has to be played again.</span>
        </div>
      )}
    </div>
  );
}
