// "+ Add action": a plain one, a spell, or what a monster of the bestiary does, found by name.

import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { searchOffers } from "./action_search.js";
import { useAsking } from "./editor_asking.js";
import { Combobox } from "./editor_combobox.js";
import { useEditing } from "./editor_context.js";

interface Props {
  owner: string;
  /** Of the creature. */
  path: string;
  /** How many actions it has. */
  count: number;
}

const KINDS: Record<string, string> = { template: "plain", spell: "spell" };

/** The number of the action that was asked for: its name has the focus next, unless that went elsewhere. */
function useAwaited(button: RefObject<HTMLElement>, path: string, count: number) {
  const { answered } = useEditing();
  const awaited = useRef<number | null>(null);
  const counted = useRef(count);
  counted.current = count;
  useEffect(
    () =>
      answered(() => {
        if (awaited.current === null || counted.current <= awaited.current) return;
        const root = button.current?.getRootNode() as Document | ShadowRoot | undefined;
        const name = root?.querySelector<HTMLInputElement>(
          `input[data-path="${path}.actions[${awaited.current}].name"]`,
        );
        name?.focus();
        name?.select();
      }),
    [answered, path],
  );
  return awaited;
}

export function AddAction({ owner, path, count }: Props) {
  const { command, offers } = useEditing();
  const { asking, button, ask, leave } = useAsking();
  const awaited = useAwaited(button, path, count);
  if (!asking) {
    return (
      <button
        type="button"
        class="ds-quiet ds-add-action"
        ref={button}
        aria-label={`${owner}: add an action`}
        onClick={ask}
        onBlur={() => (awaited.current = null)}
      >
        + Add action
      </button>
    );
  }
  return (
    <Combobox
      autofocus
      label={`${owner}: new action`}
      placeholder="Attack, spell, or what a monster does"
      listName="Actions"
      find={(text) => searchOffers(offers, text)}
      keyOf={({ source, name }) => `${source} ${name}`}
      about={({ about }) => about}
      nothing="No action has such a name. Try a part of it, or the name of a monster."
      draw={({ source, title }) => (
        <>
          <b>{title}</b>
          <span />
          <span class="ds-coverage">{KINDS[source] ?? "monster"}</span>
        </>
      )}
      leave={leave}
      add={({ source, name, title }) => {
        awaited.current = count;
        leave();
        command({ type: "add_action", path, source, name }, `${title} added to ${owner}`);
      }}
    />
  );
}
