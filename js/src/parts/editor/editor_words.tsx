// Inputs of the editor for words of which there are a few, and for what is so or not.

import { SAYS } from "../../protocol/vocabulary.js";
import { useEditing, useTyped } from "./editor_context.js";
import type { Common } from "./editor_fields.js";

interface ChoiceProps extends Common {
  value: string | null;
  words: readonly string[];
  /** What it is called when there is none of the words. */
  none?: string;
  /** What a word is called. */
  say?: (word: string) => string;
}

export const inWords = (word: string): string => SAYS[word] ?? word.replace(/_/g, " ");

export function Choice({
  path,
  owner,
  label,
  titled,
  value,
  words,
  none,
  say = inWords,
}: ChoiceProps) {
  const { edit } = useEditing();
  const { text, type } = useTyped(value ?? "");
  return (
    <div class="ds-field ds-choice">
      {titled && <span class="ds-label">{label}</span>}
      <select
        aria-label={`${owner}: ${label}`}
        data-lm-suppress-shortcuts="true"
        data-path={path}
        value={text}
        onChange={(event) => {
          const word = event.currentTarget.value;
          type(word, true);
          edit(path, word || null);
        }}
      >
        {none !== undefined && <option value="">{none}</option>}
        {words.map((word) => (
          <option key={word} value={word}>
            {say(word)}
          </option>
        ))}
      </select>
    </div>
  );
}

interface FlagProps extends Common {
  value: boolean;
  /** More about it than the label says. */
  title?: string;
}

/** What is so or not: a box to tick. */
export function Flag({ path, owner, label, value, title }: FlagProps) {
  const { edit } = useEditing();
  const { text, type } = useTyped(value ? "so" : "");
  return (
    <label class="ds-flag" title={title}>
      <input
        type="checkbox"
        aria-label={`${owner}: ${label}`}
        data-lm-suppress-shortcuts="true"
        data-path={path}
        checked={text !== ""}
        onChange={(event) => {
          const so = event.currentTarget.checked;
          type(so ? "so" : "", true);
          edit(path, so);
        }}
      />
      {label}
    </label>
  );
}
