// What every widget of the kit shares: its traits, its link to the kernel, errors as alerts.

import type { Render } from "@anywidget/types";
import { type ComponentChildren, render as draw, type FunctionComponent } from "preact";
import type { KitState } from "../protocol/state.js";
import type { Send } from "./link.js";
import { Alerts } from "./link_alerts.js";
import { SavedContext } from "./saved.js";
import { type ModelProps, useModel } from "./use_model.js";

export interface BodyProps<State> {
  state: State;
  send: Send;
  /** Renewed every second, for ages; null without a kernel, where dates are shown instead. */
  now: number | null;
  /** What is wrong, to be put where it is seen first. */
  alerts: ComponentChildren;
}

/** Return an anywidget that draws a component from these traits of its model. */
export function widget<State extends KitState>(
  names: readonly (keyof State & string)[],
  Body: FunctionComponent<BodyProps<State>>,
): { render: Render<State> } {
  function Widget(props: ModelProps<State>) {
    const { state, link, send, now } = useModel(props);
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
