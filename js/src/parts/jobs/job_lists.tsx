// The jobs of a workbench: one calm line, and behind two buttons the queue and what is finished.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { age, count, plural } from "../../kit/format.js";
import type { Send } from "../../kit/link.js";
import type { JobView } from "../../protocol/jobs.js";
import type { JobState } from "../../protocol/state.js";
import { ending, JobBar, Remedies, TITLES } from "./job_bar.js";

interface Props {
  state: JobState;
  send: Send;
  now: number | null;
  /** Whether the lists are open from the start, as where they stand alone. */
  open?: boolean;
}

export function Jobs({ state, send, now, open = false }: Props) {
  const [shown, setShown] = useState({ queue: open, history: open });
  const flip = (name: "queue" | "history") => setShown({ ...shown, [name]: !shown[name] });
  const { queue, queue_length: waiting, history } = state;
  return (
    <section class="ds-panel ds-job" data-status={state.job?.status ?? "idle"} aria-label="Jobs">
      <JobBar job={state.job} send={send}>
        {waiting > 0 && (
          <Disclosure name="queue" open={shown.queue} flip={() => flip("queue")}>
            {count(waiting)} waiting
          </Disclosure>
        )}
        {history.length > 0 && (
          <Disclosure name="history" open={shown.history} flip={() => flip("history")}>
            {history.length} finished
          </Disclosure>
        )}
      </JobBar>
      {shown.queue && waiting > 0 && <Queue queue={queue} waiting={waiting} send={send} />}
      {shown.history && history.length > 0 && <History history={history} send={send} now={now} />}
    </section>
  );
}

interface DisclosureProps {
  name: string;
  open: boolean;
  flip: () => void;
  children: ComponentChildren;
}

function Disclosure({ name, open, flip, children }: DisclosureProps) {
  return (
    <button
      type="button"
      class="ds-disclosure"
      data-opens={name}
      aria-expanded={open}
      onClick={flip}
    >
      {children} <span aria-hidden="true">{open ? "▴" : "▾"}</span>
    </button>
  );
}

const PRIORITIES = {
  screen: ["from the screen", "Asked for on screen: it comes before what scripts ask for"],
  scripted: ["from a script", "Asked for by a script: it comes after what is asked for on screen"],
} as const;

function Queue({ queue, waiting, send }: { queue: JobView[]; waiting: number; send: Send }) {
  const [moved, setMoved] = useState<number | null>(null);
  const place = queue.findIndex((job) => job.id === moved);
  const move = (job: JobView, to: "next" | "up" | "down") => {
    setMoved(job.id);
    send({ type: "move_job", job: job.id, to });
  };
  return (
    <div class="ds-list">
      <h3>Waiting, the next one first</h3>
      <ol aria-label="Waiting jobs">
        {queue.map((job, index) => (
          <Waiting
            key={job.id}
            job={job}
            place={index + 1}
            last={index + 1 === waiting}
            move={(to) => move(job, to)}
            remove={() => send({ type: "cancel", job: job.id })}
          />
        ))}
      </ol>
      {waiting > queue.length && <p class="ds-mute">and {count(waiting - queue.length)} more</p>}
      <p class="ds-unseen" role="status">
        {place < 0 ? "" : `${queue[place]!.scenario} is now ${place + 1} of ${waiting}`}
      </p>
    </div>
  );
}

interface WaitingProps {
  job: JobView;
  place: number;
  last: boolean;
  move: (to: "next" | "up" | "down") => void;
  remove: () => void;
}

function Waiting({ job, place, last, move, remove }: WaitingProps) {
  const first = place === 1;
  const [words, title] = PRIORITIES[job.priority];
  const name = `${job.scenario}, ${place}`;
  return (
    <li class="ds-row" data-job={job.id}>
      <span class="ds-mute ds-numbers ds-place">{place}</span>
      <span class="ds-name" title={job.scenario}>
        {job.scenario}
      </span>
      <span class="ds-mute ds-numbers">{plural(job.total_runs, "run")}</span>
      <span class="ds-tag" title={title}>
        {words}
      </span>
      <span class="ds-space" />
      {/* Not `disabled`, which would take the focus from the one who has just moved it to an end. */}
      <Act label={`Play next: ${name}`} off={first} act={() => move("next")}>
        Play next
      </Act>
      <Act label={`Move up: ${name}`} off={first} act={() => move("up")}>
        ↑
      </Act>
      <Act label={`Move down: ${name}`} off={last} act={() => move("down")}>
        ↓
      </Act>
      <Act
        label={`Remove: ${name}`}
        off={false}
        act={(button) => {
          const item = button.closest("li")!;
          const near = (item.nextElementSibling ?? item.previousElementSibling)?.querySelector(
            "button:last-of-type",
          );
          const opener = item.closest(".ds-job")?.querySelector("[data-opens=queue]");
          ((near ?? opener) as HTMLElement | null)?.focus();
          remove();
        }}
      >
        Remove
      </Act>
    </li>
  );
}

interface ActProps {
  label: string;
  off: boolean;
  act: (button: HTMLElement) => void;
  children: ComponentChildren;
}

function Act({ label, off, act, children }: ActProps) {
  return (
    <button
      type="button"
      class="ds-small ds-asks"
      aria-label={label}
      title={label}
      aria-disabled={off}
      onClick={(event) => {
        if (!off) act(event.currentTarget);
      }}
    >
      {children}
    </button>
  );
}

const SIGNS = { completed: "✓", failed: "!", cancelled: "×", queued: "", running: "" };

function History({ history, send, now }: { history: JobView[]; send: Send; now: number | null }) {
  return (
    <div class="ds-list">
      <div class="ds-row">
        <h3>Finished, newest first</h3>
        <span class="ds-space" />
        <button
          type="button"
          class="ds-small ds-asks"
          title="Forget these jobs; slots and results that are not stored yet are kept"
          onClick={() => send({ type: "clear_finished" })}
        >
          Clear finished
        </button>
      </div>
      <ul aria-label="Finished jobs">
        {history.map((job) => (
          <li key={job.id} class="ds-row" data-job={job.id} data-status={job.status}>
            <span class="ds-sign" aria-hidden="true">
              {SIGNS[job.status]}
            </span>
            <b>{TITLES[job.status]}</b>
            <span class="ds-name" title={job.scenario}>
              {job.scenario}
            </span>
            <span class="ds-mute ds-numbers">{ending(job)}</span>
            <span class="ds-space" />
            <span class="ds-mute ds-numbers">{age(job.finished, now)}</span>
            <Remedies job={job} send={send} />
            <Act
              label={`Edit this: ${job.scenario}, job ${job.id}`}
              off={false}
              act={() => send({ type: "edit_job", job: job.id })}
            >
              Edit this
            </Act>
            {job.message && <p class="ds-failed">{job.message}</p>}
          </li>
        ))}
      </ul>
    </div>
  );
}
