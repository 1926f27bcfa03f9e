// What a creature withstands, its spell slots and legendary actions, and what else it is, folded by default.

import { useId, useState } from "preact/hooks";
import type { CreatureView } from "../../protocol/scenario.js";
import { BOUNDS, WORDS } from "../../protocol/vocabulary.js";
import { controlsOf } from "./editor_controls.js";
import { RiderRow } from "./editor_rider.js";
import { Tokens } from "./editor_tokens.js";
import { Unfold } from "./editor_tools.js";
import { inWords } from "./editor_words.js";

const LISTS = ["resistances", "immunities", "vulnerabilities", "condition_immunities"] as const;

/** What is in the fold, in one line. */
export function defencesInWords(creature: CreatureView): string {
  const { spell_slots, legendary_actions, riders, rest } = creature;
  const lists = LISTS.filter((key) => creature[key].length);
  const slots = spell_slots.slice(0, spell_slots.findLastIndex((slots) => slots > 0) + 1).join("/");
  return [
    ...lists.map((key) => `${inWords(key)}: ${creature[key].map(inWords).join(", ")}`),
    slots && `spell slots ${slots}`,
    legendary_actions ? `${legendary_actions} legendary actions` : "",
    ...riders.map(({ name }) => name),
    rest,
  ]
    .filter(Boolean)
    .join(" · ");
}

export function Defences({ creature }: { creature: CreatureView }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { name, path } = creature;
  const { number } = controlsOf(path, name);
  return (
    <div class="ds-defences">
      <Unfold
        owner={name}
        what="Defences and spell slots"
        id={id}
        open={open}
        go={() => setOpen(!open)}
      />
      {!open && <small class="ds-mute">{defencesInWords(creature)}</small>}
      <div id={id} hidden={!open}>
        {open && (
          <>
            <div class="ds-fields">
              {LISTS.map((key) => (
                <Tokens
                  key={key}
                  path={`${path}.${key}`}
                  owner={name}
                  label={inWords(key)}
                  value={creature[key]}
                  known={WORDS.creature[key]}
                />
              ))}
            </div>
            <div class="ds-fields ds-saves">
              {creature.spell_slots.map((slots, index) =>
                number(
                  `spell_slots[${index}]`,
                  `slots ${index + 1}`,
                  slots,
                  BOUNDS.creature.spell_slots,
                ),
              )}
              {number(
                "legendary_actions",
                "legendary",
                creature.legendary_actions,
                BOUNDS.creature.legendary_actions,
              )}
            </div>
            {creature.riders.map((rider, index) => (
              <RiderRow key={index} rider={rider} owner={name} path={`${path}.riders[${index}]`} />
            ))}
            {creature.rest && <small class="ds-mute">also: {creature.rest}</small>}
          </>
        )}
      </div>
    </div>
  );
}
