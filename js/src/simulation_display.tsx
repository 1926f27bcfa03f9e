// The dashboard: all parts of the kit, over one workbench. State lives in the kernel's traits.

import { FoldedComparison } from "./comparison.js";
import { Editor } from "./editor.js";
import { Footer } from "./footer.js";
import { Header } from "./header.js";
import { Jobs } from "./job_lists.js";
import { type BodyProps, widget } from "./kit.js";
import { NotExactly } from "./modes.js";
import { usePick } from "./pick.js";
import type { DashboardState } from "./protocol/state.js";
import { SlotCards } from "./slot_cards.js";
import { Timelines } from "./timelines.js";

export const TRAITS = [
  "error",
  "scenario_view",
  "job",
  "queue_length",
  "queue",
  "history",
  "slots",
  "display_mode",
  "shown_slot",
  "preview",
  "comparison",
  "footer",
] as const;

function Dashboard({ state, send, now, alerts }: BodyProps<DashboardState>) {
  const [picked, setPicked] = usePick(state);
  const shown = picked ?? state.shown_slot;
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
      <NotExactly mode={state.display_mode} slots={state.slots} shown={state.preview ? null : shown} />
      <Editor
        scenario={state.scenario_view}
        edit={(path, value) => send({ type: "edit", path, value })}
      />
      <Jobs state={state} send={send} now={now} />
      <SlotCards
        slots={state.slots}
        shown={state.preview ? null : shown}
        now={now}
        choose={pick}
        pin={(slot) => send({ type: "pin", slot })}
      />
      <FoldedComparison comparison={state.comparison} />
      <Timelines slots={state.slots} shown={shown} preview={state.preview} />
      <Footer footer={state.footer} />
    </>
  );
}

export default widget<DashboardState>(TRAITS, Dashboard);
