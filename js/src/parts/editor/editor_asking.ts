// A button that a search takes the place of, and that has the focus again when the search is left.

import { useEffect, useRef, useState } from "preact/hooks";

export function useAsking() {
  const [asking, setAsking] = useState(false);
  const [back, setBack] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (back && !asking) button.current?.focus();
  }, [back, asking]);
  const leave = () => {
    setBack(true);
    setAsking(false);
  };
  return { asking, button, ask: () => setAsking(true), leave };
}
