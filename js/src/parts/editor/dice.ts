// Dice texts, "2d6+8 slashing + 2d6 fire": what the kernel reads, and nothing else. No DOM.
// Reads as dualslot_widgets/scenario/dice.py; both are tested with tests/fixtures/protocol/dice.json.

import { DAMAGE_TYPES, DICE_LIMITS } from "../../protocol/vocabulary.js";

export interface Term {
  count: number;
  sides: number;
  bonus: number;
  type: string;
}

/** The terms of a text, or in words why there are none. */
export type Reading = { terms: Term[]; problem: "" } | { terms: null; problem: string };

const EXAMPLE = 'write for example "2d6+3 slashing + 1d6 fire"';
const BLANKS = " \\t\\n\\r\\f\\v\\u00a0";
const END = new RegExp(`[${BLANKS}]+$`);
const token = () =>
  new RegExp(`[${BLANKS}]*(?:([0-9]{0,9})[dD]([0-9]{1,9})|([0-9]{1,9})|([+-])|([A-Za-z]+))`, "y");

class Unreadable extends Error {}

/** Read a sum of `dice[+bonus] [type]` terms. */
export function readDamage(text: string): Reading {
  try {
    return { terms: parse(text), problem: "" };
  } catch (error) {
    if (error instanceof Unreadable) return { terms: null, problem: error.message };
    throw error;
  }
}

/** Read one term without a type, such as "1d4+3". */
export function readHealing(text: string): Reading {
  const found = readDamage(text);
  if (!found.terms || (found.terms.length === 1 && !found.terms[0]!.type)) return found;
  return { terms: null, problem: 'is not healing; write dice and a bonus, such as "1d4+3"' };
}

function parse(text: string): Term[] {
  const length = [...text].length;
  if (length > DICE_LIMITS.text)
    throw new Unreadable(`is ${length} characters long; at most ${DICE_LIMITS.text}`);
  const body = text.replace(END, "");
  if (!body) throw new Unreadable('is empty; write dice such as "1d8+4 slashing"');
  const terms: Term[] = [];
  const next = token();
  let sign = 1;
  let closed = true; // the next die or number starts a new term
  let needsValue = true;
  while (next.lastIndex < body.length) {
    const at = next.lastIndex;
    const match = next.exec(body);
    if (!match)
      throw new Unreadable(`cannot read "${body.slice(at).trim().slice(0, 30)}"; ${EXAMPLE}`);
    const [whole, count, sides, number, signed, word] = match;
    if (signed) {
      if (needsValue) throw new Unreadable(`"${signed}" without a value before it; ${EXAMPLE}`);
      sign = signed === "-" ? -1 : 1;
      needsValue = true;
    } else if (word) {
      if (needsValue || closed)
        throw new Unreadable(`"${word.slice(0, 30)}" without dice before it; ${EXAMPLE}`);
      terms.at(-1)!.type = damageType(word);
      closed = true;
    } else if (!needsValue) {
      throw new Unreadable(`"${whole.trim()}" needs a "+" before it; ${EXAMPLE}`);
    } else {
      needsValue = false;
      if (sides) {
        if (sign < 0) throw new Unreadable("dice cannot be subtracted; subtract a plain number");
        const dice = count ? Number(count) : 1;
        if (dice === 0) throw new Unreadable(`0d${sides} rolls no die; ${EXAMPLE}`);
        terms.push({ count: dice, sides: Number(sides), bonus: 0, type: "" });
      } else if (closed && sign < 0) {
        throw new Unreadable(`"-${number}" must stand right behind its dice; ${EXAMPLE}`);
      } else if (closed) {
        terms.push({ count: 0, sides: 1, bonus: Number(number), type: "" });
      } else {
        terms.at(-1)!.bonus += sign * Number(number);
      }
      closed = false;
      sign = 1;
    }
  }
  if (needsValue) throw new Unreadable(`nothing after the last sign; ${EXAMPLE}`);
  check(terms);
  return terms;
}

function damageType(word: string): string {
  const type = word.toLowerCase();
  if (type === "d") throw new Unreadable(`"d" without a number of sides behind it; ${EXAMPLE}`);
  if (!DAMAGE_TYPES.includes(type)) {
    const near = DAMAGE_TYPES.find((known) => known.startsWith(type.slice(0, 2)));
    throw new Unreadable(
      `unknown damage type "${word.slice(0, 30)}"${near ? `, did you mean "${near}"?` : ""}`,
    );
  }
  return type;
}

function check(terms: Term[]): void {
  if (terms.length > DICE_LIMITS.terms)
    throw new Unreadable(`has ${terms.length} terms; at most ${DICE_LIMITS.terms}`);
  for (const { count, sides, bonus } of terms) {
    if (count && !(sides >= 1 && sides <= DICE_LIMITS.sides)) {
      throw new Unreadable(`${sides} sides are outside 1 to ${DICE_LIMITS.sides}`);
    }
    if (Math.abs(bonus) > DICE_LIMITS.bonus) {
      throw new Unreadable(
        `bonus ${bonus} is outside ${-DICE_LIMITS.bonus} to ${DICE_LIMITS.bonus}`,
      );
    }
  }
  const dice = terms.reduce((sum, term) => sum + term.count, 0);
  if (dice > DICE_LIMITS.dice)
    throw new Unreadable(`${dice} dice are more than ${DICE_LIMITS.dice}`);
}

export const average = (terms: Term[]): number =>
  terms.reduce((sum, { count, sides, bonus }) => sum + (count * (sides + 1)) / 2 + bonus, 0);

/** One term as text. */
export const written = ({ count, sides, bonus, type }: Term): string => {
  const dice = count ? `${count}d${sides}` : "";
  const signed = bonus > 0 ? `+${bonus}` : String(bonus);
  return `${dice}${dice ? (bonus ? signed : "") : bonus} ${type}`.trim();
};

/** The same dice with another bonus in the first term; null when that cannot be written. */
export function withBonus(terms: Term[], bonus: number): string | null {
  const [first, ...others] = terms;
  if (!first) return null;
  const text = [{ ...first, bonus }, ...others].map(written).join(" + ");
  const read = readDamage(text).terms;
  return read?.length === terms.length ? text : null;
}
