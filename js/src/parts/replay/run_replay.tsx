// RunReplay: any run, event by event.

import { useEffect, useRef, useState } from "preact/hooks";
import { type BodyProps, widget } from "../../kit/kit_widget.js";
import { useSaved } from "../../kit/saved.js";
import type { KitState, ReplayState } from "../../protocol/state.js";
import { useAskedRun } from "./asked_run.js";
import { Replay } from "./replay.js";

type State = KitState & ReplayState;

export const TRAITS = ["error", "selected_run", "replay", "parting"] as const;

function RunReplay({ state, send, alerts }: BodyProps<State>) {
  const replayed = useAskedRun(send);
  const closed = useRef(false);
  const close = () => {
    closed.current = true;
    replayed.close();
  };
  const run = state.selected_run;
  return (
    <>
      {alerts}
      {run === null ? (
        <Invitation pick={replayed.pick} back={closed.current} />
      ) : (
        <Replay
          replay={state.replay}
          parting={state.parting}
          selected={run}
          turn={replayed.turn}
          close={close}
          wanted={replayed.asked(run)}
        />
      )}
    </>
  );
}

interface InvitationProps {
  pick: (run: number, opener: HTMLElement) => void;
  /** Whether somebody has come back to it, by closing a replay. */
  back: boolean;
}

function Invitation({ pick, back }: InvitationProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (back) input.current?.focus();
  }, []);
  const saved = useSaved();
  const [run, setRun] = useState("0");
  const number = Number(run);
  const fine = run.trim() !== "" && Number.isInteger(number) && number >= 0;
  const ask = (event: SubmitEvent) => {
    event.preventDefault();
    if (fine) pick(number, event.submitter ?? (event.currentTarget as HTMLElement));
  };
  if (saved) {
    return (
      <div class="ds-panel ds-nothing">
        <b>No run was selected when this was saved</b>
      </div>
    );
  }
  return (
    <form class="ds-panel ds-nothing ds-invitation" onSubmit={ask}>
      <b>No run is selected</b>
      <p class="ds-mute">Pick one from the timelines or the strip, or name it here.</p>
      <div class="ds-row">
        <label>
          Run{" "}
          <input
            ref={input}
            type="number"
            min={0}
            step={1}
            value={run}
            aria-invalid={!fine}
            onInput={(event) => setRun(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="ds-primary" disabled={!fine}>
          Replay
        </button>
      </div>
    </form>
  );
}

export default widget<State>(TRAITS, RunReplay);
