// A scenario pasted as JSON, with every problem in words beside the text.

import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Send } from "../../kit/link.js";
import type { PasteView } from "../../protocol/scenario.js";
import { LENGTHS } from "../../protocol/vocabulary.js";

interface Props {
  paste: PasteView;
  send: Send;
  /** The panel closes, for one reason or the other. */
  close: (done: string) => void;
}

/** The text until the kernel has taken it, and what was wrong with it. */
function usePaste({ paste, send, close }: Props) {
  const [text, setText] = useState("");
  const [problems, setProblems] = useState<string[]>([]);
  // The number of the last answer when this one was asked for; null while nothing is asked.
  const [asked, setAsked] = useState<number | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  useEffect(() => {
    if (asked === null || paste.number === asked) return;
    setAsked(null);
    setProblems(paste.problems);
    if (paste.problems.length === 0) close(paste.note || "Scenario replaced");
    else area.current?.focus();
  }, [paste.number, asked]);
  const able = text.trim() !== "" && asked === null;
  const submit = () => {
    if (!able) return;
    if (text.length > LENGTHS.pasted) {
      setProblems([`the text: is ${(text.length / 1e6).toFixed(1)} MB long; at most 1 MB`]);
      return;
    }
    setAsked(paste.number);
    send({ type: "paste", text });
  };
  return { area, text, setText, problems, able, submit };
}

export function PastePanel({ paste, send, close }: Props) {
  const { area, text, setText, problems, able, submit } = usePaste({ paste, send, close });
  const id = useId();
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
        <button type="button" class="ds-primary" aria-disabled={!able} onClick={submit}>
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
