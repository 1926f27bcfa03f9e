// What a widget has of its model: its traits, drawn once a frame, and the link to the kernel.

import type { AnyModel } from "@anywidget/types";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { KitState } from "../protocol/state.js";
import { Link, type LinkView, type Send } from "./link.js";

const LOOK_MILLISECONDS = 1000;

export interface ModelProps<State extends KitState> {
  model: AnyModel<State>;
  names: readonly (keyof State & string)[];
  signal: AbortSignal;
}

interface Linked<State> {
  state: State;
  /** Looked at every second. */
  link: LinkView;
  now: number;
  send: Send;
}

export function useModel<State extends KitState>(props: ModelProps<State>): Linked<State> {
  const { model, names, signal } = props;
  const read = () =>
    Object.fromEntries(names.map((name) => [name, model.get(name)])) as unknown as State;
  const link = useMemo(() => new Link((message) => model.send(message)), [model]);
  const [state, setState] = useState(read);
  const [seen, setSeen] = useState(() => ({ link: link.view(), now: Date.now() }));
  useEffect(() => {
    let frame = 0;
    const look = () => setSeen({ link: link.view(), now: Date.now() });
    const hear = (content?: unknown) => {
      const before = link.view();
      link.hear(content);
      if (before.phase !== "live" || before.waiting.length > 0) look();
    };
    const draw = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        setState(read());
      });
    };
    const change = () => {
      hear();
      draw();
    };
    const leave = (event: Event) => {
      if (link.owes) event.preventDefault(); // the browser asks whether to leave all the same
    };
    const timer = setInterval(() => {
      link.tick();
      look();
    }, LOOK_MILLISECONDS);
    const stop = () => {
      clearInterval(timer);
      cancelAnimationFrame(frame);
      window.removeEventListener("beforeunload", leave);
      model.off("msg:custom", hear);
      for (const name of names) model.off(`change:${name}`, change);
    };
    model.on("msg:custom", hear);
    for (const name of names) model.on(`change:${name}`, change);
    window.addEventListener("beforeunload", leave);
    signal.addEventListener("abort", stop, { once: true });
    draw();
    return stop;
  }, [model, signal]);
  return { ...seen, state, send: (message) => link.send(message) };
}
