// The scenario on screen; mirrors dualslot_widgets/widgets/protocol/scenario.py.

export interface Field {
  path: string;
  label: string;
  value: number;
  min: number;
  max: number;
  slider: number[];
}

/** An effect: what of it can be changed, and in words what cannot. */
export interface EffectView {
  name: string;
  conditions: string[];
  duration: number | null;
  clock: string;
  save_ends: boolean;
  turn_damage: string | null;
  rest: string;
}

/** What comes with a hit: what of it can be changed, and in words what cannot. */
export interface RiderView {
  name: string;
  when: string;
  once_per_turn: boolean;
  damage: string | null;
  dc: number | null;
  /** Of the saving throw; null for none. */
  ability: string | null;
  on_success: string;
  effect: EffectView | null;
  rest: string;
}

/** An action; null for what this kind of action has not. */
export interface ActionView {
  type: string;
  name: string;
  attack_bonus: number | null;
  dc: number | null;
  ability: string | null;
  on_success: string | null;
  damage: string | null;
  healing: string | null;
  temporary_hp: string | null;
  targets: number | null;
  uses: number | null;
  per: string;
  recharge: number | null;
  /** What else limits it, in words. */
  limit: string;
  /** What else it does, in words. */
  note: string;
  /** What of that can be changed: only what this kind of action has, by key. */
  details: Record<string, number | string>;
  /** What is so of it, such as "ranged". */
  flags: string[];
  riders: RiderView[];
  effect: EffectView | null;
  /** What cannot be changed, in words. */
  rest: string;
}

export interface CreatureView {
  name: string;
  side: "party" | "monsters";
  encounter: number;
  path: string;
  fields: Field[];
  /** Of a ready-made character, else empty. */
  class_name: string;
  level: number | null;
  initiative_bonus: number;
  saving_throws: number[];
  arrives: number;
  targeting: string;
  position: string;
  role: string;
  actions: ActionView[];
  multiattack: string[];
  /** What comes with all its hits. */
  riders: RiderView[];
  /** Of level 1 to 9. */
  spell_slots: number[];
  legendary_actions: number;
  resistances: string[];
  immunities: string[];
  vulnerabilities: string[];
  condition_immunities: string[];
  /** What cannot be changed, in words. */
  rest: string;
}

export interface EncounterView {
  path: string;
  rest: string | null;
  surprised: string | null;
}

/** What came of the last pasted text: its number, and its problems unless it was taken. */
export interface PasteView {
  number: number;
  problems: string[];
  /** What became of a file of another program. */
  note: string;
}

export interface ScenarioView {
  name: string;
  summary: string;
  revision: number;
  creatures: CreatureView[];
  encounters: EncounterView[];
  settings: Field[];
  hit_points: string;
  spread: string;
  /** How many steps can be undone, and redone. */
  steps: number[];
  /** What was undone or redone just now. */
  change: string;
  paste: PasteView;
}

/** A monster of the bestiary; `left_out` says what of it is not played. */
export interface MonsterView {
  key: string;
  name: string;
  cr: number;
  max_hp: number;
  armor_class: number;
  coverage: "full" | "partial" | "none";
  left_out: string;
}

/** The names of the actions that can be added; those of monsters by the monster's key. */
export interface LibraryView {
  template: { name: string; title: string; about: string }[];
  spell: string[];
  monsters: Record<string, string[]>;
}
