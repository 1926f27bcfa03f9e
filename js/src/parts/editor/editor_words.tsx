// Inputs of the editor for words of which there are a few, and for what is so or not.

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

/** What does not read well as it is. */
const IN_WORDS: Record<string, string> = {
  lowest_hp: "lowest hit points",
  highest_hp: "highest hit points",
  lowest_ac: "lowest armor class",
  half: "half damage",
  none: "no damage",
  hit: "being hit",
  missed: "being missed",
  self: "itself",
  always: "on every hit",
  advantage_or_ally: "with advantage or an ally near",
  critical: "on a critical hit",
  ally: "with an ally near",
  charge: "in the first turn",
  surprised: "against the surprised",
  felled: "when it fells",
  start_of_turn: "starts of its turn",
  end_of_turn: "ends of its turn",
  start_of_source_turn: "starts of the source’s turn",
  end_of_source_turn: "ends of the source’s turn",
};

export const inWords = (word: string): string => IN_WORDS[word] ?? word.replace(/_/g, " ");

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
