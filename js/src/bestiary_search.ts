// Finds monsters of the bestiary by parts of their names and by challenge rating. No DOM.

import type { MonsterView } from "./protocol/scenario.js";

/** As many are listed at once. */
export const MOST_LISTED = 40;

const FRACTIONS: Record<string, number> = { "1/8": 0.125, "1/4": 0.25, "1/2": 0.5 };

/** "1/4" for 0.25 */
export const rating = (cr: number): string =>
  Object.keys(FRACTIONS).find((text) => FRACTIONS[text] === cr) ?? String(cr);

export interface Found {
  listed: MonsterView[];
  /** How many more there are. */
  more: number;
}

/** The monsters whose names hold every word; "cr 1/4" among the words asks for a challenge rating. */
export function search(monsters: MonsterView[], text: string): Found {
  const [words, cr] = wanted(text);
  const ranked = monsters
    .filter((monster) => cr === null || monster.cr === cr)
    .map((monster) => ({ monster, rank: rank(monster.name.toLowerCase(), words) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    .sort((one, other) => one.rank - other.rank)
    .map(({ monster }) => monster);
  return { listed: ranked.slice(0, MOST_LISTED), more: Math.max(0, ranked.length - MOST_LISTED) };
}

function wanted(text: string): [string[], number | null] {
  const lower = text.toLowerCase();
  const found = /(?:^|\s)cr\s*(1\/[248]|\d{1,2})(?=\s|$)/.exec(lower);
  const rest = found ? lower.replace(found[0], " ") : lower;
  const cr = found ? (FRACTIONS[found[1]!] ?? Number(found[1])) : null;
  return [rest.split(/\s+/).filter(Boolean), cr];
}

const NOT_FOUND = 4;

/** The lower, the nearer; the order of the bestiary decides between equals. */
function rank(name: string, words: string[]): number {
  if (!words.every((word) => name.includes(word))) return NOT_FOUND;
  const whole = words.join(" ");
  if (name === whole) return 0;
  if (name.startsWith(whole)) return 1;
  const starts = name.split(/[\s,(-]+/);
  return words.every((word) => starts.some((start) => start.startsWith(word))) ? 2 : 3;
}

/** What of a monster is played, in words. */
export function coverage({ coverage, left_out }: MonsterView): string {
  if (coverage === "full") return "Played in full";
  return `${coverage === "partial" ? "Played in part" : "Can do nothing"}; without ${left_out || "its actions"}`;
}
