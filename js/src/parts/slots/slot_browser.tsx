// SlotBrowser: both slots side by side, and which of them is shown.

import { type BodyProps, widget } from "../../kit/kit_widget.js";
import { useClickedSlot } from "../../parts/slots/clicked_slot.js";
import type { KitState, SlotState } from "../../protocol/state.js";
import { Modes, NotExactly } from "./display_modes.js";
import { SlotCards } from "./slot_cards.js";

type State = KitState & SlotState;

export const TRAITS = ["error", "slots", "display_mode", "shown_slot"] as const;

function SlotBrowser({ state, send, now, alerts }: BodyProps<State>) {
  const { shown, pick, choose } = useClickedSlot(state, send);
  const { slots, display_mode: mode } = state;
  return (
    <>
      {alerts}
      <Modes mode={mode} slots={slots} shown={shown} now={now} pick={pick} choose={choose} />
      <NotExactly mode={mode} slots={slots} shown={shown} />
      <SlotCards slots={slots} shown={shown} now={now} choose={pick} send={send} />
    </>
  );
}

export default widget<State>(TRAITS, SlotBrowser);
