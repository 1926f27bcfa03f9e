// The dashboard: all parts of the kit, over one workbench. State lives in the kernel's traits.

import { type BodyProps, widget } from "./kit/kit_widget.js";
import { FoldedComparison } from "./parts/compare/comparison.js";
import { Editor } from "./parts/editor/editor.js";
import { Footer } from "./parts/footer/footer.js";
import { Header } from "./parts/header/header.js";
import { Jobs } from "./parts/jobs/job_lists.js";
import { useAskedRun } from "./parts/replay/asked_run.js";
import { Replay } from "./parts/replay/replay.js";
import { useClickedSlot } from "./parts/slots/clicked_slot.js";
import { NotExactly } from "./parts/slots/display_modes.js";
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
  "ranking",
  "selected_run",
  "replay",
  "parting",
  "comparison",
  "footer",
] as const;

function Dashboard({ state, send, now, alerts }: BodyProps<DashboardState>) {
  const { shown, pick, choose } = useClickedSlot(state, send);
  const run = useAskedRun(send);
  const { slots, display_mode: mode, preview, selected_run: selected } = state;
  const stored = preview ? null : shown;
  return (
    <>
      <Header
        scenario={state.scenario_view}
        slots={slots}
        mode={mode}
        shown={shown}
        now={now}
        run={() => send({ type: "run" })}
        choose={choose}
        pick={pick}
      />
      {alerts}
      <NotExactly mode={mode} slots={slots} shown={stored} />
      <Editor state={state} send={send} />
      <Jobs state={state} send={send} now={now} />
      <SlotCards slots={slots} shown={stored} now={now} choose={pick} send={send} />
      <FoldedComparison comparison={state.comparison} />
      <Timelines
        slots={slots}
        shown={shown}
        preview={preview}
        slotStrips={state.slot_strips}
        previewStrip={state.preview_strip}
        ranking={state.ranking}
        selected={selected}
        pick={run.pick}
        saveAgain={(job) => send({ type: "save_again", job })}
      />
      {selected !== null && (
        <Replay
          replay={state.replay}
          parting={state.parting}
          turn={run.turn}
          selected={selected}
          close={run.close}
          wanted={run.asked(selected)}
        />
      )}
      <Footer footer={state.footer} />
    </>
  );
}

export default widget<DashboardState>(TRAITS, Dashboard);
