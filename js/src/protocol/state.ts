// The traits of each part of the kit; a widget has those of its parts.

import type { CompareView } from "./comparison.js";
import type { FooterView } from "./footer.js";
import type { JobView } from "./jobs.js";
import type { DisplayMode } from "./messages.js";
import type { PartingView, ReplayView } from "./replay.js";
import type { PreviewView, SlotView, StripView } from "./results.js";
import type { LibraryView, MonsterView, ScenarioView } from "./scenario.js";

/** Of every widget. */
export interface KitState {
  error: string;
}

export interface EditorState {
  scenario_view: ScenarioView;
  /** The scenario once it has been asked for, else empty. */
  scenario_json: string;
  bestiary: MonsterView[];
  library: LibraryView;
}

export interface JobState {
  job: JobView | null;
  queue_length: number;
  /** The first that wait, the next one first. */
  queue: JobView[];
  /** The last that finished, newest first. */
  history: JobView[];
}

export interface SlotState {
  slots: SlotView[];
  display_mode: DisplayMode;
  shown_slot: number | null;
}

/** Of all that pick a run or tell one. */
export interface RunState {
  selected_run: number | null;
}

export interface TimelinesState extends SlotState, RunState {
  preview: PreviewView | null;
  slot_strips: (StripView | null)[];
  preview_strip: StripView | null;
  /** How runs are ranked, in words. */
  ranking: string;
}

export interface ReplayState extends RunState {
  replay: ReplayView | null;
  parting: PartingView | null;
}

export interface CompareState {
  comparison: CompareView;
}

export interface FooterState {
  footer: FooterView;
}

/** Of the dashboard. */
export type DashboardState = KitState &
  EditorState &
  JobState &
  CompareState &
  TimelinesState &
  ReplayState &
  FooterState;
