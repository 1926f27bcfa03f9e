// The words and bounds of a scenario, as dualslot_widgets/scenario/ has them; the tests keep both the same.

import { DAMAGE_TYPES } from "../parts/editor/dice.js";

export const WORDS = {
  targeting: ["lowest_hp", "highest_hp", "lowest_ac", "highest_damage", "random", "focus_fire"],
  position: ["front", "back"],
  role: ["striker", "controller", "healer", "brute", "dragon"],
  ability: ["str", "dex", "con", "int", "wis", "cha"],
  on_success: ["half", "none"],
  rest: ["short_rest", "long_rest"],
  surprised: ["party", "monsters"],
  hit_points: ["average", "rolled"],
  spread: ["loose", "normal", "tight"],
  class_name: [
    "barbarian",
    "bard",
    "cleric",
    "druid",
    "fighter",
    "monk",
    "paladin",
    "ranger",
    "rogue",
    "sorcerer",
    "warlock",
    "wizard",
  ],
  trigger: ["hit", "missed"],
  when: ["always", "advantage_or_ally", "critical", "ally", "charge", "surprised", "felled"],
  clock: ["start_of_turn", "end_of_turn", "start_of_source_turn", "end_of_source_turn"],
  condition: [
    "blinded",
    "charmed",
    "deafened",
    "frightened",
    "grappled",
    "incapacitated",
    "invisible",
    "paralyzed",
    "petrified",
    "poisoned",
    "prone",
    "restrained",
    "stunned",
    "unconscious",
  ],
  defence: [
    ...DAMAGE_TYPES,
    "nonmagical bludgeoning",
    "nonmagical piercing",
    "nonmagical slashing",
  ],
} as const;

/** What an action of a type may take of a turn. */
export const TIMES: Record<string, readonly string[]> = {
  attack: ["action", "bonus_action", "reaction", "free", "legendary", "lair"],
  save: ["action", "bonus_action", "reaction", "free", "legendary", "lair", "aura", "death"],
  heal: ["action", "bonus_action", "free", "legendary", "lair"],
  effect: ["action", "bonus_action", "free", "legendary", "lair", "start"],
};

/** Whom an action of a type is for. */
export const ON: Record<string, readonly string[]> = {
  heal: ["allies", "self"],
  effect: ["self", "allies", "enemies"],
};

/** What an action of a type is or is not. */
export const FLAGS: Record<string, readonly string[]> = {
  attack: ["ranged", "magical", "advantage", "disadvantage", "automatic"],
  save: ["area", "magical", "once", "concentration"],
  heal: [],
  effect: ["area", "concentration"],
  defend: ["lasting", "halve", "melee_only"],
  counter: [],
  surge: [],
};

export type Bounds = readonly [number, number];

export const BOUNDS = {
  attack_bonus: [-100, 100],
  dc: [0, 100],
  targets: [1, 60],
  uses: [1, 1000],
  recharge: [2, 6],
  level: [1, 20],
  initiative_bonus: [-100, 100],
  saving_throws: [-100, 100],
  arrives: [1, 1000],
  attacks: [1, 20],
  critical_range: [2, 20],
  legendary_cost: [1, 5],
  legendary_actions: [0, 10],
  spell_slots: [0, 20],
  duration: [1, 1000],
  added_armor_class: [0, 20],
} as const satisfies Record<string, Bounds>;

/** Characters of a name, and of a text that is pasted. */
export const LENGTHS = { name: 100, pasted: 1_000_000 } as const;
