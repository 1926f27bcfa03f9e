// The bar above the scenario: its name, what was just done, undo and redo, and its JSON to paste and copy.

import { useRef, useState } from "preact/hooks";
import type { Send } from "../../kit/link.js";
import type { EditorState } from "../../protocol/state.js";
import { CopyPanel, useCopy } from "./editor_copy.js";
import { NameField } from "./editor_fields.js";
import { PastePanel } from "./editor_paste.js";
import type { Said } from "./editor_said.js";

interface Props {
  state: EditorState;
  send: Send;
  said: Said;
  say: (words: string) => void;
  travel: (way: "undo" | "redo") => void;
}

export function Toolbar({ state, send, said, say, travel }: Props) {
  const { name, steps, paste } = state.scenario_view;
  const [pasting, setPasting] = useState(false);
  const paster = useRef<HTMLButtonElement>(null);
  const copier = useRef<HTMLButtonElement>(null);
  const { copy, byHand, close } = useCopy(state.scenario_json, send, say);
  return (
    <>
      <div class="ds-row ds-toolbar">
        <NameField path="name" owner="Scenario" label="name" value={name} />
        <span class="ds-mute ds-said" aria-live="polite">
          <span key={said.number}>{said.text}</span>
        </span>
        <span class="ds-space" />
        <Steps steps={steps} travel={travel} />
        <span class="ds-segments">
          <button
            type="button"
            class="ds-paste"
            aria-expanded={pasting}
            ref={paster}
            onClick={() => setPasting(!pasting)}
          >
            Paste JSON
          </button>
          <button type="button" class="ds-copy" ref={copier} onClick={copy}>
            Copy JSON
          </button>
        </span>
      </div>
      {pasting && (
        <PastePanel
          paste={paste}
          send={send}
          close={(done) => {
            setPasting(false);
            if (done) say(done);
            paster.current?.focus();
          }}
        />
      )}
      {byHand && (
        <CopyPanel
          json={byHand}
          close={() => {
            close();
            copier.current?.focus();
          }}
        />
      )}
    </>
  );
}

function Steps({ steps: [undone, redone], travel }: Pick<Props, "travel"> & { steps: number[] }) {
  const step = (way: "undo" | "redo", title: string, steps: number | undefined, keys: string) => (
    <button
      type="button"
      aria-disabled={!steps}
      title={`${title} (Ctrl+${keys})`}
      onClick={() => steps && travel(way)}
    >
      {title}
    </button>
  );
  return (
    <span class="ds-segments">
      {step("undo", "Undo", undone, "Z")}
      {step("redo", "Redo", redone, "Shift+Z")}
    </span>
  );
}
