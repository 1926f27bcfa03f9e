// One run, event by event: step, play, read; how everybody stands at every moment.

import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { count } from "./format.js";
import { Icon } from "./icons.js";
import type { ReplayView } from "./protocol/replay.js";
import { Combatants } from "./replay_combatants.js";
import { Events } from "./replay_events.js";
import { momentOf } from "./replay_state.js";
import { afterKey, asText, heading, nextDown, roundBack, roundOn, roundsOf } from "./replay_steps.js";

/** Events a second, by name. */
const SPEEDS = { slow: 1, steady: 3, fast: 10 } as const;
type Speed = keyof typeof SPEEDS;
const OUTCOMES = { win: "won", loss: "lost", unresolved: "unresolved" };

interface Props {
  replay: ReplayView | null;
  selected: number | null;
  /** Absent where the replay is alone and cannot be closed. */
  close?: () => void;
  /** Whether the browser asked for this run, and so wants to read it. */
  wanted: boolean;
}

export function Replay({ replay, selected, close, wanted }: Props) {
  const waits = replay === null || replay.run !== selected || replay.pending;
  const region = useRef<HTMLElement>(null);
  const shown = waits ? null : replay;
  useEffect(() => {
    if (!wanted || shown === null) return;
    const box = region.current!;
    const start = box.querySelector<HTMLElement>(".ds-time") ?? box.querySelector<HTMLElement>(".ds-close");
    start?.focus({ preventScroll: true });
    box.scrollIntoView?.({ block: "nearest" });
  }, [wanted, shown?.run]);
  const player = useRef<((event: KeyboardEvent) => void) | null>(null);
  const key = (event: KeyboardEvent) => {
    if (event.key === "Escape" && close) {
      event.stopPropagation();
      close();
    } else player.current?.(event);
  };
  return (
    <section
      ref={region}
      class="ds-replay"
      aria-label="Replay"
      aria-busy={waits}
      data-lm-suppress-shortcuts="true"
      onKeyDown={key}
    >
      <div class="ds-row ds-caption">
        <h3>Run {selected}</h3>
        {shown?.outcome && (
          <span>
            {OUTCOMES[shown.outcome]} in {shown.rounds} round{shown.rounds === 1 ? "" : "s"}, {shown.survivors} standing
          </span>
        )}
        {shown && (
          <span class="ds-mute">
            {shown.place}: {shown.scenario}
          </span>
        )}
        <span class="ds-space" />
        <span class="ds-row ds-together">
          {shown && shown.rows.length > 0 && <Copy text={() => asText(shown)} />}
          {close && (
            <button type="button" class="ds-small ds-close" aria-label="Close the replay" onClick={close}>
              Close
            </button>
          )}
        </span>
      </div>
      <Body replay={shown} pending={replay?.pending ? replay.note : ""} keys={player} />
    </section>
  );
}

/** Where the player puts what takes the keys of the whole replay. */
type Keys = { current: ((event: KeyboardEvent) => void) | null };

function Body({ replay, pending, keys }: { replay: ReplayView | null; pending: string; keys: Keys }) {
  if (replay === null) {
    return (
      <p class="ds-mute ds-replay-word" role="status">
        {pending || "Reading the run…"}
      </p>
    );
  }
  if (replay.problem) {
    return (
      <p class="ds-replay-word" role="alert">
        <b class="ds-failed">This run cannot be told.</b> {replay.problem}
      </p>
    );
  }
  return <Player replay={replay} keys={keys} />;
}

function Player({ replay, keys }: { replay: ReplayView; keys: Keys }) {
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
    const timer = setInterval(() => setAt((now) => ({ ...now, step: now.step + 1 })), 1000 / SPEEDS[speed]);
    return () => clearInterval(timer);
  }, [plays, speed, key]);

  const go = (to: number) => setAt({ key, step: to, playing: false });
  const play = () => setAt({ key, step: step >= last ? 0 : step, playing: !plays });
  keys.current = (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || /SELECT|TEXTAREA/.test(target.tagName)) return;
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

  useEffect(() => () => void (keys.current = null), []);

  const down = nextDown(replay, step);
  const round = rounds.findLast(({ first }) => first < Math.max(step, 1));
  const place = round ? heading(round) : "";
  const said = step === 0 ? "Before the first event" : replay.words[step - 1]!;
  return (
    <div class="ds-player">
      {replay.note && <p class="ds-mute ds-replay-word">{replay.note}</p>}
      {replay.events > last && (
        <p class="ds-replay-word">
          This run has {count(replay.events)} events, of which the first {count(last)} are told here; in Python{" "}
          <code>data.replay({replay.run})</code> has all of them.
        </p>
      )}
      <div class="ds-row ds-transport">
        <div class="ds-row ds-steps" role="group" aria-label="Steps">
          <Step label="To the start" disabled={step === 0} onClick={() => go(0)}>
            <Icon shape="end" back />
          </Step>
          <Step label="A round back" disabled={step === 0} onClick={() => go(roundBack(rounds, step))}>
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
          <Step label="A round on" disabled={step === last} onClick={() => go(roundOn(rounds, step))}>
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
      <div class="ds-stage">
        <Combatants people={replay.combatants} moment={moment} />
        <Events run={key} rounds={rounds} words={replay.words} rows={replay.rows} step={step} go={go} />
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

/** Copies a text, or shows it to be copied by hand where the page may not. */
function Copy({ text }: { text: () => string }) {
  const [state, setState] = useState<"" | "copied" | "by hand">("");
  useEffect(() => {
    if (state !== "copied") return;
    const timer = setTimeout(() => setState(""), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setState("copied");
    } catch {
      setState("by hand");
    }
  };
  return (
    <>
      <button type="button" class="ds-small" onClick={copy}>
        Copy as text
      </button>
      <span class="ds-mute" role="status">
        {state === "copied" && "Copied"}
      </span>
      {state === "by hand" && (
        <textarea
          class="ds-by-hand"
          readOnly
          rows={6}
          aria-label="The run as text, to be copied"
          value={text()}
          ref={(area) => area?.select()}
        />
      )}
    </>
  );
}
