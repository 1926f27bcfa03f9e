// One kind of creature as a row: how many, hit points, armor class; the rest unfolds below it.

import { Component } from "preact";
import { useId, useState } from "preact/hooks";
import { CHANGES, type Unfolded } from "../../kit/open_rows.js";
import type { CreatureView } from "../../protocol/scenario.js";
import { BOUNDS, WORDS } from "../../protocol/vocabulary.js";
import { ActionRow } from "./editor_action.js";
import { AddAction } from "./editor_add_action.js";
import { useEditing } from "./editor_context.js";
import { controlsOf } from "./editor_controls.js";
import { Defences } from "./editor_defences.js";
import { NameField, NumberField } from "./editor_fields.js";
import { Tokens } from "./editor_tokens.js";
import { Tool } from "./editor_tools.js";

interface Props {
  creature: CreatureView;
  /** It is the last one, and one has to stay. */
  last: boolean;
  open: boolean;
  /** Fold or unfold it, or note that it is removed or duplicated. */
  change: (what: "toggle" | "remove" | "duplicate") => void;
}

/** Drawn again only when something of this creature changed: there may be sixty of them. */
export class CreatureRow extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const now = this.props;
    return (
      next.last !== now.last ||
      next.open !== now.open ||
      JSON.stringify(next.creature) !== JSON.stringify(now.creature)
    );
  }

  override render(props: Props) {
    return <Row {...props} />;
  }
}

function Row({ creature, last, open, change }: Props) {
  const { command } = useEditing();
  const id = useId();
  const { name, path, side } = creature;
  const [count, ...numbers] = creature.fields;
  return (
    <div
      class={`ds-creature ${side === "party" ? "ds-party" : "ds-foe"}`}
      role="group"
      aria-label={name}
    >
      <b>
        {name}
        {side === "party" && creature.level !== null && (
          <small class="ds-mute">level {creature.level}</small>
        )}
      </b>
      {count && (
        <NumberField
          path={count.path}
          owner={name}
          label={count.label}
          value={count.value}
          bounds={[count.min, count.max]}
          stepper
        />
      )}
      {numbers.map(({ path, label, value, min, max, slider }) => (
        <NumberField
          key={path}
          path={path}
          owner={name}
          label={label}
          value={value}
          bounds={[min, max]}
          slider={slider}
        />
      ))}
      <span class="ds-tools">
        <button
          type="button"
          class="ds-quiet ds-unfold"
          aria-expanded={open}
          aria-controls={id}
          aria-label={`${name}: Actions`}
          onClick={() => change("toggle")}
        >
          Actions
        </button>
        <Tool
          what="remove"
          owner={name}
          refused={last ? "The last one stays: add another one first" : undefined}
          go={() => {
            change("remove");
            command({ type: "remove", path }, `${name} removed`);
          }}
        />
      </span>
      <div id={id} class="ds-unfolded" hidden={!open}>
        {open && (
          <Details
            creature={creature}
            duplicate={() => {
              change("duplicate");
              command({ type: "duplicate", path }, `${name} duplicated`);
            }}
          />
        )}
      </div>
    </div>
  );
}

interface DetailsProps {
  creature: CreatureView;
  duplicate: () => void;
}

function Details({ creature, duplicate }: DetailsProps) {
  const { name, path, side, class_name } = creature;
  // Of its actions, whose details are unfolded.
  const [open, setOpen] = useState<Unfolded>([]);
  const { number, word } = controlsOf(path, name);
  const choice = (key: "targeting" | "position" | "role", label: string) =>
    word(key, label, creature[key], WORDS.creature[key]);
  return (
    <>
      <div class="ds-fields">
        <NameField path={`${path}.name`} owner={name} label="name" titled value={creature.name} />
        {side === "party" && (
          <NumberField
            path={`${path}.level`}
            owner={name}
            label="level"
            titled
            value={creature.level}
            bounds={BOUNDS.creature.level}
            stepper
            optional
          />
        )}
        {number(
          "initiative_bonus",
          "initiative",
          creature.initiative_bonus,
          BOUNDS.creature.initiative_bonus,
        )}
        {choice("targeting", "attacks first")}
        {choice("position", "position")}
        {choice("role", "role")}
        {side === "monsters" &&
          number("arrives", "from round", creature.arrives, BOUNDS.creature.arrives)}
      </div>
      <div class="ds-fields ds-saves">
        {WORDS.creature.saving_throws.map((ability, index) =>
          number(
            `saving_throws.${ability}`,
            `${ability} save`,
            creature.saving_throws[index] ?? 0,
            BOUNDS.creature.saving_throws,
          ),
        )}
      </div>
      {class_name && (
        <p class="ds-mute">
          A ready-made {class_name}: another level changes hit points, spells and all else that
          comes with it.
        </p>
      )}
      <Defences creature={creature} />
      {creature.actions.map((action, index) => (
        <ActionRow
          key={index}
          action={action}
          owner={name}
          path={`${path}.actions[${index}]`}
          open={open.includes(index)}
          change={(what) => setOpen((rows) => CHANGES[what](rows, index))}
        />
      ))}
      {creature.actions.length === 0 && <p class="ds-mute">It has no actions, and does nothing.</p>}
      {creature.actions.length > 0 && (
        <Tokens
          path={`${path}.multiattack`}
          owner={name}
          label="multiattack: one action makes all of these"
          value={creature.multiattack}
          known={creature.actions.map((action) => action.name)}
          repeats
          say={(action) => action}
        />
      )}
      <AddAction owner={name} path={path} count={creature.actions.length} />
      <button type="button" class="ds-quiet" onClick={duplicate}>
        Duplicate {name}
      </button>
    </>
  );
}
