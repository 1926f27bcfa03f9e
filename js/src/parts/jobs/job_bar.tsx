// What is being played, in one line: a bar, percent, runs, round, rate, time left, Cancel; or how the
// last one ended, and what can be done about it.

import type { ComponentChildren } from "preact";
import { count, rate, seconds, timeLeft } from "../../kit/format.js";
import { type Send, useSaved } from "../../kit/kit.js";
import type { JobView } from "../../protocol/jobs.js";

interface Props {
  job: JobView | null;
  send: Send;
  /** What else there is to see, at the end of the line. */
  children?: ComponentChildren;
}

export const TITLES: Record<JobView["status"], string> = {
  queued: "Waiting",
  running: "Simulating",
  completed: "Stored",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** What a job that is over came to: "in slot 1, 1,005 runs in 0.3 s". */
export function ending(job: JobView): string {
  const runs = `${count(job.completed_runs)} of ${count(job.total_runs)} runs`;
  const whole = job.completed_runs === job.total_runs ? `${count(job.total_runs)} runs` : runs;
  const took = job.seconds === null ? "" : ` in ${seconds(job.seconds)}`;
  if (job.status === "completed") {
    const held = job.seconds === null ? `slot ${job.slot} held it already` : `in slot ${job.slot}`;
    return `${job.slot === null ? "" : `${held}, `}${whole}${took}`;
  }
  return `${runs}${took}`;
}

export function JobBar({ job, send, children }: Props) {
  const saved = useSaved();
  if (job === null) {
    return (
      <div class="ds-row ds-job-line">
        <span class="ds-mute" role="status">
          {saved
            ? "Nothing was being played."
            : "Nothing is being played. Press Run, or change a number."}
        </span>
        <span class="ds-space" />
        {children}
      </div>
    );
  }
  const open = job.status === "running" || job.status === "queued";
  const running = !saved && job.status === "running";
  const active = !saved && open;
  const preparing = running && job.phase.startsWith("preparing");
  const title =
    saved && open
      ? "Not finished when this was saved"
      : preparing
        ? "Preparing the engine"
        : running && job.phase === "storing"
          ? "Storing"
          : TITLES[job.status];
  const details = active
    ? [
        job.scenario,
        `${count(job.completed_runs)} of ${count(job.total_runs)} runs`,
        running && job.current_round ? `round ${job.current_round}` : "",
        running ? rate(job.runs_per_second) : "",
        running ? timeLeft(job.seconds_left) : "",
      ]
    : [job.scenario, ending(job)];
  return (
    <>
      <div class="ds-row ds-job-line ds-numbers">
        {/* Read out when a job begins and ends, not at every percent. */}
        <b role="status">{title}</b>
        {active && !preparing && <span>{Math.floor(job.percent)} %</span>}
        <span class="ds-mute ds-job-details">
          {preparing
            ? "it is compiled once on this machine, which takes about ten seconds"
            : details.filter(Boolean).join(", ")}
        </span>
        <span class="ds-space" />
        {active && (
          <button
            type="button"
            class="ds-asks"
            onClick={() => send({ type: "cancel", job: job.id })}
          >
            Cancel
          </button>
        )}
        <Remedies job={job} send={send} />
        {children}
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
        <p class="ds-mute">The result is still in memory; nothing has to be played again.</p>
      )}
    </>
  );
}

/** What can be done about a job that did not come to its end. */
export function Remedies({ job, send }: { job: JobView; send: Send }) {
  if (job.unsaved) {
    return (
      <button
        type="button"
        class="ds-asks"
        onClick={() => send({ type: "save_again", job: job.id })}
      >
        Save again
      </button>
    );
  }
  if (job.status !== "failed" && job.status !== "cancelled") return null;
  return (
    <button type="button" class="ds-asks" onClick={() => send({ type: "run_again", job: job.id })}>
      Run again
    </button>
  );
}
