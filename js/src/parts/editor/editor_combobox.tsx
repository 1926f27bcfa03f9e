// A text field that searches a list as you type: Enter adds what is marked, Escape closes.

import { useLayoutEffect, useRef } from "preact/hooks";
import { Wrong } from "./editor_fields.js";
import { type ListProps, Popup } from "./editor_popup.js";
import { press, type SearchProps, useSearching } from "./editor_searching.js";

interface Props<T> extends SearchProps<T>, ListProps<T> {
  label: string;
  /** Instead of the label, where that stands beside the field. */
  placeholder?: string;
  autofocus?: boolean;
}

export function Combobox<T>(props: Props<T>) {
  const { label, placeholder, nothing, autofocus } = props;
  const input = useRef<HTMLInputElement>(null);
  const searching = useSearching(input, props);
  const { id, text, listed, active, chosen, leftBehind } = searching;
  // At once: an effect runs a frame late, and what is typed in that frame would be lost.
  useLayoutEffect(() => {
    if (autofocus) input.current?.focus();
  }, []);
  return (
    <div class="ds-search">
      <input
        type="text"
        role="combobox"
        spellcheck={false}
        autocomplete="off"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={searching.listing}
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen && `${id}-${active}`}
        aria-invalid={searching.wrong}
        aria-describedby={leftBehind ? `${id}-wrong` : undefined}
        placeholder={placeholder ?? label}
        data-lm-suppress-shortcuts="true"
        value={text}
        ref={input}
        onInput={(event) => searching.type(event.currentTarget.value)}
        onClick={() => searching.setOpen(true)}
        onFocus={searching.enter}
        onBlur={searching.exit}
        onKeyDown={(event) => press(event, searching, props)}
      />
      {leftBehind && (
        <Wrong
          id={`${id}-wrong`}
          text={listed.length ? "not added: choose from the list" : nothing}
        />
      )}
      <Popup {...props} searching={searching} />
    </div>
  );
}
