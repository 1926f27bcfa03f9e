// SlotBrowser: both slots side by side, and which of them is shown.

import { type BodyProps, widget } from "../../kit/kit.js";
import { usePick } from "../../kit/pick.js";
import type { KitState, SlotState } from "../../protocol/state.js";
import { Modes, NotExactly } from "./modes.js";
import { SlotCards } from "./slot_cards.js";

type State = KitState & SlotState;

export const TRAITS = ["error", "slots", "display_mode", "shown_slot"] as const;

function SlotBrowser({ state, send, now, alerts }: BodyProps<State>) {
  const [picked, setPicked] = usePick(state);
  const shown = picked ?? state.shown_slot;
  const pick = (slot: number) => {
    setPicked(slot);
    send({ type: "choose_slot", slot });
  };
  return (
    <>
      {alerts}
      <Modes
        mode={state.display_mode}
        slots={state.slots}
        shown={shown}
        now={now}
        pick={pick}
        choose={(mode) => {
          setPicked(null);
          send({ type: "display_mode", mode });
        }}
      />
      <NotExactly mode={state.display_mode} slots={state.slots} shown={shown} />
      <SlotCards
        slots={state.slots}
        shown={shown}
        now={now}
        choose={pick}
        pin={(slot) => send({ type: "pin", slot })}
        edit={(slot) => send({ type: "edit_slot", slot })}
      />
    </>
  );
}

export default widget<State>(TRAITS, SlotBrowser);
