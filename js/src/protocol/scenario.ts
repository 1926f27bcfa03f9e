// Written by scripts/write_protocol.py; do not edit. From dualslot_widgets.widgets.protocol: scenario.
// The scenario on screen, as the editor and the header draw it.

import type { Side } from "./replay.js";

/** A number that can be changed: its path in the scenario, bounds, and a slider's range. */
export interface NumberField {
  kind: "number";
  path: string;
  label: string;
  value: number;
  min: number;
  max: number;
  slider: number[];
}

/** A word and what it is called; "" stands for none of the words. */
export interface Choice {
  word: string;
  says: string;
}

/** One of a few words that can be changed; the value is "" for none of them. */
export interface ChoiceField {
  kind: "choice";
  path: string;
  label: string;
  value: string;
  choices: Choice[];
}

/** What is so or not, and can be changed. */
export interface FlagField {
  kind: "flag";
  path: string;
  label: string;
  value: boolean;
}

/** What can be changed, drawn by its kind. */
export type Field = NumberField | ChoiceField | FlagField;

/** An effect: what of it can be changed, and in words (`rest`) what cannot. */
export interface EffectView {
  name: string;
  conditions: string[];
  duration: number | null;
  clock: string;
  save_ends: boolean;
  turn_damage: string | null;
  rest: string;
}

/**
 * What comes with a hit: what of it can be changed, and in words (`rest`) what cannot. `dc` and
 * `ability` are null without a saving throw.
 */
export interface RiderView {
  name: string;
  when: string;
  once_per_turn: boolean;
  damage: string | null;
  dc: number | null;
  ability: string | null;
  on_success: string;
  effect: EffectView | null;
  rest: string;
}

/**
 * An action; null for what this kind of action has not. `limit` says in words what else limits it,
 * and `note` what else it does. Of that, `details` can be changed (only what this kind has, by
 * key), `flags` are those that are set, and `rest` says in words what cannot be changed.
 */
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
  limit: string;
  note: string;
  details: Record<string, number | string>;
  flags: string[];
  riders: RiderView[];
  effect: EffectView | null;
  rest: string;
}

/**
 * One kind of creature: the numbers that people change most, and the others. `class_name` is the
 * class of a ready-made character, else empty; `spell_slots` has nine numbers; `riders` come with
 * all its hits; `rest` says in words what cannot be changed.
 */
export interface CreatureView {
  name: string;
  side: Side;
  encounter: number;
  path: string;
  fields: NumberField[];
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
  riders: RiderView[];
  spell_slots: number[];
  legendary_actions: number;
  resistances: string[];
  immunities: string[];
  vulnerabilities: string[];
  condition_immunities: string[];
  rest: string;
}

/** How the party comes to an encounter. */
export interface EncounterView {
  path: string;
  fields: Field[];
}

/**
 * What came of the last pasted text: its number, and its problems unless it was taken. `note` says
 * what became of a file of another program.
 */
export interface PasteView {
  number: number;
  problems: string[];
  note: string;
}

/**
 * The scenario on screen; `revision` counts up when it changed, so that inputs follow it. `steps`
 * can be undone and redone; `change` says what was undone or redone just now.
 */
export interface ScenarioView {
  name: string;
  summary: string;
  revision: number;
  creatures: CreatureView[];
  encounters: EncounterView[];
  settings: Field[];
  steps: number[];
  change: string;
  paste: PasteView;
}

/** A monster of the bestiary, to be searched for; `left_out` says what of it is not played. */
export interface MonsterView {
  key: string;
  name: string;
  cr: number;
  max_hp: number;
  armor_class: number;
  coverage: "full" | "partial" | "none";
  left_out: string;
}

/** A plain action to begin with. */
export interface TemplateView {
  name: string;
  title: string;
  about: string;
}

/** The names of the actions that can be added; those of monsters by the monster's key. */
export interface LibraryView {
  template: TemplateView[];
  spell: string[];
  monsters: Record<string, string[]>;
}
