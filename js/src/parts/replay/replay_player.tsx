// Steps through one run and plays it: the buttons, the time, the event told last, everybody, all events.

import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { count } from "../../kit/format.js";
import { Icon } from "../../kit/icons.js";
import type { ReplayView } from "../../protocol/replay.js";
import { Combatants } from "./replay_combatants.js";
import { Events } from "./replay_events.js";
import { momentOf } from "./replay_state.js";
import { afterKey, heading, nextDown, roundBack, roundOn, roundsOf } from "./replay_steps.js";

/** Events a second, by name. */
const SPEEDS = { slow: 1, steady: 3, fast: 10 } as const;
type Speed = keyof typeof SPEEDS;

/** Where the player puts what takes the keys of the whole replay. */
export type Keys = { current: ((event: KeyboardEvent) => void) | null };

interface PlayerProps {
  replay: ReplayView;
  keys: Keys;
  /** What stands between the event told last and everybody, and may go to a step. */
  children: (go: (step: number) => void) => ComponentChildren;
}

export function Player({ replay, keys, children }: PlayerProps) {
  const rounds = useMemo(() => roundsOf(replay), [replay]);
  const last = replay.rows.length;
  // Another run begins at its start, in the same elements: that is twice as fast as new ones.
  const key = `${replay.place} ${replay.generation} ${replay.run}`;
  const [at, setAt] = useState({ key, step: 0, playing: false });
  const { step: wish, playing } = at.key === key ? at : { step: 0, playing: false };
  const step = Math.min(wish, last);
  const [speed, setSpeed] = useState<Speed>("steady");
  const moment = useMemo(() => momentOf(replay, step), [replay, step]);
  const plays = playing && step < last;
  useEffect(() => {
    if (!plays) return;
    const timer = setInterval(
      () => setAt((now) => ({ ...now, step: now.step + 1 })),
      1000 / SPEEDS[speed],
    );
    return () => clearInterval(timer);
  }, [plays, speed, key]);

  const go = (to: number) => setAt({ key, step: to, playing: false });
  const play = () => setAt({ key, step: step >= last ? 0 : step, playing: !plays });
  keys.current = (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || /SELECT|TEXTAREA/.test(target.tagName))
      return;
    if (event.key === " ") {
      if (target.tagName === "BUTTON") return;
      play();
    } else {
      const to = afterKey(replay, rounds, step, event.key, event.shiftKey);
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

  const down = nextDown(replay, step);
  const round = rounds.findLast(({ first }) => first < Math.max(step, 1));
  const place = round ? heading(round) : "";
  const said = step === 0 ? "Before the first event" : replay.words[step - 1]!;
  return (
    <div class="ds-player">
      {replay.note && <p class="ds-mute ds-replay-word">{replay.note}</p>}
      {replay.events > last && (
        <p class="ds-replay-word">
          This run has {count(replay.events)} events, of which the first {count(last)} are told
          here; in Python <code>data.replay({replay.run})</code> has all of them.
        </p>
      )}
      <div class="ds-row ds-transport">
        <div class="ds-row ds-steps" role="group" aria-label="Steps">
          <Step label="To the start" disabled={step === 0} onClick={() => go(0)}>
            <Icon shape="end" back />
          </Step>
          <Step
            label="A round back"
            disabled={step === 0}
            onClick={() => go(roundBack(rounds, step))}
          >
            <Icon shape="round" back />
          </Step>
          <Step label="An event back" disabled={step === 0} onClick={() => go(step - 1)}>
            <Icon shape="event" back />
          </Step>
          <button type="button" class="ds-small ds-primary ds-play" onClick={play}>
            {plays ? "Pause" : "Play"}
          </button>
          <Step label="An event on" disabled={step === last} onClick={() => go(step + 1)}>
            <Icon shape="event" />
          </Step>
          <Step
            label="A round on"
            disabled={step === last}
            onClick={() => go(roundOn(rounds, step))}
          >
            <Icon shape="round" />
          </Step>
          <Step label="To the end" disabled={step === last} onClick={() => go(last)}>
            <Icon shape="end" />
          </Step>
        </div>
        <button
          type="button"
          class="ds-small ds-step"
          aria-disabled={down === null}
          title="To the next one who goes down"
          onClick={() => down !== null && go(down)}
        >
          Next down
        </button>
        <label class="ds-mute ds-speed">
          speed{" "}
          <select value={speed} onChange={(event) => setSpeed(event.currentTarget.value as Speed)}>
            {Object.keys(SPEEDS).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <input
          class="ds-time"
          type="range"
          min={0}
          max={last}
          value={step}
          aria-label="Time"
          aria-valuetext={`${step} of ${last}. ${place}: ${said}`}
          onInput={(event) => go(event.currentTarget.valueAsNumber)}
        />
        <span class="ds-mute ds-numbers">
          {step} / {last}
        </span>
      </div>
      <p class="ds-now" role="status" aria-live={plays ? "off" : "polite"}>
        <b>{place}</b> <span>{said}</span>
      </p>
      {children(go)}
      <div class="ds-stage">
        <Combatants people={replay.combatants} moment={moment} />
        <Events
          run={key}
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

interface StepProps {
  label: string;
  disabled: boolean;
  onClick: () => void;
  children: ComponentChildren;
}

function Step({ label, disabled, onClick, children }: StepProps) {
  // Not `disabled`, which would take the focus from somebody who steps to an end.
  return (
    <button
      type="button"
      class="ds-small ds-step"
      aria-label={label}
      title={label}
      aria-disabled={disabled}
      onClick={() => disabled || onClick()}
    >
      {children}
    </button>
  );
}
