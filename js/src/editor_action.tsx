// One action of a creature: its numbers and dice, and what limits it, changed in place.

import { useId } from "preact/hooks";
import { average, readDamage, readHealing, type Term, withBonus } from "./dice.js";
import { useEditing, useTyped } from "./editor_context.js";
import { Choice, NameField, NumberField, Step, Wrong } from "./editor_fields.js";
import { Tool } from "./editor_tools.js";
import type { ActionView } from "./protocol/scenario.js";
import { BOUNDS, WORDS } from "./protocol/vocabulary.js";

interface DiceProps {
  path: string;
  owner: string;
  label: string;
  value: string;
  healing?: boolean;
}

const SLIDER = [-5, 20] as const;

/** Dice, checked as they are typed; wrong ones stay, with what is wrong about them beside them. */
export function DiceField({ path, owner, label, value, healing }: DiceProps) {
  const { edit } = useEditing();
  const { text, type, hold, letGo } = useTyped(value);
  const id = useId();
  const read = healing ? readHealing : readDamage;
  const { terms, problem } = read(text);
  const take = (typed: string) => {
    const good = read(typed).terms !== null;
    type(typed, good);
    if (good) edit(path, typed);
  };
  const name = `${owner}: ${label}`;
  return (
    <div class="ds-field ds-dice">
      <span class="ds-label">
        {label}
        {terms && <> · average {Math.round(10 * average(terms)) / 10}</>}
      </span>
      <input
        type="text"
        spellcheck={false}
        autocomplete="off"
        aria-label={name}
        aria-invalid={problem !== ""}
        aria-describedby={problem ? id : undefined}
        value={text}
        data-path={path}
        onFocus={hold}
        onBlur={() => {
          if (!problem) letGo();
        }}
        onInput={(event) => {
          hold();
          take(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") type(value, false);
        }}
      />
      <Bonus name={name} terms={terms} take={take} />
      {problem && <Wrong id={id} text={problem} />}
    </div>
  );
}

interface BonusProps {
  name: string;
  terms: Term[] | null;
  take: (text: string) => void;
}

/** What is added to the first dice, one less, one more, or dragged. */
function Bonus({ name, terms, take }: BonusProps) {
  const bonus = terms?.[0]?.bonus ?? 0;
  const with_ = (value: number) => (terms ? withBonus(terms, value) : null);
  const [less, more] = [with_(bonus - 1), with_(bonus + 1)];
  const low = Math.min(terms?.[0]?.count === 0 ? 0 : SLIDER[0], bonus);
  return (
    <>
      <Step name={`${name}, one less`} sign="−" able={less !== null} go={() => less && take(less)} />
      <Step name={`${name}, one more`} sign="+" able={more !== null} go={() => more && take(more)} />
      <input
        type="range"
        data-lm-suppress-shortcuts="true"
        aria-label={`${name} bonus, slider`}
        disabled={!terms}
        min={low}
        max={Math.max(SLIDER[1], bonus)}
        step={1}
        value={bonus}
        onInput={(event) => {
          const text = with_(Number(event.currentTarget.value));
          if (text !== null) take(text);
        }}
      />
    </>
  );
}

interface Props {
  action: ActionView;
  owner: string;
  path: string;
}

export function ActionRow({ action, owner, path }: Props) {
  const { command } = useEditing();
  const name = `${owner}: ${action.name}`;
  const number = (key: "attack_bonus" | "dc" | "targets", label: string, slider?: number[]) =>
    action[key] !== null && (
      <NumberField
        path={`${path}.${key}`}
        owner={name}
        label={label}
        titled
        value={action[key]}
        bounds={BOUNDS[key]}
        slider={slider && [Math.min(slider[0]!, action[key]), Math.max(slider[1]!, action[key])]}
      />
    );
  const dice = (key: "damage" | "healing" | "temporary_hp", label: string) =>
    action[key] !== null && (
      <DiceField path={`${path}.${key}`} owner={name} label={label} value={action[key]} healing={key !== "damage"} />
    );
  const word = (key: "ability" | "on_success", label: string, say?: (word: string) => string) =>
    action[key] !== null && (
      <Choice path={`${path}.${key}`} owner={name} label={label} titled value={action[key]} words={WORDS[key]} say={say} />
    );
  return (
    <div class="ds-action" role="group" aria-label={name}>
      <div class="ds-fields">
        <NameField path={`${path}.name`} owner={name} label="action" titled value={action.name} />
        {number("attack_bonus", "to hit", [-2, 20])}
        {number("dc", "DC", [5, 30])}
        {word("ability", "saving throw")}
        {dice("damage", "damage")}
        {word("on_success", "if saved", (half) => (half === "half" ? "half damage" : "no damage"))}
        {dice("healing", "healing")}
        {dice("temporary_hp", "temporary hit points")}
        {number("targets", "targets")}
        <Limit action={action} owner={name} path={path} />
        {action.note && <small class="ds-mute">{action.note}</small>}
      </div>
      <span class="ds-tools">
        <Tool what="duplicate" owner={name} go={() => command({ type: "duplicate", path }, `${action.name} duplicated`)} />
        <Tool what="remove" owner={name} go={() => command({ type: "remove", path }, `${action.name} removed`)} />
      </span>
    </div>
  );
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
const RECHARGE: Record<number, string> = { 6: "Recharge 6", 5: "Recharge 5–6", 4: "Recharge 4–6", 3: "Recharge 3–6", 2: "Recharge 2–6" };

/** How often: at will, so many times until a rest, or when a d6 brings it back. */
function Limit({ action, owner, path }: Props) {
  const { edit } = useEditing();
  const kind = action.uses !== null ? "uses" : action.recharge !== null ? String(action.recharge) : "";
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
          <NumberField path={`${path}.uses`} owner={owner} label="uses" titled value={action.uses} bounds={BOUNDS.uses} />
          <Choice
            path={`${path}.per`}
            owner={owner}
            label="back after"
            titled
            value={action.per}
            words={WORDS.rest}
            say={(rest) => `a ${rest.replace("_", " ")}`}
          />
        </>
      )}
    </>
  );
}
