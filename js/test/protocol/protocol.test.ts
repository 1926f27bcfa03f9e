import { describe, expect, it } from "vitest";
import monsters from "../../../tests/fixtures/protocol/bestiary.json";
import comparisons from "../../../tests/fixtures/protocol/comparison.json";
import envelopes from "../../../tests/fixtures/protocol/envelopes.json";
import footers from "../../../tests/fixtures/protocol/footer.json";
import jobs from "../../../tests/fixtures/protocol/job.json";
import fromKernel from "../../../tests/fixtures/protocol/kernel_messages.json";
import library from "../../../tests/fixtures/protocol/library.json";
import fromBrowser from "../../../tests/fixtures/protocol/messages.json";
import partings from "../../../tests/fixtures/protocol/parting.json";
import previews from "../../../tests/fixtures/protocol/preview.json";
import replays from "../../../tests/fixtures/protocol/replay.json";
import scenarios from "../../../tests/fixtures/protocol/scenario.json";
import pairs from "../../../tests/fixtures/protocol/slots.json";
import strips from "../../../tests/fixtures/protocol/strip.json";
import traits from "../../../tests/fixtures/protocol/traits.json";
import vocabulary from "../../../tests/fixtures/protocol/vocabulary.json";
import { TRAITS as COMPARE } from "../../src/parts/compare/compare.js";
import { DAMAGE_TYPES } from "../../src/parts/editor/dice.js";
import { TRAITS as EDITOR } from "../../src/parts/editor/encounter_editor.js";
import { TRAITS as MONITOR } from "../../src/parts/jobs/job_monitor.js";
import { TRAITS as REPLAY } from "../../src/parts/replay/run_replay.js";
import { TRAITS as BROWSER } from "../../src/parts/slots/slot_browser.js";
import { TRAITS as TIMELINES } from "../../src/parts/timelines/quintile_timelines.js";
import type { Message } from "../../src/protocol/messages.js";
import { BOUNDS, FLAGS, LENGTHS, ON, TIMES, WORDS } from "../../src/protocol/vocabulary.js";
import { TRAITS as DASHBOARD } from "../../src/simulation_display.js";
import { type Is, orNull } from "../shape.js";
import * as views from "../views.js";

const EXAMPLES: [string, Record<string, unknown>, Is<unknown>][] = [
  ["scenario", scenarios, views.scenario],
  ["monster", Object.fromEntries(monsters.map((monster) => [monster.key, monster])), views.monster],
  ["library", { some: library }, views.library],
  ["job", jobs, orNull(views.job)],
  ["slots", pairs, views.slots],
  ["preview", previews, orNull(views.preview)],
  ["strip", strips, views.strip],
  ["replay", replays, orNull(views.replay)],
  ["parting", partings, orNull(views.parting)],
  ["comparison", comparisons, views.comparison],
  ["footer", footers, views.footer],
  ["envelope", envelopes, views.envelope],
  ["kernel message", fromKernel, views.fromKernel],
];
/** What each widget draws. */
const TRAITS: Record<keyof typeof traits, readonly string[]> = {
  Compare: COMPARE,
  EncounterEditor: EDITOR,
  JobMonitor: MONITOR,
  QuintileTimelines: TIMELINES,
  RunReplay: REPLAY,
  SimulationDisplay: DASHBOARD,
  SlotBrowser: BROWSER,
};
const NAMED = EXAMPLES.flatMap(([trait, examples, is]) =>
  Object.entries(examples).map(([name, value]) => ({ trait, name, value, is })),
);

