// JobMonitor: what is being played, what waits, and what became of the last ones.

import { type BodyProps, widget } from "../../kit/kit_widget.js";
import type { JobState, KitState } from "../../protocol/state.js";
import { Jobs } from "./job_lists.js";

type State = KitState & JobState;

export const TRAITS = ["error", "job", "queue_length", "queue", "history"] as const;

function JobMonitor({ state, send, now, alerts }: BodyProps<State>) {
  return (
    <>
      {alerts}
      <Jobs state={state} send={send} now={now} open />
    </>
  );
}

export default widget<State>(TRAITS, JobMonitor);
