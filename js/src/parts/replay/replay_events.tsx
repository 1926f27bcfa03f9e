// The run in words, round by round; the event of this step is kept in sight.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ReplayRow } from "../../protocol/replay.js";
import { goesDown } from "./replay_state.js";
import { heading, type Round } from "./replay_steps.js";

/** So many events from that of this step are drawn at once, and all others a moment later. */
const AT_ONCE = 40;
const LATER_MILLISECONDS = 60;

interface Props {
  /** Names the run. */
  run: string;
  rounds: Round[];
  words: string[];
  rows: ReplayRow[];
  step: number;
  go: (step: number) => void;
}

export function Events({ run, rounds, words, rows, step, go }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const jump = useRef(go);
  jump.current = go;
  const [drawn, setDrawn] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setDrawn(run), LATER_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [run]);
  useEffect(() => {
    const box = list.current!;
    const now = box.querySelector<HTMLElement>("[aria-current]");
    if (!now) box.scrollTop = 0;
    else if (
      now.offsetTop < box.scrollTop ||
      now.offsetTop + now.offsetHeight > box.scrollTop + box.clientHeight
    ) {
      box.scrollTop = now.offsetTop - box.clientHeight / 2;
    }
  }, [run, step]);
  return (
    <div class="ds-events" ref={list}>
      {rounds
        .filter(({ first }) => drawn === run || first < step + AT_ONCE)
        .map((round) => (
          <RoundEvents
            key={round.first}
            round={round}
            words={words}
            rows={rows}
            step={Math.max(round.first, Math.min(step, round.end + 1))}
            go={jump}
          />
        ))}
    </div>
  );
}

interface RoundProps {
  round: Round;
  words: string[];
  rows: ReplayRow[];
  /** Clamped to the round, so that a round which a step does not concern is not drawn again. */
  step: number;
  go: { current: (step: number) => void };
}

function RoundEvents({ round, words, rows, step, go }: RoundProps) {
  return useMemo(
    () => (
      <section>
        <h4>
          <button type="button" class="ds-small" onClick={() => go.current(round.first + 1)}>
            {heading(round)}
          </button>
        </h4>
        <ol start={round.first + 1}>
          {words.slice(round.first, round.end).map((sentence, index) => {
            const at = round.first + index + 1;
            const down = goesDown(rows[at - 1]!);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the player do the same
              <li
                key={at}
                class={`${at > step ? "ds-later" : ""}${down ? " ds-falls" : ""}`}
                aria-current={at === step ? "step" : undefined}
                onClick={() => go.current(at)}
              >
                {sentence}
              </li>
            );
          })}
        </ol>
      </section>
    ),
    [round, words, rows, step],
  );
}
