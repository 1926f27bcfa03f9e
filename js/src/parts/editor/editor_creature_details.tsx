// The details of a creature, folded by default: what it is and how it fights, its defences, its actions.

import { useState } from "preact/hooks";
import { CHANGES, type Unfolded } from "../../kit/open_rows.js";
import type { CreatureView } from "../../protocol/scenario.js";
import { BOUNDS, WORDS } from "../../protocol/vocabulary.js";
import { ActionRow } from "./editor_action.js";
import { AddAction } from "./editor_add_action.js";
import { controlsOf } from "./editor_controls.js";
import { Defences } from "./editor_defences.js";
import { NameField, NumberField } from "./editor_fields.js";
import { Tokens } from "./editor_tokens.js";

interface Props {
  creature: CreatureView;
  duplicate: () => void;
}

export function CreatureDetails({ creature, duplicate }: Props) {
  const { name, class_name } = creature;
  return (
    <>
      <Fields creature={creature} />
      {class_name && (
        <p class="ds-mute">
          A ready-made {class_name}: another level changes hit points, spells and all else that
          comes with it.
        </p>
      )}
      <Defences creature={creature} />
      <Actions creature={creature} />
      <button type="button" class="ds-quiet" onClick={duplicate}>
        Duplicate {name}
      </button>
    </>
  );
}

/** Its name and level, when and whom it attacks, and its saving throws. */
function Fields({ creature }: Pick<Props, "creature">) {
  const { name, path, side } = creature;
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
    </>
  );
}

function Actions({ creature }: Pick<Props, "creature">) {
  const { name, path, actions } = creature;
  // Whose details are unfolded.
  const [open, setOpen] = useState<Unfolded>([]);
  return (
    <>
      {actions.map((action, index) => (
        <ActionRow
          key={index}
          action={action}
          owner={name}
          path={`${path}.actions[${index}]`}
          open={open.includes(index)}
          change={(what) => setOpen((rows) => CHANGES[what](rows, index))}
        />
      ))}
      {actions.length === 0 && <p class="ds-mute">It has no actions, and does nothing.</p>}
      {actions.length > 0 && (
        <Tokens
          path={`${path}.multiattack`}
          owner={name}
          label="multiattack: one action makes all of these"
          value={creature.multiattack}
          known={actions.map((action) => action.name)}
          repeats
          say={(action) => action}
        />
      )}
      <AddAction owner={name} path={path} count={actions.length} />
    </>
  );
}
