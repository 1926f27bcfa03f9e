// The buttons that step through a run and play it, their speed, and the time.

import type { ComponentChildren } from "preact";
import { Icon } from "../../kit/icons.js";
import type { ReplayView } from "../../protocol/replay.js";
import { nextDown, type Round, roundBack, roundOn } from "./replay_steps.js";
import { type Playback, SPEEDS, type Speed } from "./use_playback.js";

interface Props {
  replay: ReplayView;
  rounds: Round[];
  playback: Playback;
  /** The time in words. */
  timeInWords: string;
}

export function Transport({ replay, rounds, playback, timeInWords }: Props) {
  const { step, speed, setSpeed, go } = playback;
  const last = replay.rows.length;
  const down = nextDown(replay, step);
  return (
    <div class="ds-row ds-transport">
      <Steps rounds={rounds} last={last} playback={playback} />
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
        aria-valuetext={timeInWords}
        onInput={(event) => go(event.currentTarget.valueAsNumber)}
      />
      <span class="ds-mute ds-numbers">
        {step} / {last}
      </span>
    </div>
  );
}

interface StepsProps extends Pick<Props, "rounds" | "playback"> {
  last: number;
}

function Steps({ rounds, last, playback: { step, plays, go, play } }: StepsProps) {
  const back = { disabled: step === 0, go };
  const on = { disabled: step === last, go };
  return (
    <div class="ds-row ds-steps" role="group" aria-label="Steps">
      <Step {...back} label="To the start" to={0}>
        <Icon shape="end" back />
      </Step>
      <Step {...back} label="A round back" to={roundBack(rounds, step)}>
        <Icon shape="round" back />
      </Step>
      <Step {...back} label="An event back" to={step - 1}>
        <Icon shape="event" back />
      </Step>
      <button type="button" class="ds-small ds-primary ds-play" onClick={play}>
        {plays ? "Pause" : "Play"}
      </button>
      <Step {...on} label="An event on" to={step + 1}>
        <Icon shape="event" />
      </Step>
      <Step {...on} label="A round on" to={roundOn(rounds, step)}>
        <Icon shape="round" />
      </Step>
      <Step {...on} label="To the end" to={last}>
        <Icon shape="end" />
      </Step>
    </div>
  );
}

interface StepProps {
  label: string;
  disabled: boolean;
  to: number;
  go: (step: number) => void;
  children: ComponentChildren;
}

function Step({ label, disabled, to, go, children }: StepProps) {
  // Not `disabled`, which would take the focus from somebody who steps to an end.
  return (
    <button
      type="button"
      class="ds-small ds-step"
      aria-label={label}
      title={label}
      aria-disabled={disabled}
      onClick={() => disabled || go(to)}
    >
      {children}
    </button>
  );
}
