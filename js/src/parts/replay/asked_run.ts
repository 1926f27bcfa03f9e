// The run that the browser asked for, and what asked: there the focus goes back when it is closed.

import { useRef } from "preact/hooks";
import type { Send } from "../../kit/link.js";

export interface AskedRun {
  /** Whether the browser asked for this run itself. */
  asked: (run: number | null) => boolean;
  pick: (run: number, opener: HTMLElement) => void;
  /** From one run to another, without closing in between. */
  turn: (run: number) => void;
  close: () => void;
}

export function useAskedRun(send: Send): AskedRun {
  const opened = useRef<{ run: number; opener: HTMLElement | null } | null>(null);
  return {
    asked: (run) => run !== null && opened.current?.run === run,
    pick: (run, opener) => {
      opened.current = { run, opener };
      send({ type: "select_run", run });
    },
    turn: (run) => {
      opened.current = { run, opener: opened.current?.opener ?? null };
      send({ type: "select_run", run });
    },
    close: () => {
      opened.current?.opener?.focus();
      opened.current = null;
      send({ type: "select_run", run: null });
    },
  };
}
