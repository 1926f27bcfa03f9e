// Dice of an action, checked as they are typed.

import { useId } from "preact/hooks";
import { average, readDamage, readHealing, type Term, withBonus } from "./dice.js";
import { useEditing, useTyped } from "./editor_context.js";
import { checked, Step, Wrong } from "./editor_fields.js";

interface DiceProps {
  path: string;
  owner: string;
  label: string;
  value: string | null;
  healing?: boolean;
  /** It may be absent. */
  optional?: boolean;
}

const SLIDER = [-5, 20] as const;

/** Dice, checked as they are typed; wrong ones stay, with what is wrong about them beside them. */
export function DiceField({ path, owner, label, value, healing, optional }: DiceProps) {
  const { edit } = useEditing();
  const known = value ?? "";
  const { text, type, hold, letGo } = useTyped(known);
  const id = useId();
  const read = healing ? readHealing : readDamage;
  const absent = (typed: string) => optional === true && typed.trim() === "";
  const { terms, problem } = absent(text) ? { terms: null, problem: "" } : read(text);
  const take = (typed: string) => {
    const good = absent(typed) || read(typed).terms !== null;
    type(typed, good);
    if (good) edit(path, absent(typed) ? null : typed);
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
        placeholder={optional ? "none" : undefined}
        {...checked(name, path, id, problem !== "")}
        value={text}
        onFocus={hold}
        onBlur={() => {
          if (!problem) letGo();
        }}
        onInput={(event) => {
          hold();
          take(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") type(known, false);
        }}
      />
      {text.trim() !== "" && <Bonus name={name} terms={terms} take={take} />}
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
      <Step
        name={`${name}, one less`}
        sign="−"
        able={less !== null}
        go={() => less && take(less)}
      />
      <Step
        name={`${name}, one more`}
        sign="+"
        able={more !== null}
        go={() => more && take(more)}
      />
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
