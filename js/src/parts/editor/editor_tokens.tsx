// A list of words: each with a button that takes it away, and a search field that adds one.

import { useRef } from "preact/hooks";
import { nearest, wordsOf } from "../../kit/name_search.js";
import { Combobox } from "./editor_combobox.js";
import { useEditing, useTyped } from "./editor_context.js";
import { inWords } from "./editor_words.js";

interface Props {
  path: string;
  owner: string;
  label: string;
  value: string[];
  known: readonly string[];
  /** A word may be there several times. */
  repeats?: boolean;
  /** What a word is called. */
  say?: (word: string) => string;
}

export function Tokens({ path, owner, label, value, known, repeats, say = inWords }: Props) {
  const { edit } = useEditing();
  const { text, type } = useTyped(JSON.stringify(value));
  const words = JSON.parse(text) as string[];
  const group = useRef<HTMLDivElement>(null);
  const name = `${owner}: ${label}`;
  const change = (next: string[]) => {
    type(JSON.stringify(next), true);
    edit(path, next);
  };
  const drop = (index: number) => {
    change(words.filter((_, each) => each !== index));
    group.current?.querySelector<HTMLInputElement>("input")?.focus();
  };
  const free = repeats ? known : known.filter((word) => !words.includes(word));
  return (
    <div class="ds-field ds-tokens" role="group" aria-label={name} data-path={path} ref={group}>
      <span class="ds-label">{label}</span>
      <div class="ds-chips">
        {words.map((word, index) => (
          <span key={index} class="ds-chip">
            {say(word)}
            <button
              type="button"
              class="ds-quiet"
              aria-label={`${name}: remove ${say(word)}${repeats ? ` (${index + 1})` : ""}`}
              title="Remove"
              onClick={() => drop(index)}
            >
              ×
            </button>
          </span>
        ))}
        <Combobox
          label={`${name}: add`}
          placeholder={words.length ? "add" : "none; add"}
          listName={label}
          find={(typed) => nearest(free, say, wordsOf(typed))}
          keyOf={(word) => word}
          draw={(word) => <b>{say(word)}</b>}
          nothing={`nothing of this name${free.length ? `; known: ${free.slice(0, 3).map(say).join(", ")}, …` : ""}`}
          add={(word) => change([...words, word])}
          back={() => words.length && drop(words.length - 1)}
        />
      </div>
    </div>
  );
}
