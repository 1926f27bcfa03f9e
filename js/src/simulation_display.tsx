// The dashboard: one model, any number of views of it. State lives in the kernel's traits.

import type { AnyModel, Render } from "@anywidget/types";
import { render as draw } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Editor } from "./editor.js";
import { Header } from "./header.js";
import { JobBar } from "./job_bar.js";
import { type Message, type State, TRAITS } from "./protocol.js";
import { SlotCards } from "./slot_cards.js";
import { Timelines } from "./timelines.js";
import { Footer } from "./footer.js";

/** Silent for longer than this, the kernel is gone; it beats every two seconds. */
export const SILENCE_MILLISECONDS = 5000;
/** Answers to clicks come well within this time of each other. */
const SETTLE_MILLISECONDS = 500;

export const read = (model: AnyModel<State>): State =>
  Object.fromEntries(TRAITS.map((name) => [name, model.get(name)])) as unknown as State;

interface Props {
  model: AnyModel<State>;
  signal: AbortSignal;
}

/** Draw again when traits change, once a frame. */
function useTraits({ model, signal }: Props): State {
  const [state, setState] = useState(() => read(model));
  useEffect(() => {
    let frame = 0;
    const change = () => {
      if (!frame) {
        frame = requestAnimationFrame(() => {
          frame = 0;
          setState(read(model));
        });
      }
    };
    for (const name of TRAITS) model.on(`change:${name}`, change);
    change();
    const stop = () => {
      cancelAnimationFrame(frame);
      for (const name of TRAITS) model.off(`change:${name}`, change);
    };
    signal.addEventListener("abort", stop, { once: true });
    return stop;
  }, [model, signal]);
  return state;
}

/** The time, told every second, and whether the kernel has been silent for too long. */
function useKernelClock({ model, signal }: Props): { now: number; lost: boolean } {
  const [clock, setClock] = useState({ now: Date.now(), lost: false });
  useEffect(() => {
    let heard = Date.now();
    const hear = () => {
      heard = Date.now();
    };
    model.on("msg:custom", hear);
    for (const name of TRAITS) model.on(`change:${name}`, hear);
    const timer = setInterval(() => {
      const now = Date.now();
      setClock({ now, lost: now - heard > SILENCE_MILLISECONDS });
    }, 1000);
    const stop = () => {
      clearInterval(timer);
      model.off("msg:custom", hear);
      for (const name of TRAITS) model.off(`change:${name}`, hear);
    };
    signal.addEventListener("abort", stop, { once: true });
    return stop;
  }, [model, signal]);
  return clock;
}

/** The slot that was clicked: shown at once, and until the kernel's answers have settled on it. */
function usePick({ shown_slot, error }: State): [number | null, (slot: number | null) => void] {
  const [picked, setPicked] = useState<number | null>(null);
  useEffect(() => {
    if (error) setPicked(null);
    if (picked === null || picked !== shown_slot) return;
    // Answers to earlier clicks may still be on their way.
    const timer = setTimeout(() => setPicked(null), SETTLE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [picked, shown_slot, error]);
  return [picked, setPicked];
}

export function Dashboard(props: Props) {
  const state = useTraits(props);
  const { now, lost } = useKernelClock(props);
  const [picked, setPicked] = usePick(state);
  const send = (message: Message) => props.model.send(message);

  const shown = picked ?? state.shown_slot;
  const slot = shown === null ? undefined : state.slots[shown];
  const preview = state.preview;
  return (
    <div class="dualslot">
      <Header
        state={state}
        run={() => send({ type: "run" })}
        choose={(mode) => {
          setPicked(null);
          send({ type: "display_mode", mode });
        }}
      />
      {lost && (
        <p class="ds-alert" role="alert">
          <b>Disconnected.</b> The kernel does not answer: run the cell again. Stored results are
          safe.
        </p>
      )}
      {state.error && (
        <p class="ds-alert" role="alert">
          <span>{state.error}</span>
          <button type="button" onClick={() => send({ type: "dismiss" })}>
            Dismiss
          </button>
        </p>
      )}
      <Editor
        scenario={state.scenario}
        edit={(path, value) => send({ type: "edit", path, value })}
      />
      <JobBar
        job={state.job}
        waiting={state.queue_length}
        cancel={() => send({ type: "cancel" })}
      />
      <SlotCards
        slots={state.slots}
        shown={preview ? null : shown}
        now={now}
        choose={(slot) => {
          setPicked(slot);
          send({ type: "choose_slot", slot });
        }}
        pin={(slot) => send({ type: "pin", slot })}
      />
      <Timelines
        analysis={preview?.analysis ?? slot?.analysis ?? null}
        preview={preview}
        source={
          preview
            ? "preview of the numbers above, not stored yet"
            : slot
              ? `slot ${slot.slot}: ${slot.scenario}${slot.exact ? "" : ", not exactly the scenario above"}`
              : ""
        }
        problem={slot?.state === "damaged" ? slot.problem : ""}
      />
      <Footer footer={state.footer} />
    </div>
  );
}

const render: Render<State> = ({ model, el, signal }) => {
  draw(<Dashboard model={model} signal={signal} />, el);
  return () => draw(null, el);
};

export default { render };
