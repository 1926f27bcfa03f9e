// What every widget of the kit shares: traits that are drawn once a frame, a sign when the kernel is
// gone, errors as alerts, and one way to make a widget of a component.

import type { AnyModel, Render } from "@anywidget/types";
import { type ComponentChildren, type FunctionComponent, render as draw } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Message } from "./protocol/messages.js";
import type { KitState } from "./protocol/state.js";

/** Silent for longer than this, the kernel is gone; it beats every two seconds. */
export const SILENCE_MILLISECONDS = 5000;

export type Send = (message: Message) => void;

export interface BodyProps<State> {
  state: State;
  send: Send;
  /** Told every second, for ages. */
  now: number;
  /** What is wrong, to be put where it is seen first. */
  alerts: ComponentChildren;
}

interface ModelProps<State extends KitState> {
  model: AnyModel<State>;
  names: readonly (keyof State & string)[];
  signal: AbortSignal;
}

const read = <State extends KitState>(model: AnyModel<State>, names: readonly (keyof State & string)[]) =>
  Object.fromEntries(names.map((name) => [name, model.get(name)])) as unknown as State;

/** Draw again when traits change, once a frame. */
function useTraits<State extends KitState>({ model, names, signal }: ModelProps<State>): State {
  const [state, setState] = useState(() => read(model, names));
  useEffect(() => {
    let frame = 0;
    const change = () => {
      if (!frame) {
        frame = requestAnimationFrame(() => {
          frame = 0;
          setState(read(model, names));
        });
      }
    };
    for (const name of names) model.on(`change:${name}`, change);
    change();
    const stop = () => {
      cancelAnimationFrame(frame);
      for (const name of names) model.off(`change:${name}`, change);
    };
    signal.addEventListener("abort", stop, { once: true });
    return stop;
  }, [model, signal]);
  return state;
}

/** The time, told every second, and whether the kernel has been silent for too long. */
function useKernelClock<State extends KitState>({ model, names, signal }: ModelProps<State>) {
  const [clock, setClock] = useState({ now: Date.now(), lost: false });
  useEffect(() => {
    let heard = Date.now();
    const hear = () => {
      heard = Date.now();
    };
    model.on("msg:custom", hear);
    for (const name of names) model.on(`change:${name}`, hear);
    const timer = setInterval(() => {
      const now = Date.now();
      setClock({ now, lost: now - heard > SILENCE_MILLISECONDS });
    }, 1000);
    const stop = () => {
      clearInterval(timer);
      model.off("msg:custom", hear);
      for (const name of names) model.off(`change:${name}`, hear);
    };
    signal.addEventListener("abort", stop, { once: true });
    return stop;
  }, [model, signal]);
  return clock;
}

interface AlertsProps {
  lost: boolean;
  error: string;
  send: Send;
}

function Alerts({ lost, error, send }: AlertsProps) {
  return (
    <>
      {lost && (
        <p class="ds-alert" role="alert">
          <span>
            <b>Disconnected.</b> The kernel does not answer: run the cell again. Stored results are safe.
          </span>
        </p>
      )}
      {error && (
        <p class="ds-alert" role="alert">
          <span>{error}</span>
          <button type="button" onClick={() => send({ type: "dismiss" })}>
            Dismiss
          </button>
        </p>
      )}
    </>
  );
}

/** Return an anywidget that draws a component from these traits of its model. */
export function widget<State extends KitState>(
  names: readonly (keyof State & string)[],
  Body: FunctionComponent<BodyProps<State>>,
): { render: Render<State> } {
  function Widget(props: ModelProps<State>) {
    const state = useTraits(props);
    const { now, lost } = useKernelClock(props);
    const send: Send = (message) => props.model.send(message);
    return (
      <div class={lost ? "dualslot ds-lost" : "dualslot"}>
        <Body
          state={state}
          send={send}
          now={now}
          alerts={<Alerts lost={lost} error={state.error} send={send} />}
        />
      </div>
    );
  }
  const render: Render<State> = ({ model, el, signal }) => {
    draw(<Widget model={model} names={names} signal={signal} />, el);
    return () => draw(null, el);
  };
  return { render };
}
