// The traits of each part of the kit; a widget has those of its parts.

import type { CompareView } from "./comparison.js";
import type { FooterView } from "./footer.js";
import type { JobView } from "./jobs.js";
import type { DisplayMode } from "./messages.js";
import type { PreviewView, SlotView } from "./results.js";
import type { ScenarioView } from "./scenario.js";

/** Of every widget. */
export interface KitState {
  error: string;
}

export interface EditorState {
  scenario_view: ScenarioView;
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

export interface TimelinesState extends SlotState {
  preview: PreviewView | null;
}

export interface CompareState {
  comparison: CompareView;
}

export interface FooterState {
  footer: FooterView;
}

/** Of the dashboard. */
export type DashboardState = KitState & EditorState & JobState & CompareState & TimelinesState & FooterState;
