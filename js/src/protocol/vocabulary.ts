// The words and bounds of a scenario, as dualslot_widgets/scenario/ has them; the tests keep both the same.

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
} as const;

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
} as const satisfies Record<string, Bounds>;

/** Characters of a name, and of a text that is pasted. */
export const LENGTHS = { name: 100, pasted: 1_000_000 } as const;
