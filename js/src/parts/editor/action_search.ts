// The actions that can be added to a creature, and how they are found by name. No DOM.

import { type Found, nearest, wordsOf } from "../../kit/name_search.js";
import type { LibraryView, MonsterView } from "../../protocol/scenario.js";

/** An action that can be added: a plain one, a spell, or what a monster of the bestiary does. */
export interface Offer {
  /** "template", "spell", or the key of a monster. */
  source: string;
  name: string;
  title: string;
  about: string;
}

export function offersOf(library: LibraryView, monsters: MonsterView[]): Offer[] {
  const plain = library.template.map((template) => ({ source: "template", ...template }));
  const spells = library.spell.map((name) => ({
    source: "spell",
    name,
    title: name,
    about: "A spell, with this creature’s own DC and spell attack",
  }));
  const others = monsters.flatMap((monster) =>
    (library.monsters[monster.key] ?? []).map((name) => ({
      source: monster.key,
      name,
      title: `${name} (${monster.name})`,
      about: `As the ${monster.name} does it`,
    })),
  );
  return [...plain, ...spells, ...others];
}

/** Nothing typed lists the plain ones. */
export function searchOffers(offers: Offer[], text: string): Found<Offer> {
  const words = wordsOf(text);
  if (words.length) return nearest(offers, ({ title }) => title, words);
  return { listed: offers.filter(({ source }) => source === "template"), more: 0 };
}
