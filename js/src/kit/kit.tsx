// What every widget of the kit shares: traits that are drawn once a frame, the link to the kernel, errors
// as alerts, and one way to make a widget of a component.

import type { AnyModel, Render } from "@anywidget/types";
import {
  type ComponentChildren,
  createContext,
  render as draw,
  type FunctionComponent,
} from "preact";
import { useContext, useEffect, useMemo, useState } from "preact/hooks";
import type { Message } from "../protocol/messages.js";
import type { KitState } from "../protocol/state.js";
import { Link, type LinkView } from "./link.js";
import { Alerts } from "./link_alerts.js";

export type Send = (message: Message) => void;

export interface BodyProps<State> {
  state: State;
  send: Send;
  /** Told every second, for ages; null without a kernel, where dates are said instead. */
  now: number | null;
  /** What is wrong, to be put where it is seen first. */
  alerts: ComponentChildren;
}

interface ModelProps<State extends KitState> {
  model: AnyModel<State>;
  names: readonly (keyof State & string)[];
  signal: AbortSignal;
}

const read = <State extends KitState>(
  model: AnyModel<State>,
  names: readonly (keyof State & string)[],
) => Object.fromEntries(names.map((name) => [name, model.get(name)])) as unknown as State;

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

interface Linked {
  link: LinkView;
  send: Send;
  now: number;
}

/** The link to the kernel, looked at every second. */
function useLink<State extends KitState>({ model, names, signal }: ModelProps<State>): Linked {
  const link = useMemo(() => new Link((message) => model.send(message)), [model]);
  const [seen, setSeen] = useState(() => ({ link: link.view(), now: Date.now() }));
  useEffect(() => {
    const look = () => setSeen({ link: link.view(), now: Date.now() });
    const hear = (content?: unknown) => {
      const before = link.view();
      link.hear(content);
      if (before.phase !== "live" || before.waiting.length > 0) look();
    };
    const change = () => hear();
    const leave = (event: Event) => {
      if (link.owes) event.preventDefault(); // the browser asks whether to leave all the same
    };
    model.on("msg:custom", hear);
    for (const name of names) model.on(`change:${name}`, change);
    window.addEventListener("beforeunload", leave);
    const timer = setInterval(() => {
      link.tick();
      look();
    }, 1000);
    const stop = () => {
      clearInterval(timer);
      window.removeEventListener("beforeunload", leave);
      model.off("msg:custom", hear);
      for (const name of names) model.off(`change:${name}`, change);
    };
    signal.addEventListener("abort", stop, { once: true });
    return stop;
  }, [model, signal]);
  return { ...seen, send: (message) => link.send(message) };
}

/** Whether this is a saved result without a kernel: what only a kernel can do is not offered. */
const SavedContext = createContext(false);
export const useSaved = (): boolean => useContext(SavedContext);

/** Return an anywidget that draws a component from these traits of its model. */
export function widget<State extends KitState>(
  names: readonly (keyof State & string)[],
  Body: FunctionComponent<BodyProps<State>>,
): { render: Render<State> } {
  function Widget(props: ModelProps<State>) {
    const state = useTraits(props);
    const { link, send, now } = useLink(props);
    const saved = link.phase === "saved";
    const kind = saved ? " ds-saved" : link.phase === "silent" ? " ds-lost" : "";
    return (
      <SavedContext.Provider value={saved}>
        <div class={`dualslot${kind}`}>
          <Body
            state={state}
            send={send}
            now={saved ? null : now}
            alerts={<Alerts link={link} error={state.error} send={send} />}
          />
        </div>
      </SavedContext.Provider>
    );
  }
  const render: Render<State> = ({ model, el, signal }) => {
    draw(<Widget model={model} names={names} signal={signal} />, el);
    return () => draw(null, el);
  };
  return { render };
}
