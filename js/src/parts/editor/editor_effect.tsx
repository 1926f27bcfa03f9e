// What lasts: the conditions of an effect, how long, and what ends it, changed in place.

import type { EffectView } from "../../protocol/scenario.js";
import { BOUNDS, WORDS } from "../../protocol/vocabulary.js";
import { useEditing } from "./editor_context.js";
import { controlsOf } from "./editor_controls.js";
import { Tokens } from "./editor_tokens.js";
import { Tool } from "./editor_tools.js";

interface Props {
  effect: EffectView;
  owner: string;
  path: string;
  /** When it comes: "on a failed save". */
  title: string;
  /** Whoever suffers it can make a saving throw against it. */
  resisted: boolean;
  /** Why it cannot be taken away; undefined if it can. */
  stays?: string;
}

export function EffectFields({ effect, owner, path, title, resisted, stays }: Props) {
  const { edit } = useEditing();
  const name = `${owner}: ${title}`;
  const { number, word, dice, flag } = controlsOf(path, name);
  return (
    <div class="ds-part" role="group" aria-label={name}>
      <span class="ds-title">
        {title}
        {effect.name !== owner && <span class="ds-mute"> {effect.name}</span>}
      </span>
      <span class="ds-tools">
        <Tool what="remove" owner={name} refused={stays} go={() => edit(path, null)} />
      </span>
      <div class="ds-fields">
        <Tokens
          path={`${path}.conditions`}
          owner={name}
          label="conditions"
          value={effect.conditions}
          known={WORDS.effect.conditions}
        />
        {number("duration", "lasts", effect.duration, BOUNDS.effect.duration, {
          optional: true,
          absent: "all fight",
        })}
        {effect.duration !== null && word("clock", "counted in", effect.clock, WORDS.effect.clock)}
        {dice("turn_damage", "damage each turn", effect.turn_damage, true)}
        {(resisted || effect.save_ends) &&
          flag(
            "save_ends",
            "save ends",
            effect.save_ends,
            "A saving throw at the end of each turn ends it",
          )}
        {effect.rest && <small class="ds-mute">also: {effect.rest}</small>}
      </div>
    </div>
  );
}
