// Who fights: the party, and encounter by encounter its enemies; each with what adds to it.

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { CHANGES, type Unfolded } from "../../kit/open_rows.js";
import type { CreatureView, EncounterView, MonsterView } from "../../protocol/scenario.js";
import { BOUNDS, CLASSES } from "../../protocol/vocabulary.js";
import { useAsking } from "./editor_asking.js";
import { useEditing } from "./editor_context.js";
import { CreatureRow } from "./editor_creature.js";
import { AnyField } from "./editor_field.js";
import { Wrong } from "./editor_fields.js";
import { MonsterSearch } from "./editor_search.js";
import { Tool } from "./editor_tools.js";

interface RowsProps {
  title: string;
  tools?: ComponentChildren;
  creatures: CreatureView[];
}

function Rows({ title, tools, creatures }: RowsProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const known = useRef(creatures.length);
  const [open, setOpen] = useState<Unfolded>([]);
  useEffect(() => {
    // The row with the focus was removed: the focus goes to what is left, not to the page.
    const gone = creatures.length < known.current;
    known.current = creatures.length;
    const root = heading.current?.getRootNode() as Document | ShadowRoot | undefined;
    if (gone && (!root?.activeElement || root.activeElement === document.body))
      heading.current?.focus();
  }, [creatures.length]);
  return (
    <>
      <div class="ds-head">
        <h3 ref={heading} tabIndex={-1}>
          {title}
        </h3>
        {tools}
      </div>
      <div class="ds-creature ds-columns" aria-hidden="true">
        <span />
        {creatures[0]?.fields.map(({ label }) => (
          <span key={label}>{label}</span>
        ))}
      </div>
      {creatures.map((creature, index) => (
        <CreatureRow
          key={index}
          creature={creature}
          last={creatures.length === 1}
          open={open.includes(index)}
          change={(what) => setOpen((rows) => CHANGES[what](rows, index))}
        />
      ))}
    </>
  );
}

export function PartySection({ party }: { party: CreatureView[] }) {
  return (
    <div>
      <Rows title="Party" creatures={party} />
      <AddCharacter level={Math.max(1, ...party.map(({ level }) => level ?? 1))} />
    </div>
  );
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function AddCharacter({ level: usual }: { level: number }) {
  const { command } = useEditing();
  const [kind, setKind] = useState<string>("fighter");
  const [typed, setTyped] = useState<string | null>(null);
  const id = useId();
  const text = typed ?? String(usual);
  const level = Number(text);
  const [low, high] = BOUNDS.creature.level;
  const able = text.trim() !== "" && Number.isInteger(level) && level >= low && level <= high;
  const add = () => {
    if (able)
      command(
        { type: "add_character", class_name: kind, level },
        `${capital(kind)} of level ${level} added`,
      );
  };
  return (
    <div class="ds-row ds-add">
      <select
        aria-label="Class of a new character"
        data-lm-suppress-shortcuts="true"
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value)}
      >
        {CLASSES.map((word) => (
          <option key={word} value={word}>
            {capital(word)}
          </option>
        ))}
      </select>
      <label>
        level{" "}
        <input
          type="number"
          aria-label="Level of a new character"
          data-lm-suppress-shortcuts="true"
          aria-invalid={!able}
          aria-describedby={able ? undefined : id}
          min={low}
          max={high}
          step={1}
          value={text}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") add();
          }}
        />
      </label>
      <button type="button" aria-disabled={!able} onClick={add}>
        Add character
      </button>
      {!able && <Wrong id={id} text={`a level from ${low} to ${high}`} />}
    </div>
  );
}

interface EncounterProps {
  encounter: EncounterView;
  number: number;
  of: number;
  foes: CreatureView[];
  monsters: MonsterView[];
}

export function EncounterSection({ encounter, number, of, foes, monsters }: EncounterProps) {
  const { command } = useEditing();
  const { path } = encounter;
  const title = of > 1 ? `Encounter ${number}` : "Monsters";
  const owner = `Encounter ${number}`;
  const tools = (
    <>
      {encounter.fields.map((field) => (
        <AnyField key={field.path} field={field} owner={owner} />
      ))}
      <span class="ds-tools">
        <Tool
          what="duplicate"
          owner={owner}
          go={() => command({ type: "duplicate", path }, `${owner} duplicated`)}
        />
        {of > 1 && (
          <Tool
            what="remove"
            owner={owner}
            go={() => command({ type: "remove", path }, `${owner} removed`)}
          />
        )}
      </span>
    </>
  );
  return (
    <section class="ds-encounter" aria-label={owner}>
      <Rows title={title} tools={tools} creatures={foes} />
      <div class="ds-add">
        <MonsterSearch
          monsters={monsters}
          label={of > 1 ? `Add a monster to encounter ${number}` : "Add a monster"}
          add={({ key, name }) =>
            command(
              { type: "add_monster", encounter: number - 1, key },
              `${name} added${of > 1 ? ` to encounter ${number}` : ""}`,
            )
          }
        />
      </div>
    </section>
  );
}

interface NewProps {
  number: number;
  monsters: MonsterView[];
}

export function NewEncounter({ number, monsters }: NewProps) {
  const { command } = useEditing();
  const { asking, button, ask, leave } = useAsking();
  if (!asking) {
    return (
      <button type="button" class="ds-quiet ds-add" ref={button} onClick={ask}>
        + Add encounter
      </button>
    );
  }
  return (
    <div class="ds-add">
      <MonsterSearch
        monsters={monsters}
        label={`First monster of encounter ${number}`}
        autofocus
        leave={leave}
        add={({ key, name }) => {
          leave();
          command({ type: "add_encounter", key }, `Encounter ${number} added, with ${name}`);
        }}
      />
    </div>
  );
}
