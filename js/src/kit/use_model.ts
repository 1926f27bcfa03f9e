// What a widget has of its model: its traits, drawn once a frame, and the link to the kernel.

import type { AnyModel } from "@anywidget/types";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { KitState } from "../protocol/state.js";
import { Link, type LinkView, type Send } from "./link.js";

export interface ModelProps<State extends KitState> {
  model: AnyModel<State>;
  names: readonly (keyof State & string)[];
  signal: AbortSignal;
}

const read = <State extends KitState>(
  model: AnyModel<State>,
  names: readonly (keyof State & string)[],
) => Object.fromEntries(names.map((name) => [name, model.get(name)])) as unknown as State;

/** Draw again when traits change, once a frame. */
export function useTraits<State extends KitState>({
  model,
  names,
  signal,
}: ModelProps<State>): State {
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
export function useLink<State extends KitState>({
  model,
  names,
  signal,
}: ModelProps<State>): Linked {
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
