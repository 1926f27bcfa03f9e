// Which slot is shown: the newest, the most similar one, or the one that is picked in a dialog.

import { useState } from "preact/hooks";
import { wholePercent } from "../../kit/format.js";
import type { DisplayMode } from "../../protocol/messages.js";
import type { SlotView } from "../../protocol/results.js";
import { SlotDialog } from "./slot_dialog.js";
import { isSame } from "./slot_facts.js";

const MODES: [DisplayMode, string, string][] = [
  ["newest", "Newest", "Show the slot that was stored last"],
  ["most_similar", "Most similar", "Show the slot nearest to the numbers below"],
  ["let_user_choose", "Let me choose", "Compare both slots, and pick one"],
];

interface Props {
  mode: DisplayMode;
  slots: SlotView[];
  shown: number | null;
  now: number | null;
  choose: (mode: DisplayMode) => void;
  pick: (slot: number) => void;
}

export function Modes({ mode: on, slots, shown, now, choose, pick }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <span class="ds-segments ds-asks" role="group" aria-label="Which slot to show">
        {MODES.map(([mode, label, title]) => (
          <button
            type="button"
            key={mode}
            title={title}
            aria-pressed={on === mode}
            aria-haspopup={mode === "let_user_choose" ? "dialog" : undefined}
            onClick={(event) => {
              event.currentTarget.focus(); // not every browser does, and a dialog gives it back
              if (mode === "let_user_choose") setOpen(true);
              else choose(mode);
            }}
          >
            {label}
          </button>
        ))}
      </span>
      {open && (
        <SlotDialog
          slots={slots}
          shown={shown}
          now={now}
          choose={pick}
          close={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** In the mode "most similar": that what is shown is not exactly the scenario on screen. */
export function NotExactly({ mode, slots, shown }: Pick<Props, "mode" | "slots" | "shown">) {
  const slot = shown === null ? undefined : slots[shown];
  if (mode !== "most_similar" || !slot?.analysis || slot.exact) return null;
  if (isSame(slot)) {
    return (
      <p class="ds-note" role="status">
        <b>Not verified:</b> slot {slot.slot} is of this scenario, but from a file that could not be
        checked. Run to play it here.
      </p>
    );
  }
  return (
    <p class="ds-note" role="status">
      <b>Not exactly this scenario:</b> slot {slot.slot} is the most similar one,{" "}
      {wholePercent(slot.similarity)} % alike. Run to play exactly what is on screen.
    </p>
  );
}
