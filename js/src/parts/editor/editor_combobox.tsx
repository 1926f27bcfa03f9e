// A text field that searches a list as you type: Enter adds what is marked, Escape closes.

import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Found } from "../../kit/name_search.js";
import { Wrong } from "./editor_fields.js";

interface Props<T> {
  label: string;
  /** Instead of the label, where that stands beside the field. */
  placeholder?: string;
  /** What the list is called. */
  listName: string;
  find: (text: string) => Found<T>;
  keyOf: (item: T) => string;
  draw: (item: T) => ComponentChildren;
  /** What is said of the marked one. */
  about?: (item: T) => string;
  /** What is said when nothing is found. */
  nothing: string;
  add: (item: T) => void;
  autofocus?: boolean;
  leave?: () => void;
  /** Backspace where nothing is typed. */
  back?: () => void;
}

/** Whether a pointer is down: a list that closed under it would move what is being clicked. */
function usePressed(listening: boolean, clicked: () => void) {
  const pressed = useRef(false);
  const newest = useRef(clicked);
  newest.current = clicked;
  useEffect(() => {
    if (!listening) return undefined;
    const ears = new AbortController();
    const hear = (event: string, ear: () => void) =>
      window.addEventListener(event, ear, { capture: true, signal: ears.signal });
    const up = () => {
      pressed.current = false;
      setTimeout(() => newest.current()); // the click comes right after
    };
    hear("pointerdown", () => (pressed.current = true));
    hear("pointerup", up);
    hear("pointercancel", up);
    return () => {
      pressed.current = false;
      ears.abort();
    };
  }, [listening]);
  return pressed;
}

export function Combobox<T>(props: Props<T>) {
  const {
    label,
    placeholder,
    listName,
    find,
    keyOf,
    draw,
    about,
    nothing,
    add,
    autofocus,
    leave,
    back,
  } = props;
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [left, setLeft] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const pressed = usePressed(open, () => {
    if (!input.current?.matches(":focus")) setOpen(false);
  });
  const { listed, more } = find(text);
  const shown = open && (listed.length > 0 || text !== "");
  const listing = shown && listed.length > 0;
  const chosen = shown ? listed[active] : undefined;
  // What is left behind in the field was not added: that is said once the focus is elsewhere.
  const leftBehind = left && text !== "" && !shown;
  const wrong = leftBehind || (text !== "" && listed.length === 0);
  // At once: an effect runs a frame late, and what is typed in that frame would be lost.
  useLayoutEffect(() => {
    if (autofocus) input.current?.focus();
  }, []);
  const option = (index: number) => `${id}-${index}`;
  const take = (item: T) => {
    add(item);
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
    } else if (event.key === "Backspace" && !text) back?.();
    else if (event.key === "Escape") {
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
        aria-invalid={wrong}
        aria-describedby={leftBehind ? `${id}-wrong` : undefined}
        placeholder={placeholder ?? label}
        data-lm-suppress-shortcuts="true"
        value={text}
        ref={input}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onFocus={() => setLeft(false)}
        onBlur={() => {
          setLeft(true);
          if (!pressed.current) setOpen(false);
        }}
        onKeyDown={press}
      />
      {leftBehind && (
        <Wrong
          id={`${id}-wrong`}
          text={listed.length ? "not added: choose from the list" : nothing}
        />
      )}
      <div class="ds-popup" hidden={!shown}>
        <ul id={`${id}-list`} role="listbox" aria-label={listName} hidden={!listing}>
          {listing &&
            listed.map((item, index) => (
              // biome-ignore lint/a11y: the focus and the keys stay with the input, as ARIA has it
              <li
                key={keyOf(item)}
                id={option(index)}
                role="option"
                aria-selected={index === active}
                title={about?.(item)}
                ref={(element) => {
                  if (index === active) element?.scrollIntoView?.({ block: "nearest" });
                }}
                // The input keeps the focus.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => take(item)}
              >
                {draw(item)}
              </li>
            ))}
        </ul>
        <p class="ds-mute" aria-live="polite" hidden={!wrong && !about && more === 0}>
          {shown && (chosen ? about?.(chosen) : nothing)}
          {shown && more > 0 && ` · ${more} more: type on`}
        </p>
      </div>
    </div>
  );
}
