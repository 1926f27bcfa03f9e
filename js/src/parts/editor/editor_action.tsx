// One action of a creature: its numbers and dice, and what limits it, changed in place.

import { useId } from "preact/hooks";
import type { ActionView } from "../../protocol/scenario.js";
import { BOUNDS, type Bounds, WORDS } from "../../protocol/vocabulary.js";
import { ActionDetails } from "./editor_action_details.js";
import { useEditing, useTyped } from "./editor_context.js";
import { controlsOf } from "./editor_controls.js";
import { DiceField } from "./editor_dice.js";
import { NameField, NumberField } from "./editor_fields.js";
import { Tool, Unfold } from "./editor_tools.js";
import { Choice } from "./editor_words.js";

interface Props {
  action: ActionView;
  owner: string;
  path: string;
  /** Its details are unfolded. */
  open: boolean;
  /** Fold or unfold them, or note that it is removed or duplicated. */
  change: (what: "toggle" | "remove" | "duplicate") => void;
}

export function ActionRow({ action, owner, path, open, change }: Props) {
  const { command } = useEditing();
  const id = useId();
  const name = `${owner}: ${action.name}`;
  const leads = (what: "remove" | "duplicate", done: string) => {
    change(what);
    command({ type: what, path }, `${action.name} ${done}`);
  };
  return (
    <div class="ds-action" role="group" aria-label={name}>
      <Fields action={action} owner={name} path={path} open={open} />
      <span class="ds-tools">
        <Unfold owner={name} what="Details" id={id} open={open} go={() => change("toggle")} />
        <Tool what="duplicate" owner={name} go={() => leads("duplicate", "duplicated")} />
        <Tool what="remove" owner={name} go={() => leads("remove", "removed")} />
      </span>
      <div id={id} class="ds-details" hidden={!open}>
        {open && <ActionDetails action={action} owner={name} path={path} />}
      </div>
    </div>
  );
}

/** Its name, what it rolls, and how often it may be used. */
function Fields({ action, owner, path, open }: Omit<Props, "change">) {
  const controls = controlsOf(path, owner);
  const number = (key: "attack_bonus" | "dc" | "targets", label: string, range?: Bounds) => {
    const value = action[key];
    if (value === null) return null;
    const slider = range && [Math.min(range[0], value), Math.max(range[1], value)];
    return controls.number(key, label, value, BOUNDS.action[key], { slider });
  };
  const points = (key: "healing" | "temporary_hp", label: string) =>
    action[key] !== null && (
      <DiceField path={`${path}.${key}`} owner={owner} label={label} value={action[key]} healing />
    );
  const word = (key: "ability" | "on_success", label: string) =>
    action[key] !== null && controls.word(key, label, action[key], WORDS.action[key]);
  return (
    <div class="ds-fields">
      <NameField path={`${path}.name`} owner={owner} label="action" titled value={action.name} />
      {number("attack_bonus", "to hit", [-2, 20])}
      {number("dc", "DC", [5, 30])}
      {word("ability", "saving throw")}
      {(action.damage !== null || action.type === "save") &&
        controls.dice(
          "damage",
          "damage",
          action.damage,
          action.type === "save" && action.effect !== null,
        )}
      {word("on_success", "if saved")}
      {points("healing", "healing")}
      {points("temporary_hp", "temporary hit points")}
      {number("targets", "targets")}
      <Limit action={action} owner={owner} path={path} />
      {action.note && !open && <small class="ds-mute">{action.note}</small>}
    </div>
  );
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
const RECHARGE: Record<number, string> = {
  6: "Recharge 6",
  5: "Recharge 5–6",
  4: "Recharge 4–6",
  3: "Recharge 3–6",
  2: "Recharge 2–6",
};

/** How often: at will, so many times until a rest, or when a d6 brings it back. */
function Limit({ action, owner, path }: Pick<Props, "action" | "owner" | "path">) {
  const { edit } = useEditing();
  const kind =
    action.uses !== null ? "uses" : action.recharge !== null ? String(action.recharge) : "";
  const { text, type } = useTyped(kind);
  const choose = (chosen: string) => {
    type(chosen, true);
    if (chosen === "uses") edit(`${path}.uses`, 1);
    else if (chosen) edit(`${path}.recharge`, Number(chosen));
    else edit(`${path}.${kind === "uses" ? "uses" : "recharge"}`, null);
  };
  return (
    <>
      <div class="ds-field ds-choice">
        <span class="ds-label">how often</span>
        <select
          aria-label={`${owner}: how often`}
          data-lm-suppress-shortcuts="true"
          value={text}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="">{action.limit ? capital(action.limit) : "At will"}</option>
          <option value="uses">Limited uses</option>
          {[6, 5, 4, 3, 2].map((roll) => (
            <option key={roll} value={roll}>
              {RECHARGE[roll]}
            </option>
          ))}
        </select>
      </div>
      {action.uses !== null && (
        <>
          <NumberField
            path={`${path}.uses`}
            owner={owner}
            label="uses"
            titled
            value={action.uses}
            bounds={BOUNDS.action.uses}
          />
          <Choice
            path={`${path}.per`}
            owner={owner}
            label="back after"
            titled
            value={action.per}
            words={WORDS.action.per}
            say={(rest) => `a ${rest.replace("_", " ")}`}
          />
        </>
      )}
    </>
  );
}
