// QuintileTimelines: from disaster to legend, the median run of each fifth.

import { type BodyProps, widget } from "../../kit/kit_widget.js";
import type { KitState, TimelinesState } from "../../protocol/state.js";
import { Timelines } from "./timelines.js";

type State = KitState & TimelinesState;

export const TRAITS = [
  "error",
  "slots",
  "display_mode",
  "shown_slot",
  "preview",
  "slot_strips",
  "preview_strip",
  "ranking",
  "selected_run",
] as const;

function QuintileTimelines({ state, send, alerts }: BodyProps<State>) {
  return (
    <>
      {alerts}
      <Timelines
        slots={state.slots}
        shown={state.shown_slot}
        preview={state.preview}
        slotStrips={state.slot_strips}
        previewStrip={state.preview_strip}
        ranking={state.ranking}
        selected={state.selected_run}
        pick={(run) => send({ type: "select_run", run })}
      />
    </>
  );
}

export default widget<State>(TRAITS, QuintileTimelines);
