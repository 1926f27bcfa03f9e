import { describe, expect, it } from "vitest";
import { MOST_LISTED } from "../../../src/kit/name_search.js";
import { coverage, rating, search } from "../../../src/parts/editor/bestiary_search.js";
import type { MonsterView } from "../../../src/protocol/scenario.js";
import { bestiary } from "../../fixtures.js";

const monster = (name: string, cr = 1): MonsterView => ({ ...bestiary()[0]!, key: name, name, cr });
const names = (monsters: MonsterView[], text: string) =>
  search(monsters, text).listed.map(({ name }) => name);

describe("the search of the bestiary", () => {
  it("finds parts of names in any case, the nearest first", () => {
    const all = ["Frogre", "Half-Ogre", "Ogre Zombie", "Ogre", "Cat"].map((name) => monster(name));
    expect(names(all, "OGRE")).toEqual(["Ogre", "Ogre Zombie", "Half-Ogre", "Frogre"]);
    expect(names(all, "zo og")).toEqual(["Ogre Zombie"]);
    expect(names(all, "dragon")).toEqual([]);
  });

  it("lists all where nothing is asked for, as far as the list goes", () => {
    const many = Array.from({ length: 334 }, (_, index) => monster(`Monster ${index}`));
    const { listed, more } = search(many, " ");
    expect(listed).toEqual(many.slice(0, MOST_LISTED));
    expect(more).toBe(334 - MOST_LISTED);
  });

  it.each([
    ["cr 1/4", ["Giant Frog", "Goblin", "Wolf"]],
    ["wolf cr1/4", ["Wolf"]],
    ["cr 17", ["Adult Red Dragon"]],
    ["cr 0 fr", ["Frog"]],
    ["cr", []],
  ])("finds by challenge rating: %s", (text, found) => {
    expect(names(bestiary(), text)).toEqual(found);
  });

  it("writes challenge ratings as the rules do", () => {
    expect([0, 0.125, 0.25, 0.5, 1, 24].map(rating)).toEqual(["0", "1/8", "1/4", "1/2", "1", "24"]);
  });

  it("takes what is typed as it is, not as a pattern", () => {
    for (const text of ["(", "[a-z]+", ".*", "\\", "<img src=x onerror=alert(1)>"]) {
      expect(names(bestiary(), text)).toEqual([]);
    }
  });

  it("says how much of a monster is played", () => {
    const said = Object.fromEntries(bestiary().map((each) => [each.coverage, coverage(each)]));
    expect(said.full).toBe("Played in full");
    expect(said.partial).toMatch(/^Played in part; without \w/);
    expect(said.none).toMatch(/^Can do nothing; without \w/);
  });
});
