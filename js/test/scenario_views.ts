// The shape of the views of a scenario, as `src/protocol/scenario.ts` declares it.

import type {
  ActionView,
  Choice,
  ChoiceField,
  CreatureView,
  EffectView,
  EncounterView,
  Field,
  FlagField,
  LibraryView,
  MonsterView,
  NumberField,
  PasteView,
  RiderView,
  ScenarioView,
} from "../src/protocol/scenario.js";
import {
  either,
  flag,
  type Is,
  list,
  object,
  orNull,
  real,
  record,
  text,
  whole,
  word,
} from "./shape.js";

const number = object<NumberField>({
  kind: word("number"),
  path: text,
  label: text,
  value: whole,
  min: whole,
  max: whole,
  slider: list(whole),
});
const choice = object<ChoiceField>({
  kind: word("choice"),
  path: text,
  label: text,
  value: text,
  choices: list(object<Choice>({ word: text, says: text })),
});
const box = object<FlagField>({ kind: word("flag"), path: text, label: text, value: flag });
const field: Is<Field> = either(either(number, choice), box);

const effect = object<EffectView>({
  name: text,
  conditions: list(text),
  duration: orNull(whole),
  clock: text,
  save_ends: flag,
  turn_damage: orNull(text),
  rest: text,
});

const rider = object<RiderView>({
  name: text,
  when: text,
  once_per_turn: flag,
  damage: orNull(text),
  dc: orNull(whole),
  ability: orNull(text),
  on_success: text,
  effect: orNull(effect),
  rest: text,
});

const action = object<ActionView>({
  type: text,
  name: text,
  attack_bonus: orNull(whole),
  dc: orNull(whole),
  ability: orNull(text),
  on_success: orNull(text),
  damage: orNull(text),
  healing: orNull(text),
  temporary_hp: orNull(text),
  targets: orNull(whole),
  uses: orNull(whole),
  per: text,
  recharge: orNull(whole),
  limit: text,
  note: text,
  details: record(either(whole, text)),
  flags: list(text),
  riders: list(rider),
  effect: orNull(effect),
  rest: text,
});

const creature = object<CreatureView>({
  name: text,
  side: word("party", "monsters"),
  encounter: whole,
  path: text,
  fields: list(number),
  class_name: text,
  level: orNull(whole),
  initiative_bonus: whole,
  saving_throws: list(whole),
  arrives: whole,
  targeting: text,
  position: text,
  role: text,
  actions: list(action),
  multiattack: list(text),
  riders: list(rider),
  spell_slots: list(whole),
  legendary_actions: whole,
  resistances: list(text),
  immunities: list(text),
  vulnerabilities: list(text),
  condition_immunities: list(text),
  rest: text,
});

export const library = object<LibraryView>({
  template: list(object({ name: text, title: text, about: text })),
  spell: list(text),
  monsters: record(list(text)),
});

export const scenario = object<ScenarioView>({
  name: text,
  summary: text,
  revision: whole,
  creatures: list(creature),
  encounters: list(object<EncounterView>({ path: text, fields: list(field) })),
  settings: list(field),
  steps: list(whole),
  change: text,
  paste: object<PasteView>({ number: whole, problems: list(text), note: text }),
});

export const monster = object<MonsterView>({
  key: text,
  name: text,
  cr: real,
  max_hp: whole,
  armor_class: whole,
  coverage: word("full", "partial", "none"),
  left_out: text,
});
