// Written by scripts/write_protocol.py; do not edit. From dualslot_widgets.widgets.protocol: state.
// The traits of each part of the kit as the front end sees them; a widget has its parts' traits.

import type { CompareView } from "./comparison.js";
import type { FooterView } from "./footer.js";
import type { JobView } from "./jobs.js";
import type { DisplayMode } from "./messages.js";
import type { PartingView, ReplayView } from "./replay.js";
import type { PreviewView, SlotView, StripView } from "./results.js";
import type { LibraryView, MonsterView, ScenarioView } from "./scenario.js";

/** The traits of every widget. */
export interface KitState {
  error: string;
}

/** The editor's traits; `scenario_json` is empty until it has been asked for. */
export interface EditorState {
  scenario_view: ScenarioView;
  scenario_json: string;
  bestiary: MonsterView[];
  library: LibraryView;
}

/** The traits of jobs: the first that wait, the next one first; the last ones, newest first. */
export interface JobState {
  job: JobView | null;
  queue_length: number;
  queue: JobView[];
  history: JobView[];
}

/** The traits of the two slots. */
export interface SlotState {
  slots: SlotView[];
  display_mode: DisplayMode;
  shown_slot: number | null;
}

/** The traits of all that pick a run or show one. */
export interface RunState {
  selected_run: number | null;
}

/** The traits of the five timelines; `ranking` says in words how runs are ranked. */
export interface TimelinesState extends SlotState, RunState {
  preview: PreviewView | null;
  slot_strips: (StripView | null)[];
  preview_strip: StripView | null;
  ranking: string;
}

/** The traits of the replay. */
export interface ReplayState extends RunState {
  replay: ReplayView | null;
  parting: PartingView | null;
}

/** The traits of the comparison. */
export interface CompareState {
  comparison: CompareView;
}

/** The traits of the footer. */
export interface FooterState {
  footer: FooterView;
}

/** The traits of the dashboard. */
export type DashboardState = KitState &
  EditorState &
  JobState &
  CompareState &
  TimelinesState &
  ReplayState &
  FooterState;
