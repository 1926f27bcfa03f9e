// JobMonitor: what is being played, and what waits.

import { JobBar } from "./job_bar.js";
import { type BodyProps, widget } from "./kit.js";
import type { JobState, KitState } from "./protocol/state.js";

type State = KitState & JobState;

export const TRAITS = ["error", "job", "queue_length"] as const;

function JobMonitor({ state, send, alerts }: BodyProps<State>) {
  return (
    <>
      {alerts}
      <JobBar
        job={state.job}
        waiting={state.queue_length}
        cancel={() => send({ type: "cancel" })}
        saveAgain={() => send({ type: "save_again" })}
      />
    </>
  );
}

export default widget<State>(TRAITS, JobMonitor);
