// Inputs that nobody answers are disabled, so that a saved scenario can be read and unfolded, not changed.

import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

const INPUTS = "input, select, textarea";

/** Keep every input below an element disabled for as long as `saved` holds, also what is unfolded later. */
export function useReadOnly(root: RefObject<HTMLElement>, saved: boolean): void {
  useEffect(() => {
    const box = root.current;
    if (!box || !saved) return;
    const disable = (disabled: boolean) => {
      for (const input of box.querySelectorAll<HTMLInputElement>(INPUTS)) input.disabled = disabled;
    };
    const watch = new MutationObserver(() => disable(true));
    watch.observe(box, { childList: true, subtree: true });
    disable(true);
    return () => {
      watch.disconnect();
      disable(false);
    };
  }, [saved]);
}
