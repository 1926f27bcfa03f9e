// QuintileTimelines: from disaster to legend, the median run of each fifth.

import { type BodyProps, widget } from "./kit.js";
import type { KitState, TimelinesState } from "./protocol/state.js";
import { Timelines } from "./timelines.js";

type State = KitState & TimelinesState;

export const TRAITS = ["error", "slots", "display_mode", "shown_slot", "preview"] as const;

function QuintileTimelines({ state, alerts }: BodyProps<State>) {
  return (
    <>
      {alerts}
      <Timelines slots={state.slots} shown={state.shown_slot} preview={state.preview} />
    </>
  );
}

export default widget<State>(TRAITS, QuintileTimelines);
