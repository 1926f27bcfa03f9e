// What comes with a hit: more damage, a saving throw, a condition, changed in place.

import type { RiderView } from "../../protocol/scenario.js";
import { BOUNDS, WORDS } from "../../protocol/vocabulary.js";
import { AddRider } from "./editor_add_rider.js";
import { useEditing } from "./editor_context.js";
import { controlsOf } from "./editor_controls.js";
import { EffectFields } from "./editor_effect.js";
import { NameField } from "./editor_fields.js";
import { Tool } from "./editor_tools.js";

interface Props {
  rider: RiderView;
  owner: string;
  path: string;
}

export function RiderRow({ rider, owner, path }: Props) {
  const { command } = useEditing();
  const name = `${owner}: ${rider.name}`;
  const { number, word, dice, flag } = controlsOf(path, name);
  return (
    <div class="ds-part" role="group" aria-label={name}>
      <span class="ds-title">On a hit</span>
      <span class="ds-tools">
        <Tool
          what="duplicate"
          owner={name}
          go={() => command({ type: "duplicate", path }, `${rider.name} duplicated`)}
        />
        <Tool
          what="remove"
          owner={name}
          go={() => command({ type: "remove", path }, `${rider.name} removed`)}
        />
      </span>
      <div class="ds-fields">
        <NameField path={`${path}.name`} owner={name} label="rider" titled value={rider.name} />
        {word("when", "when", rider.when, WORDS.rider.when)}
        {dice("damage", "extra damage", rider.damage, rider.effect !== null || rider.rest !== "")}
        {word("ability", "saving throw", rider.ability, WORDS.rider.ability, "none")}
        {rider.dc !== null && number("dc", "DC", rider.dc, BOUNDS.rider.dc)}
        {rider.dc !== null &&
          rider.damage !== null &&
          word("on_success", "if saved", rider.on_success, WORDS.rider.on_success)}
        {flag("once_per_turn", "once a turn", rider.once_per_turn)}
        {rider.rest && <small class="ds-mute">also: {rider.rest}</small>}
      </div>
      {rider.effect ? (
        <EffectFields
          effect={rider.effect}
          owner={name}
          path={`${path}.effect`}
          title={rider.dc !== null ? "On a failed save" : "Effect"}
          resisted
          stays={
            rider.damage === null
              ? "It does nothing else: give it damage first, or remove the rider"
              : undefined
          }
        />
      ) : (
        <AddRider
          path={path}
          name="condition"
          label="Condition"
          title={`${name}: add a condition`}
          done={`Condition added to ${rider.name}`}
        />
      )}
    </div>
  );
}
