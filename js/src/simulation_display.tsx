// The dashboard: all parts of the kit, over one workbench. State lives in the kernel's traits.

import { type BodyProps, widget } from "./kit/kit.js";
import { usePick } from "./kit/pick.js";
import { FoldedComparison } from "./parts/compare/comparison.js";
import { Editor } from "./parts/editor/editor.js";
import { Footer } from "./parts/footer/footer.js";
import { Header } from "./parts/header/header.js";
import { Jobs } from "./parts/jobs/job_lists.js";
import { Replay } from "./parts/replay/replay.js";
import { useReplayed } from "./parts/replay/replayed.js";
import { NotExactly } from "./parts/slots/modes.js";
import { SlotCards } from "./parts/slots/slot_cards.js";
import { Timelines } from "./parts/timelines/timelines.js";
import type { DashboardState } from "./protocol/state.js";

export const TRAITS = [
  "error",
  "scenario_view",
  "scenario_json",
  "bestiary",
  "library",
  "job",
  "queue_length",
  "queue",
  "history",
  "slots",
  "display_mode",
  "shown_slot",
  "preview",
  "slot_strips",
  "preview_strip",
  "selected_run",
  "replay",
  "parting",
  "comparison",
  "footer",
] as const;

function Dashboard({ state, send, now, alerts }: BodyProps<DashboardState>) {
  const [picked, setPicked] = usePick(state);
  const shown = picked ?? state.shown_slot;
  const replayed = useReplayed(send);
  const pick = (slot: number) => {
    setPicked(slot);
    send({ type: "choose_slot", slot });
  };
  return (
    <>
      <Header
        scenario={state.scenario_view}
        slots={state.slots}
        mode={state.display_mode}
        shown={shown}
        now={now}
        run={() => send({ type: "run" })}
        choose={(mode) => {
          setPicked(null);
          send({ type: "display_mode", mode });
        }}
        pick={pick}
      />
      {alerts}
      <NotExactly
        mode={state.display_mode}
        slots={state.slots}
        shown={state.preview ? null : shown}
      />
      <Editor state={state} send={send} />
      <Jobs state={state} send={send} now={now} />
      <SlotCards
        slots={state.slots}
        shown={state.preview ? null : shown}
        now={now}
        choose={pick}
        pin={(slot) => send({ type: "pin", slot })}
        edit={(slot) => send({ type: "edit_slot", slot })}
      />
      <FoldedComparison comparison={state.comparison} />
      <Timelines
        slots={state.slots}
        shown={shown}
        preview={state.preview}
        slotStrips={state.slot_strips}
        previewStrip={state.preview_strip}
        selected={state.selected_run}
        pick={replayed.pick}
        saveAgain={(job) => send({ type: "save_again", job })}
      />
      {state.selected_run !== null && (
        <Replay
          replay={state.replay}
          parting={state.parting}
          turn={replayed.turn}
          selected={state.selected_run}
          close={replayed.close}
          wanted={replayed.asked(state.selected_run)}
        />
      )}
      <Footer footer={state.footer} />
    </>
  );
}

export default widget<DashboardState>(TRAITS, Dashboard);
