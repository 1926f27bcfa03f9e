// The examples that the kernel's own views have made, typed; tests of both sides read them.

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
import type { FooterView } from "../src/protocol/footer.js";
import type { JobView } from "../src/protocol/jobs.js";
import type { PartingView, ReplayView } from "../src/protocol/replay.js";
import type { PreviewView, SlotView, StripView } from "../src/protocol/results.js";
import type { LibraryView, MonsterView, ScenarioView } from "../src/protocol/scenario.js";
import type { DashboardState as State } from "../src/protocol/state.js";

/** Copies, so that no test sees what another one changed; the kernel's tests check the types. */
const copy = <T>(value: unknown): T => structuredClone(value) as T;

export const scenario = (name: keyof typeof scenarios) => copy<ScenarioView>(scenarios[name]);
export const job = (name: Exclude<keyof typeof jobs, "none">) => copy<JobView>(jobs[name]);
export const slots = (name: keyof typeof pairs) => copy<SlotView[]>(pairs[name]);
export const preview = (name: Exclude<keyof typeof previews, "none">) =>
  copy<PreviewView>(previews[name]);
export const bestiary = () => copy<MonsterView[]>(monsters);
export const library = () => copy<LibraryView>(libraries);
export const strip = (name: keyof typeof strips) => copy<StripView>(strips[name]);
export const replay = (name: Exclude<keyof typeof replays, "none">) =>
  copy<ReplayView>(replays[name]);
export const parting = (name: Exclude<keyof typeof partings, "none">) =>
  copy<PartingView>(partings[name]);
export const comparison = (name: keyof typeof comparisons) => copy<CompareView>(comparisons[name]);
export const footer = () => copy<FooterView>(footers.usual);

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
