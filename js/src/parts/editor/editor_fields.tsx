// The inputs of the editor: numbers with sliders and steppers, and names.

import { useEffect, useId, useRef } from "preact/hooks";
import type { Bounds } from "../../protocol/vocabulary.js";
import { LENGTHS } from "../../protocol/vocabulary.js";
import { useEditing, useTyped } from "./editor_context.js";

export interface Common {
  path: string;
  /** Whose value it is: each control is called "Ogre: armor class". */
  owner: string;
  label: string;
  /** Written above it; else the column's head says what it is. */
  titled?: boolean;
}

interface NumberProps extends Common {
  value: number | null;
  bounds: Bounds;
  slider?: number[];
  stepper?: boolean;
  /** It may be absent; then this is what it is called. */
  optional?: boolean;
  absent?: string;
}

/** Whether a wrong number is on screen, and which are right. */
const whole = (text: string, [low, high]: Bounds): number | null => {
  const value = Number(text);
  return text.trim() !== "" && Number.isInteger(value) && value >= low && value <= high
    ? value
    : null;
};

/** What is typed of a number, and sent if it is right. */
function useNumber({ path, value, bounds, optional }: NumberProps) {
  const { edit } = useEditing();
  const { text, type, hold, letGo } = useTyped(value === null ? "" : String(value));
  const read = (typed: string) => whole(typed, bounds);
  const number = read(text);
  const take = (typed: string) => {
    const number = read(typed);
    const sent = number !== null || (optional === true && typed === "");
    type(typed, sent);
    if (sent) edit(path, number);
  };
  return {
    text,
    number,
    wrong: number === null && !(optional && text === ""),
    hold,
    letGo,
    take,
    step: (by: number) => take(String((number ?? value ?? 0) + by)),
  };
}

export function NumberField(props: NumberProps) {
  const { path, owner, label, titled, bounds, slider = [], stepper, absent } = props;
  const { text, number, wrong, hold, letGo, take, step } = useNumber(props);
  const id = useId();
  const name = `${owner}: ${label}`;
  const [low, high] = slider;
  const [least, most] = bounds;
  const classes = [
    "ds-field",
    slider.length ? "ds-with-slider" : "",
    stepper ? "ds-with-stepper" : "",
  ];
  return (
    <div class={classes.join(" ").trim()}>
      {titled && <span class="ds-label">{label}</span>}
      {stepper && (
        <Step name={`${name}, one less`} sign="−" able={number !== least} go={() => step(-1)} />
      )}
      <input
        type="number"
        {...checked(name, path, id, wrong)}
        title={name}
        min={least}
        max={most}
        step={1}
        placeholder={absent}
        value={text}
        onFocus={hold}
        onBlur={letGo}
        onInput={(event) => {
          if (event.currentTarget.matches(":focus")) hold();
          take(event.currentTarget.value);
        }}
      />
      {stepper && (
        <Step name={`${name}, one more`} sign="+" able={number !== most} go={() => step(1)} />
      )}
      {low !== undefined && (
        <input
          type="range"
          // JupyterLab would take the arrow keys to walk between cells.
          data-lm-suppress-shortcuts="true"
          aria-label={`${name}, slider`}
          min={low}
          max={high}
          step={1}
          value={text}
          data-slider={path}
          onPointerDown={hold}
          onPointerUp={letGo}
          onPointerCancel={letGo}
          onInput={(event) => take(event.currentTarget.value)}
        />
      )}
      {wrong && <Wrong id={id} text={`a whole number from ${least} to ${most}`} />}
    </div>
  );
}

/** What an input of the editor is called, where its value is, and what says that it is wrong. */
export const checked = (name: string, path: string, id: string, wrong: boolean) => ({
  "aria-label": name,
  "aria-invalid": wrong,
  "aria-describedby": wrong ? id : undefined,
  "data-path": path,
});

interface StepProps {
  name: string;
  sign: string;
  able: boolean;
  go: () => void;
}

/** For the mouse: the keyboard has the arrow keys of the number itself. */
export const Step = ({ name, sign, able, go }: StepProps) => (
  <button
    type="button"
    class="ds-step"
    tabIndex={-1}
    aria-label={name}
    aria-disabled={!able}
    onClick={() => able && go()}
  >
    {sign}
  </button>
);

export const Wrong = ({ id, text }: { id: string; text: string }) => (
  <small id={id} class="ds-wrong">
    {text}
  </small>
);

interface NameProps extends Common {
  value: string;
}

/** Why a text is no name; empty when it is one. */
export function notAName(text: string): string {
  if (!text.trim()) return "give it a name";
  const length = [...text].length;
  return length > LENGTHS.name ? `is ${length} characters long; at most ${LENGTHS.name}` : "";
}

/** A name, sent when it is left or with Enter: a half name is nobody's. */
export function NameField({ path, owner, label, titled, value }: NameProps) {
  const { edit, answered } = useEditing();
  const { text, type, hold, letGo } = useTyped(value);
  const id = useId();
  const known = useRef(value);
  useEffect(() => {
    known.current = value;
    return answered(() => (known.current = value));
  }, [value, answered]);
  const problem = notAName(text);
  const send = () => {
    if (problem || text === known.current) return;
    known.current = text;
    type(text, true);
    edit(path, text);
  };
  return (
    <div class="ds-field ds-text">
      {titled && <span class="ds-label">{label}</span>}
      <input
        type="text"
        {...checked(`${owner}: ${label}`, path, id, problem !== "")}
        // JupyterLab would take Enter.
        data-lm-suppress-shortcuts="true"
        value={text}
        onFocus={hold}
        // A name that cannot be stays, with what is wrong about it beside it.
        onBlur={() => {
          send();
          if (!problem) letGo();
        }}
        onInput={(event) => {
          hold();
          type(event.currentTarget.value, false);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") send();
          if (event.key === "Escape") type(value, false);
        }}
      />
      {problem && <Wrong id={id} text={problem} />}
    </div>
  );
}