// Typed here, word for word as the kernel's tests accept them.
const OGRE = "encounters[0].monsters[1]";
const MESSAGES: Record<keyof typeof fromBrowser, Message> = {
  run: { type: "run" },
  cancel: { type: "cancel", job: 7 },
  save_again: { type: "save_again", job: 7 },
  run_again: { type: "run_again", job: 7 },
  edit_job: { type: "edit_job", job: 7 },
  edit_slot_0: { type: "edit_slot", slot: 0 },
  edit_slot_1: { type: "edit_slot", slot: 1 },
  move_next: { type: "move_job", job: 7, to: "next" },
  move_up: { type: "move_job", job: 7, to: "up" },
  move_down: { type: "move_job", job: 7, to: "down" },
  clear_finished: { type: "clear_finished" },
  dismiss: { type: "dismiss" },
  edit_armor_class: { type: "edit", path: `${OGRE}.armor_class`, value: 17 },
  edit_hit_points: { type: "edit", path: `${OGRE}.max_hp`, value: 30_000 },
  edit_count: { type: "edit", path: "players[12].count", value: 1 },
  edit_attack_bonus: { type: "edit", path: "players[0].actions[0].attack_bonus", value: -3 },
  edit_runs: { type: "edit", path: "settings.runs", value: 105 },
  edit_seed: { type: "edit", path: "settings.seed", value: Number.MAX_SAFE_INTEGER },
  edit_save: { type: "edit", path: `${OGRE}.saving_throws.dex`, value: -1 },
  edit_level: { type: "edit", path: "players[0].level", value: 9 },
  edit_no_level: { type: "edit", path: "players[0].level", value: null },
  edit_name: { type: "edit", path: "players[0].name", value: "<img src=x onerror=alert(1)>" },
  edit_damage: { type: "edit", path: "players[0].actions[0].damage", value: "2d6+3 fire" },
  edit_recharge: { type: "edit", path: `${OGRE}.actions[1].recharge`, value: 5 },
  edit_at_will: { type: "edit", path: `${OGRE}.actions[1].uses`, value: null },
  edit_targeting: { type: "edit", path: `${OGRE}.targeting`, value: "focus_fire" },
  edit_rest: { type: "edit", path: "encounters[1].rest", value: "short_rest" },
  edit_no_rest: { type: "edit", path: "encounters[1].rest", value: null },
  edit_resistances: {
    type: "edit",
    path: `${OGRE}.resistances`,
    value: ["fire", "nonmagical slashing"],
  },
  edit_multiattack: { type: "edit", path: `${OGRE}.multiattack`, value: [] },
  edit_slots: { type: "edit", path: `${OGRE}.spell_slots[8]`, value: 1 },
  edit_time: { type: "edit", path: `${OGRE}.actions[0].time`, value: "legendary" },
  edit_advantage: { type: "edit", path: `${OGRE}.actions[0].advantage`, value: true },
  edit_rider_dc: { type: "edit", path: `${OGRE}.actions[0].on_hit[0].dc`, value: 15 },
  edit_no_rider_damage: { type: "edit", path: "players[3].riders[0].damage", value: null },
  edit_conditions: {
    type: "edit",
    path: `${OGRE}.actions[0].on_hit[0].effect.conditions`,
    value: ["prone"],
  },
  edit_save_ends: { type: "edit", path: `${OGRE}.actions[1].effect.save_ends`, value: false },
  edit_no_effect: { type: "edit", path: `${OGRE}.actions[1].effect`, value: null },
  add_monster: { type: "add_monster", encounter: 0, key: "ogre" },
  add_character: { type: "add_character", class_name: "wizard", level: 9 },
  add_encounter: { type: "add_encounter", key: "ogre" },
  add_action: { type: "add_action", path: OGRE, source: "adult-red-dragon", name: "Fire Breath" },
  add_rider: { type: "add_rider", path: `${OGRE}.actions[0]`, name: "condition" },
  remove: { type: "remove", path: OGRE },
  remove_rider: { type: "remove", path: `${OGRE}.actions[0].on_hit[0]` },
  duplicate: { type: "duplicate", path: "players[0].actions[0]" },
  undo: { type: "undo" },
  redo: { type: "redo" },
  paste: { type: "paste", text: "{}" },
  copy: { type: "copy" },
  newest: { type: "display_mode", mode: "newest" },
  most_similar: { type: "display_mode", mode: "most_similar" },
  let_user_choose: { type: "display_mode", mode: "let_user_choose" },
  slot_0: { type: "choose_slot", slot: 0 },
  slot_1: { type: "choose_slot", slot: 1 },
  pin_0: { type: "pin", slot: 0 },
  pin_1: { type: "pin", slot: 1 },
  pin_None: { type: "pin", slot: null },
  select_0: { type: "select_run", run: 0 },
  select_999999: { type: "select_run", run: 999_999 },
  select_None: { type: "select_run", run: null },
};

describe("the protocol", () => {
  it.each(NAMED)(
    "$trait '$name' of the kernel has the shape that is declared here",
    ({ value, is }) => {
      expect(is(value)).toBe(true);
    },
  );

  it.each(NAMED.filter(({ value }) => value && !Array.isArray(value)))(
    "$trait '$name' with a key too few or too many would be noticed",
    ({ value, is }) => {
      const [first, ...rest] = Object.entries(value as object);
      expect(first).toBeDefined();
      expect(is(Object.fromEntries(rest))).toBe(false);
      expect(is({ ...(value as object), extra: 1 })).toBe(false);
    },
  );

  it.each(Object.keys(traits))("has the traits of the kernel's %s", (name) => {
    expect([...TRAITS[name as keyof typeof traits]].sort()).toEqual(
      traits[name as keyof typeof traits],
    );
  });

  it("has the words and bounds of the kernel", () => {
    expect(WORDS).toEqual(vocabulary.words);
    expect(BOUNDS).toEqual(vocabulary.bounds);
    expect(LENGTHS).toEqual(vocabulary.lengths);
    expect([TIMES, ON, FLAGS]).toEqual([vocabulary.times, vocabulary.on, vocabulary.flags]);
    expect(DAMAGE_TYPES).toEqual(vocabulary.damage_types);
  });

  it("has the messages that the kernel reads", () => {
    expect(MESSAGES).toEqual(fromBrowser);
  });
});
