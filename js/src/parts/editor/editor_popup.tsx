// The list below a search: what was found, one of it marked, and what is said of that.

import type { ComponentChildren } from "preact";
import type { Searching } from "./editor_searching.js";

export interface ListProps<T> {
  /** What the list is called. */
  listName: string;
  keyOf: (item: T) => string;
  draw: (item: T) => ComponentChildren;
  /** What is said of the marked one. */
  about?: (item: T) => string;
  /** What is said when nothing is found. */
  nothing: string;
}

interface Props<T> extends ListProps<T> {
  searching: Searching<T>;
}

export function Popup<T>({ searching, listName, keyOf, draw, about, nothing }: Props<T>) {
  const { id, listed, more, active, shown, listing, chosen, wrong, take } = searching;
  return (
    <div class="ds-popup" hidden={!shown}>
      <ul id={`${id}-list`} role="listbox" aria-label={listName} hidden={!listing}>
        {listing &&
          listed.map((item, index) => (
            // biome-ignore lint/a11y: the focus and the keys stay with the input, as ARIA has it
            <li
              key={keyOf(item)}
              id={`${id}-${index}`}
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
  );
}
