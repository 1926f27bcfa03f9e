// The search of a list: what is typed, what is found, which of it is marked, and what the keys do.

import type { RefObject } from "preact";
import { useId, useState } from "preact/hooks";
import type { Found } from "../../kit/name_search.js";
import { usePressed } from "./editor_pressed.js";

export interface SearchProps<T> {
  find: (text: string) => Found<T>;
  add: (item: T) => void;
  leave?: () => void;
  /** Backspace where nothing is typed. */
  back?: () => void;
}

export type Searching<T> = ReturnType<typeof useSearching<T>>;

export function useSearching<T>(input: RefObject<HTMLInputElement>, { find, add }: SearchProps<T>) {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [left, setLeft] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const pressed = usePressed(open, () => {
    if (!input.current?.matches(":focus")) setOpen(false);
  });
  const { listed, more } = find(text);
  const shown = open && (listed.length > 0 || text !== "");
  // What is left behind in the field was not added: that is said once the focus is elsewhere.
  const leftBehind = left && text !== "" && !shown;
  const put = (typed: string, opened: boolean) => {
    setText(typed);
    setOpen(opened);
    setActive(0);
  };
  return {
    id,
    text,
    listed,
    more,
    active,
    shown,
    leftBehind,
    listing: shown && listed.length > 0,
    chosen: shown ? listed[active] : undefined,
    wrong: leftBehind || (text !== "" && listed.length === 0),
    setText,
    setOpen,
    type: (typed: string) => put(typed, true),
    take: (item: T) => {
      add(item);
      put("", false);
    },
    move: (by: number) => {
      setActive(shown ? (active + by + listed.length) % Math.max(1, listed.length) : 0);
      setOpen(true);
    },
    enter: () => setLeft(false),
    exit: () => {
      setLeft(true);
      if (!pressed.current) setOpen(false);
    },
  };
}

/** The arrows mark, Enter adds what is marked, Escape closes the list, empties the field, or leaves. */
export function press<T>(
  event: KeyboardEvent,
  { text, shown, chosen, setText, setOpen, take, move }: Searching<T>,
  { leave, back }: SearchProps<T>,
): void {
  const { key } = event;
  if (key === "ArrowDown" || key === "ArrowUp") {
    event.preventDefault();
    move(key === "ArrowDown" ? 1 : -1);
  } else if (key === "Enter" && chosen) {
    event.preventDefault();
    take(chosen);
  } else if (key === "Backspace" && !text) back?.();
  else if (key === "Escape") {
    event.stopPropagation();
    if (shown) setOpen(false);
    else if (text) setText("");
    else leave?.();
  }
}
