// One run step by step: the event of the step, everybody, all events; its keys.

import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { count } from "../../kit/format.js";
import type { ReplayView } from "../../protocol/replay.js";
import { Combatants } from "./replay_combatants.js";
import { Events } from "./replay_events.js";
import { momentOf } from "./replay_state.js";
import { afterKey, heading, roundsOf } from "./replay_steps.js";
import { Transport } from "./replay_transport.js";
import { type Playback, usePlayback } from "./use_playback.js";

/** Where the player puts what takes the keys of the whole replay. */
export type Keys = { current: ((event: KeyboardEvent) => void) | null };

interface PlayerProps {
  replay: ReplayView;
  keys: Keys;
  /** What stands between the event of the step and everybody, and may go to a step. */
  children: (go: (step: number) => void) => ComponentChildren;
}

export function Player({ replay, keys, children }: PlayerProps) {
  const rounds = useMemo(() => roundsOf(replay), [replay]);
  const last = replay.rows.length;
  const playback = usePlayback(replay);
  const { step, plays, go } = playback;
  const moment = useMemo(() => momentOf(replay, step), [replay, step]);
  useKeys(keys, playback, (key, shift) => afterKey(replay, rounds, step, key, shift));
  const round = rounds.findLast(({ first }) => first < Math.max(step, 1));
  const place = round ? heading(round) : "";
  const sentence = step === 0 ? "Before the first event" : replay.words[step - 1]!;
  return (
    <div class="ds-player">
      {replay.note && <p class="ds-mute ds-replay-word">{replay.note}</p>}
      {replay.events > last && (
        <p class="ds-replay-word">
          This run has {count(replay.events)} events, of which the first {count(last)} are told
          here; in Python <code>data.replay({replay.run})</code> has all of them.
        </p>
      )}
      <Transport
        replay={replay}
        rounds={rounds}
        playback={playback}
        timeInWords={`${step} of ${last}. ${place}: ${sentence}`}
      />
      <p class="ds-now" role="status" aria-live={plays ? "off" : "polite"}>
        <b>{place}</b> <span>{sentence}</span>
      </p>
      {children(go)}
      <div class="ds-stage">
        <Combatants people={replay.combatants} moment={moment} />
        <Events
          run={playback.key}
          rounds={rounds}
          words={replay.words}
          rows={replay.rows}
          step={step}
          go={go}
        />
      </div>
    </div>
  );
}

/** The keys of the whole replay: a blank plays, others go to a step. */
function useKeys(
  keys: Keys,
  { play, go }: Playback,
  stepAfter: (key: string, shift: boolean) => number | null,
): void {
  keys.current = (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || /SELECT|TEXTAREA/.test(target.tagName))
      return;
    if (event.key === " ") {
      if (target.tagName === "BUTTON") return;
      play();
    } else {
      const to = stepAfter(event.key, event.shiftKey);
      if (to === null) return;
      go(to);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  useEffect(
    () => () => {
      keys.current = null;
    },
    [],
  );
}
