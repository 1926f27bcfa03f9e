// SlotBrowser: both slots side by side, and which of them is shown.

import { type BodyProps, widget } from "./kit.js";
import { Modes } from "./modes.js";
import { usePick } from "./pick.js";
import type { KitState, SlotState } from "./protocol/state.js";
import { SlotCards } from "./slot_cards.js";

type State = KitState & SlotState;

export const TRAITS = ["error", "slots", "display_mode", "shown_slot"] as const;

function SlotBrowser({ state, send, now, alerts }: BodyProps<State>) {
  const [picked, setPicked] = usePick(state);
  return (
    <>
      {alerts}
      <Modes
        mode={state.display_mode}
        choose={(mode) => {
          setPicked(null);
          send({ type: "display_mode", mode });
        }}
      />
      <SlotCards
        slots={state.slots}
        shown={picked ?? state.shown_slot}
        now={now}
        choose={(slot) => {
          setPicked(slot);
          send({ type: "choose_slot", slot });
        }}
        pin={(slot) => send({ type: "pin", slot })}
      />
    </>
  );
}

export default widget<State>(TRAITS, SlotBrowser);
