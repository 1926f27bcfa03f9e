// Where the run parts from the same run of the other slot: both sides in words, and how each ends.

import { capital, count } from "../../kit/format.js";
import type { PartingView, ReplayView } from "../../protocol/replay.js";
import { heading, roundsOf } from "./replay_steps.js";

interface Props {
  parting: PartingView;
  replay: ReplayView;
  go: (step: number) => void;
  /** Replay another run. */
  turn: (run: number) => void;
}

export function Parting({ parting: p, replay, go, turn }: Props) {
  const at = p.at;
  // The event may lie beyond those that are listed of a long run.
  const reachable = at !== null && at <= replay.rows.length;
  const round = at === null ? undefined : roundsOf(replay).findLast(({ first }) => first <= at);
  return (
    <section class="ds-parting" aria-label="Where two runs part">
      <div class="ds-row">
        <span>
          {at === null ? (
            <>
              <b>Goes the same in {p.place}</b>, event by event.
            </>
          ) : (
            <>
              <b>Parts from {p.place}</b> at event {count(at + 1)}
              {reachable && round && `, ${heading(round).toLowerCase()}`}.
            </>
          )}{" "}
          <span class="ds-mute">{describeRuns(p.runs, replay.runs)}</span>
        </span>
        <span class="ds-space" />
        <div class="ds-row ds-steps" role="group" aria-label="Runs that part">
          {at !== null && (
            <button
              type="button"
              class="ds-small"
              aria-disabled={!reachable}
              onClick={() => reachable && go(Math.min(at + 1, replay.rows.length))}
            >
              Go there
            </button>
          )}
          <Other
            label="First run that parts"
            run={p.first === replay.run ? null : p.first}
            turn={turn}
          />
          <Other label="Next run that parts" run={p.next} turn={turn} />
        </div>
      </div>
      {at !== null && (
        <div class="ds-parted">
          <Side title={capital(replay.place)} words={p.here} start={at + 1} end={replay.ending} />
          <Side title={capital(p.place)} words={p.there} start={at + 1} end={p.ending} />
        </div>
      )}
    </section>
  );
}

function describeRuns(parting: number | null, runs: number): string {
  if (parting === null) return "Looking at the other runs…";
  return parting === 0 ? "No run parts." : `${count(parting)} of ${count(runs)} runs part.`;
}

interface OtherProps {
  label: string;
  run: number | null;
  turn: (run: number) => void;
}

function Other({ label, run, turn }: OtherProps) {
  // Not `disabled`, which would take the focus from somebody who goes from run to run.
  return (
    <button
      type="button"
      class="ds-small ds-asks"
      aria-disabled={run === null}
      title={run === null ? undefined : `Run ${run}`}
      onClick={() => run !== null && turn(run)}
    >
      {label}
    </button>
  );
}

function Side({
  title,
  words,
  start,
  end,
}: {
  title: string;
  words: string[];
  start: number;
  end: string;
}) {
  return (
    <section aria-label={title}>
      <p>
        <b>{title}</b> <span class="ds-mute">{end}</span>
      </p>
      {words.length === 0 ? (
        <p class="ds-mute">Nothing more happens.</p>
      ) : (
        <ol start={start}>
          {words.map((sentence, index) => (
            <li key={index}>{sentence}</li>
          ))}
        </ol>
      )}
    </section>
  );
}
