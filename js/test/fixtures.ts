// The examples that the kernel's own views have made, checked and typed; tests of both sides read them.

import monsters from "../../tests/fixtures/protocol/bestiary.json";
import comparisons from "../../tests/fixtures/protocol/comparison.json";
import footers from "../../tests/fixtures/protocol/footer.json";
import jobs from "../../tests/fixtures/protocol/job.json";
import libraries from "../../tests/fixtures/protocol/library.json";
import partings from "../../tests/fixtures/protocol/parting.json";
import previews from "../../tests/fixtures/protocol/preview.json";
import replays from "../../tests/fixtures/protocol/replay.json";
import scenarios from "../../tests/fixtures/protocol/scenario.json";
import pairs from "../../tests/fixtures/protocol/slots.json";
import strips from "../../tests/fixtures/protocol/strip.json";
import type { CompareView } from "../src/protocol/comparison.js";
import type { JobView } from "../src/protocol/jobs.js";
import type { PartingView, ReplayView } from "../src/protocol/replay.js";
import type { PreviewView, SlotView, StripView } from "../src/protocol/results.js";
import type { DashboardState as State } from "../src/protocol/state.js";
import { type Is, list } from "./shape.js";
import * as views from "./views.js";

function checked<T>(value: unknown, is: Is<T>): T {
  if (!is(value))
    throw new Error(`not as src/protocol/ says: ${JSON.stringify(value).slice(0, 300)}`);
  return value;
}

/** Copies, so that no test sees what another one changed. */
const copy = <T>(value: T): T => structuredClone(value);

export const scenario = (name: keyof typeof scenarios) =>
  copy(checked(scenarios[name], views.scenario));
export const job = (name: Exclude<keyof typeof jobs, "none">): JobView =>
  copy(checked(jobs[name], views.job));
export const slots = (name: keyof typeof pairs): SlotView[] =>
  copy(checked(pairs[name], views.slots));
export const preview = (name: Exclude<keyof typeof previews, "none">): PreviewView =>
  copy(checked(previews[name], views.preview));
export const bestiary = () => copy(checked(monsters, list(views.monster)));
export const library = () => copy(checked(libraries, views.library));
export const strip = (name: keyof typeof strips): StripView =>
  copy(checked(strips[name], views.strip));
export const replay = (name: Exclude<keyof typeof replays, "none">): ReplayView =>
  copy(checked(replays[name], views.replay));
export const parting = (name: Exclude<keyof typeof partings, "none">): PartingView =>
  copy(checked(partings[name], views.parting));
export const comparison = (name: keyof typeof comparisons) =>
  copy(checked<CompareView>(comparisons[name], views.comparison));
export const footer = () => copy(checked(footers.usual, views.footer));

/** All traits of a bench with two results, the newer one shown. */
export const state = (changes: Partial<State> = {}): State => ({
  scenario_view: scenario("starter"),
  scenario_json: "",
  bestiary: bestiary(),
  library: library(),
  job: null,
  queue_length: 0,
  queue: [],
  history: [],
  slots: slots("both"),
  display_mode: "newest",
  shown_slot: 1,
  preview: null,
  slot_strips: [strip("usual"), strip("harder")],
  preview_strip: null,
  ranking: "A run scores 10,000 for each character standing.",
  selected_run: null,
  replay: null,
  parting: null,
  comparison: comparison("paired"),
  footer: footer(),
  error: "",
  ...changes,
});

export const emptyBench = (): State =>
  state({
    slots: slots("empty"),
    shown_slot: null,
    slot_strips: [null, null],
    comparison: comparison("missing"),
  });
