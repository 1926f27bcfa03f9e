// Whether a pointer is down: a list that closed under it would move what is being clicked.

import { useEffect, useRef } from "preact/hooks";

export function usePressed(listening: boolean, clicked: () => void) {
  const pressed = useRef(false);
  const newest = useRef(clicked);
  newest.current = clicked;
  useEffect(() => {
    if (!listening) return undefined;
    const ears = new AbortController();
    const hear = (event: string, ear: () => void) =>
      window.addEventListener(event, ear, { capture: true, signal: ears.signal });
    const up = () => {
      pressed.current = false;
      setTimeout(() => newest.current()); // the click comes right after
    };
    hear("pointerdown", () => (pressed.current = true));
    hear("pointerup", up);
    hear("pointercancel", up);
    return () => {
      pressed.current = false;
      ears.abort();
    };
  }, [listening]);
  return pressed;
}
