// The details of an action, folded by default: what it takes of a turn, what it is, what comes with it.

import type { ActionView } from "../../protocol/scenario.js";
import { BOUNDS, FLAGS, ON, TIMES, WORDS } from "../../protocol/vocabulary.js";
import { AddRider } from "./editor_add_rider.js";
import { controlsOf } from "./editor_controls.js";
import { EffectFields } from "./editor_effect.js";
import { RiderRow } from "./editor_rider.js";

interface Props {
  action: ActionView;
  owner: string;
  path: string;
}

const FLAG_WORDS: Record<string, [label: string, title?: string]> = {
  ranged: ["ranged", "Reaches the back line, too; else it is a melee attack"],
  advantage: ["advantage", "Always rolls with advantage"],
  disadvantage: ["disadvantage", "Always rolls with disadvantage"],
  automatic: ["always hits", "Hits without a roll"],
  area: ["area", "Catches whoever is there; the settings’ spread makes it more or fewer"],
  once: ["once", "Who makes the saving throw is immune through the encounter"],
  lasting: ["until the next turn", "The armor class stays until the start of the next turn"],
  halve: ["halves the damage"],
  melee_only: ["melee only", "Against melee attacks only"],
};
/** What number is changed by its key: its label and bounds. */
const NUMBERS = {
  attacks: ["attack rolls", BOUNDS.action.attacks],
  critical_range: ["critical from", BOUNDS.action.critical_range],
  legendary_cost: ["takes of them", BOUNDS.action.legendary_cost],
  armor_class: ["armor class +", BOUNDS.action.armor_class],
} as const;

/** What it takes of a turn, and what it is. */
function Fields({ action, owner, path }: Props) {
  const { details, type } = action;
  const { number, word, flag } = controlsOf(path, owner);
  const choice = (key: string, label: string, words: readonly string[] = []) =>
    key in details && word(key, label, String(details[key]), words);
  return (
    <div class="ds-fields">
      {choice("time", "takes", TIMES[type])}
      {choice("trigger", "set off by", WORDS.action.trigger)}
      {choice("on", "for", ON[type])}
      {Object.entries(NUMBERS).map(
        ([key, [label, bounds]]) =>
          key in details && number(key, label, Number(details[key]), bounds),
      )}
      {FLAGS[type]?.map((key) => {
        const [label, title] = FLAG_WORDS[key] ?? [key];
        return flag(key, label, action.flags.includes(key), title);
      })}
      {action.rest && <small class="ds-mute">also: {action.rest}</small>}
    </div>
  );
}

export function ActionDetails({ action, owner, path }: Props) {
  const { details, type, effect } = action;
  const add = (name: "damage" | "condition", label: string) => (
    <AddRider
      path={path}
      name={name}
      label={label}
      title={`${owner}: add ${label}`}
      done={`${label} added to ${action.name}`}
    />
  );
  return (
    <>
      <Fields action={action} owner={owner} path={path} />
      {action.riders.map((rider, index) => (
        <RiderRow key={index} rider={rider} owner={owner} path={`${path}.on_hit[${index}]`} />
      ))}
      {effect && (
        <EffectFields
          effect={effect}
          owner={owner}
          path={`${path}.effect`}
          title={type === "save" ? "On a failed save" : "Effect"}
          resisted={type === "save" || details.on === "enemies"}
          stays={
            type !== "save"
              ? "It is all that this action does"
              : action.damage === null
                ? "It does nothing else: give it damage first"
                : undefined
          }
        />
      )}
      {type === "attack" && (
        <div class="ds-row">
          {add("damage", "damage on a hit")}
          {add("condition", "condition on a hit")}
        </div>
      )}
      {type === "save" && !effect && (
        <div class="ds-row">{add("condition", "condition on a failed save")}</div>
      )}
    </>
  );
}
