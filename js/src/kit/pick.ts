// The slot that was clicked: shown at once, and until the kernel's answers have settled on it.

import { useEffect, useState } from "preact/hooks";

/** Answers to clicks come well within this time of each other. */
const SETTLE_MILLISECONDS = 500;

interface Answer {
  shown_slot: number | null;
  error: string;
}

export function usePick({
  shown_slot,
  error,
}: Answer): [number | null, (slot: number | null) => void] {
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
