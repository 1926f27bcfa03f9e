// The editor's link to the kernel: edits and commands are sent, and its answers are heard.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Send } from "../../kit/link.js";
import type { EditorState } from "../../protocol/state.js";
import { offersOf } from "./action_search.js";
import type { Editing } from "./editor_context.js";

/** What its inputs need, and the way to undo and redo; `expect` says so when a command is done. */
export function useEditorLink(
  { scenario_view, library, bestiary }: EditorState,
  send: Send,
  expect: (done: string) => void,
) {
  const [epoch, setEpoch] = useState(0);
  const waiting = useRef(new Set<() => void>()).current;
  const offers = useMemo(() => offersOf(library, bestiary), [library, bestiary]);
  // The same object from one change to the next, so that a row that did not change is not drawn again.
  const editing = useMemo<Editing>(
    () => ({
      epoch,
      offers,
      answered: (callback) => {
        waiting.add(callback);
        return () => waiting.delete(callback);
      },
      edit: (path, value) => send({ type: "edit", path, value }),
      command: (message, done) => {
        expect(done);
        send(message);
      },
    }),
    [epoch, offers],
  );
  useEffect(() => {
    for (const callback of [...waiting]) callback();
  }, [scenario_view.revision]);
  // Whether there is a step, the kernel knows: one may have been sent and not be drawn here yet.
  const travel = (way: "undo" | "redo") => {
    setEpoch((before) => before + 1);
    send({ type: way });
  };
  return { editing, travel };
}
