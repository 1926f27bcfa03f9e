// Ctrl or Cmd and Z undo, with Shift they redo, wherever in the editor the focus is.

import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

type Way = "undo" | "redo";

/** Which of the two a key asks for. */
export function wayOf(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">,
): Way | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? "redo" : "undo";
  return key === "y" && !event.shiftKey ? "redo" : null;
}

/** A text that is not the scenario yet keeps the browser's own undo. */
const hasItsOwn = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLElement &&
  target.matches('textarea, [role="combobox"], [aria-invalid="true"]');

/** Hear the keys before the host does: JupyterLab would undo in its cells. */
export function useUndoKeys(root: RefObject<HTMLElement>, go: (way: Way) => void): void {
  // The newest, at once: an effect runs a frame late, and a key in that frame would be lost.
  const newest = useRef(go);
  newest.current = go;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const way = wayOf(event);
      const path = event.composedPath();
      if (!way || !root.current || !path.includes(root.current) || hasItsOwn(path[0])) return;
      event.preventDefault();
      event.stopPropagation();
      newest.current(way);
    };
    window.addEventListener("keydown", press, true);
    return () => window.removeEventListener("keydown", press, true);
  }, [root]);
}
