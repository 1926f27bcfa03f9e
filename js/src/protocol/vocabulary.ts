// Written by scripts/write_protocol.py; do not edit. From dualslot_widgets.scenario, what its classes declare.
// The words and bounds of what the editor changes.

export type Bounds = readonly [number, number];

const SAVING_THROWS = ["str", "dex", "con", "int", "wis", "cha"] as const;

const RESISTANCES = [
  "acid",
  "bludgeoning",
  "cold",
  "fire",
  "force",
  "lightning",
  "necrotic",
  "piercing",
  "poison",
  "psychic",
  "radiant",
  "slashing",
  "thunder",
  "nonmagical bludgeoning",
  "nonmagical piercing",
  "nonmagical slashing",
] as const;

const CONDITION_IMMUNITIES = [
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
] as const;

const ON_SUCCESS = ["half", "none"] as const;

/** Words by record and key. */
export const WORDS = {
  creature: {
    position: ["front", "back"],
    role: ["striker", "controller", "healer", "brute", "dragon"],
    saving_throws: SAVING_THROWS,
    resistances: RESISTANCES,
    immunities: RESISTANCES,
    vulnerabilities: RESISTANCES,
    condition_immunities: CONDITION_IMMUNITIES,
    targeting: ["lowest_hp", "highest_hp", "lowest_ac", "highest_damage", "random", "focus_fire"],
  },
  action: {
    per: ["short_rest", "long_rest"],
    trigger: ["hit", "missed"],
    ability: SAVING_THROWS,
    on_success: ON_SUCCESS,
  },
  rider: {
    when: ["always", "advantage_or_ally", "critical", "ally", "charge", "surprised", "felled"],
    ability: SAVING_THROWS,
    on_success: ON_SUCCESS,
  },
  effect: {
    conditions: CONDITION_IMMUNITIES,
    clock: ["start_of_turn", "end_of_turn", "start_of_source_turn", "end_of_source_turn"],
  },
} as const;

/** Bounds by record and key. */
export const BOUNDS = {
  creature: {
    level: [1, 20],
    count: [1, 60],
    max_hp: [1, 30000],
    armor_class: [0, 100],
    arrives: [1, 1000],
    initiative_bonus: [-100, 100],
    saving_throws: [-100, 100],
    spell_slots: [0, 20],
    legendary_actions: [0, 10],
  },
  action: {
    recharge: [2, 6],
    uses: [1, 1000],
    legendary_cost: [1, 5],
    attack_bonus: [-100, 100],
    attacks: [1, 20],
    critical_range: [2, 20],
    dc: [0, 100],
    targets: [1, 60],
    armor_class: [0, 20],
  },
  rider: { dc: [0, 100] },
  effect: { duration: [1, 1000] },
} as const;

/** What words are called that do not read well. */
export const SAYS: Record<string, string> = {
  lowest_hp: "lowest hit points",
  highest_hp: "highest hit points",
  lowest_ac: "lowest armor class",
  hit: "being hit",
  missed: "being missed",
  half: "half damage",
  none: "no damage",
  self: "itself",
  always: "on every hit",
  advantage_or_ally: "with advantage or an ally near",
  critical: "on a critical hit",
  ally: "with an ally near",
  charge: "in the first turn",
  surprised: "against the surprised",
  felled: "when it fells",
  start_of_turn: "starts of its turn",
  end_of_turn: "ends of its turn",
  start_of_source_turn: "starts of the source’s turn",
  end_of_source_turn: "ends of the source’s turn",
};

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
  save: ["concentration", "area", "magical", "once"],
  heal: [],
  effect: ["concentration", "area"],
  defend: ["lasting", "halve", "melee_only"],
  counter: [],
  surge: [],
};

/** The classes of ready-made characters. */
export const CLASSES = [
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
];

export const DAMAGE_TYPES = [
  "acid",
  "bludgeoning",
  "cold",
  "fire",
  "force",
  "lightning",
  "necrotic",
  "piercing",
  "poison",
  "psychic",
  "radiant",
  "slashing",
  "thunder",
];

/** The most that dice texts may hold. */
export const DICE_LIMITS = { dice: 1000, sides: 1000, bonus: 1000, terms: 20, text: 500 };

/** Characters of a name, and of a text that is pasted. */
export const LENGTHS = { name: 100, pasted: 1000000 };
