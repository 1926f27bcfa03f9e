// What is being played, in one line: a bar, percent, runs, round, rate, time left, Cancel; or how the
// last one ended, and what can be done about it.

import type { ComponentChildren } from "preact";
import { count, plural, rate, seconds, timeLeft } from "../../kit/format.js";
import type { Send } from "../../kit/link.js";
import { useSaved } from "../../kit/saved.js";
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

const runsOf = (job: JobView): string =>
  `${count(job.completed_runs)} of ${plural(job.total_runs, "run")}`;

/** What a job that is over came to: "in slot 1, 1,005 runs in 0.3 s". */
export function ending(job: JobView): string {
  const { slot, seconds: time, total_runs: total } = job;
  const took = time === null ? "" : ` in ${seconds(time)}`;
  const runs = job.completed_runs === total ? plural(total, "run") : runsOf(job);
  if (job.status !== "completed") return `${runsOf(job)}${took}`;
  const held = time === null ? `slot ${slot} held it already` : `in slot ${slot}`;
  return `${slot === null ? "" : `${held}, `}${runs}${took}`;
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
  const active = !saved && isOpen(job);
  const preparing = isPreparing(job) && !saved;
  return (
    <>
      <div class="ds-row ds-job-line ds-numbers">
        {/* Read out when a job begins and ends, not at every percent. */}
        <b role="status">{titleOf(job, saved)}</b>
        {active && !preparing && <span>{Math.floor(job.percent)} %</span>}
        <span class="ds-mute ds-job-details">{detailsOf(job, active, preparing)}</span>
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
      {active && <Bar job={job} preparing={preparing} />}
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

const isOpen = ({ status }: JobView): boolean => status === "running" || status === "queued";
const isPreparing = ({ status, phase }: JobView): boolean =>
  status === "running" && phase.startsWith("preparing");

function titleOf(job: JobView, saved: boolean): string {
  if (saved) return isOpen(job) ? "Not finished when this was saved" : TITLES[job.status];
  if (isPreparing(job)) return "Preparing the engine";
  return job.status === "running" && job.phase === "storing" ? "Storing" : TITLES[job.status];
}

function detailsOf(job: JobView, active: boolean, preparing: boolean): string {
  if (preparing) return "it is compiled once on this machine, which takes about ten seconds";
  const details = active ? [runsOf(job)] : [ending(job)];
  if (active && job.status === "running") {
    details.push(job.current_round ? `round ${job.current_round}` : "");
    details.push(rate(job.runs_per_second), timeLeft(job.seconds_left));
  }
  return [job.scenario, ...details].filter(Boolean).join(", ");
}

function Bar({ job, preparing }: { job: JobView; preparing: boolean }) {
  return (
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
