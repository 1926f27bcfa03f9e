// Finds monsters of the bestiary by parts of their names and by challenge rating. No DOM.

import { type Found, nearest } from "../../kit/name_search.js";
import type { MonsterView } from "../../protocol/scenario.js";

const FRACTIONS: Record<string, number> = { "1/8": 0.125, "1/4": 0.25, "1/2": 0.5 };

/** "1/4" for 0.25 */
export const rating = (cr: number): string =>
  Object.keys(FRACTIONS).find((text) => FRACTIONS[text] === cr) ?? String(cr);

/** The monsters whose names hold every word; "cr 1/4" among the words asks for a challenge rating. */
export function search(monsters: MonsterView[], text: string): Found<MonsterView> {
  const [words, cr] = wanted(text);
  const ofRating = cr === null ? monsters : monsters.filter((monster) => monster.cr === cr);
  return nearest(ofRating, ({ name }) => name, words);
}

function wanted(text: string): [string[], number | null] {
  const lower = text.toLowerCase();
  const found = /(?:^|\s)cr\s*(1\/[248]|\d{1,2})(?=\s|$)/.exec(lower);
  const rest = found ? lower.replace(found[0], " ") : lower;
  const cr = found ? (FRACTIONS[found[1]!] ?? Number(found[1])) : null;
  return [rest.split(/\s+/).filter(Boolean), cr];
}

/** What of a monster is played, in words. */
export function coverage({ coverage, left_out }: MonsterView): string {
  if (coverage === "full") return "Played in full";
  return `${coverage === "partial" ? "Played in part" : "Can do nothing"}; without ${left_out || "its actions"}`;
}
