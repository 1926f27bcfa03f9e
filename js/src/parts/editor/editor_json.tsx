// The scenario as JSON: pasted, with every problem in words beside the text; and copied.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Send } from "../../kit/link.js";
import type { PasteView } from "../../protocol/scenario.js";
import { LENGTHS } from "../../protocol/vocabulary.js";

interface PasteProps {
  paste: PasteView;
  send: Send;
  /** The panel closes, for one reason or the other. */
  close: (done: string) => void;
}

export function PastePanel({ paste, send, close }: PasteProps) {
  const [text, setText] = useState("");
  const [problems, setProblems] = useState<string[]>([]);
  // The number of the last answer when this one was asked for; null while nothing is asked.
  const [asked, setAsked] = useState<number | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useEffect(() => area.current?.focus(), []);
  useEffect(() => {
    if (asked === null || paste.number === asked) return;
    setAsked(null);
    setProblems(paste.problems);
    if (paste.problems.length === 0) close(paste.note || "Scenario replaced");
    else area.current?.focus();
  }, [paste.number, asked]);
  const submit = () => {
    if (!text.trim() || asked !== null) return;
    if (text.length > LENGTHS.pasted) {
      setProblems([`the text: is ${(text.length / 1e6).toFixed(1)} MB long; at most 1 MB`]);
      return;
    }
    setAsked(paste.number);
    send({ type: "paste", text });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape comes up from the fields within
    <div
      class="ds-json"
      onKeyDown={(event) => {
        if (event.key === "Escape") close("");
      }}
    >
      <label for={id}>
        A scenario as JSON, or a monster or a fight as another program saved it
      </label>
      <textarea
        id={id}
        ref={area}
        rows={8}
        spellcheck={false}
        data-lm-suppress-shortcuts="true"
        aria-invalid={problems.length > 0}
        aria-describedby={problems.length > 0 ? `${id}-problems` : undefined}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {problems.length > 0 && (
        <div id={`${id}-problems`} role="alert" class="ds-problems">
          <ul>
            {problems.map((problem, index) => (
              <li key={index}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      <div class="ds-row">
        <button
          type="button"
          class="ds-primary"
          aria-disabled={!text.trim() || asked !== null}
          onClick={submit}
        >
          Put it on screen
        </button>
        <button type="button" onClick={() => close("")}>
          Close
        </button>
        <span class="ds-mute">One step: it can be undone.</span>
      </div>
    </div>
  );
}

interface CopyProps {
  json: string;
  close: () => void;
}

/** Where the browser lets nobody write to the clipboard: the text, selected. */
export function CopyPanel({ json, close }: CopyProps) {
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
