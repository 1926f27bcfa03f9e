// The slot that was clicked: shown at once, and until the kernel's answers have settled on it.

import { useEffect, useState } from "preact/hooks";
import type { Send } from "../../kit/link.js";
import type { DisplayMode } from "../../protocol/messages.js";

/** Answers to clicks come well within this time of each other. */
const SETTLE_MILLISECONDS = 500;

interface Answer {
  shown_slot: number | null;
  error: string;
}

export interface Choosing {
  /** The slot to be shown now. */
  shown: number | null;
  pick: (slot: number) => void;
  choose: (mode: DisplayMode) => void;
}

export function useClickedSlot({ shown_slot, error }: Answer, send: Send): Choosing {
  const [clicked, setClicked] = useState<number | null>(null);
  useEffect(() => {
    if (error) setClicked(null);
    if (clicked === null || clicked !== shown_slot) return;
    // Answers to earlier clicks may still be on their way.
    const timer = setTimeout(() => setClicked(null), SETTLE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [clicked, shown_slot, error]);
  return {
    shown: clicked ?? shown_slot,
    pick: (slot) => {
      setClicked(slot);
      send({ type: "choose_slot", slot });
    },
    choose: (mode) => {
      setClicked(null);
      send({ type: "display_mode", mode });
    },
  };
}
