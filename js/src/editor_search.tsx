// Search of the bestiary as you type: a combobox with a list; Enter adds, Escape closes.

import { useId, useMemo, useState } from "preact/hooks";
import { coverage, rating, search } from "./bestiary_search.js";
import type { MonsterView } from "./protocol/scenario.js";

interface Props {
  monsters: MonsterView[];
  label: string;
  add: (monster: MonsterView) => void;
  autofocus?: boolean;
  leave?: () => void;
}

const COVERAGE = { full: "full", partial: "partial", none: "no actions" };

export function MonsterSearch({ monsters, label, add, autofocus, leave }: Props) {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const { listed, more } = useMemo(() => search(monsters, text), [monsters, text]);
  const shown = open && (listed.length > 0 || text !== "");
  const listing = shown && listed.length > 0;
  const chosen = shown ? listed[active] : undefined;
  const option = (index: number) => `${id}-${index}`;
  const take = (monster: MonsterView) => {
    add(monster);
    setText("");
    setOpen(false);
    setActive(0);
  };
  const move = (event: KeyboardEvent, to: number) => {
    event.preventDefault();
    setActive(shown ? (to + listed.length) % Math.max(1, listed.length) : 0);
    setOpen(true);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") move(event, active + 1);
    else if (event.key === "ArrowUp") move(event, active - 1);
    else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (shown) setOpen(false);
      else if (text) setText("");
      else leave?.();
    }
  };
  return (
    <div class="ds-search">
      <input
        type="text"
        role="combobox"
        spellcheck={false}
        autocomplete="off"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={listing}
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen && option(active)}
        placeholder={label}
        data-lm-suppress-shortcuts="true"
        value={text}
        ref={(input) => {
          if (autofocus && input && !input.dataset.focused) {
            input.dataset.focused = "true";
            input.focus();
          }
        }}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
      />
      <div class="ds-popup" hidden={!shown}>
        <ul id={`${id}-list`} role="listbox" aria-label="Monsters of the bestiary" hidden={!listing}>
          {listing &&
            listed.map((monster, index) => (
              <li
                key={monster.key}
                id={option(index)}
                role="option"
                aria-selected={index === active}
                title={coverage(monster)}
                ref={(item) => {
                  if (index === active) item?.scrollIntoView?.({ block: "nearest" });
                }}
                // The input keeps the focus.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => take(monster)}
              >
                <b>{monster.name}</b>
                <span class="ds-mute ds-numbers">
                  CR {rating(monster.cr)} · {monster.max_hp} hp · AC {monster.armor_class}
                </span>
                <span class={`ds-coverage ds-${monster.coverage}`}>{COVERAGE[monster.coverage]}</span>
              </li>
            ))}
        </ul>
        <p class="ds-mute" aria-live="polite">
          {shown && (chosen ? coverage(chosen) : "No monster has such a name. Try a part of it, or “cr 5”.")}
          {shown && more > 0 && ` · ${more} more: type on`}
        </p>
      </div>
    </div>
  );
}
