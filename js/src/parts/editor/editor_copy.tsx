// The scenario as JSON on the clipboard, or where that is closed, as a text to copy by hand.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Send } from "../../kit/link.js";

interface Props {
  json: string;
  close: () => void;
}

/** Where the browser lets nobody write to the clipboard: the text, selected. */
export function CopyPanel({ json, close }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useEffect(() => {
    area.current?.focus();
    area.current?.select();
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape comes up from the fields within
    <div
      class="ds-json"
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <label for={id}>The clipboard is closed to this page: copy the text yourself</label>
      <textarea
        id={id}
        ref={area}
        rows={8}
        readOnly
        data-lm-suppress-shortcuts="true"
        value={json}
      />
      <div class="ds-row">
        <button type="button" onClick={close}>
          Close
        </button>
      </div>
    </div>
  );
}

interface Copy {
  copy: () => void;
  /** The text, while it has to be copied by hand. */
  byHand: string;
  close: () => void;
}

/** Ask the kernel for the scenario's JSON, and put it on the clipboard. */
export function useCopy(json: string, send: Send, say: (words: string) => void): Copy {
  const [wanted, setWanted] = useState(false);
  const [byHand, setByHand] = useState("");
  const write = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      say("Scenario copied as JSON");
    } catch {
      setByHand(text);
    }
  };
  useEffect(() => {
    if (!wanted || !json) return;
    setWanted(false);
    void write(json);
  }, [wanted, json]);
  const copy = () => {
    setWanted(true);
    if (!json) send({ type: "copy" });
  };
  return { copy, byHand, close: () => setByHand("") };
}
