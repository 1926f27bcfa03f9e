// Written by scripts/write_protocol.py; do not edit. From dualslot_widgets.widgets.protocol: message_checks and messages and envelope.
// Checks of what a message from the browser holds: which values there may be, and how large.

/** What an edit changes a value to; null takes away what may be absent. */
export type Value = number | string | boolean | string[] | null;

export type DisplayMode = "newest" | "most_similar" | "let_user_choose";

export type Move = "next" | "up" | "down";

/** What is written on a message. */
export interface Envelope {
  sender: string;
  number: number;
  oldest: number;
}

/** What the kernel sends every two seconds; `busy` while a cell is executed. */
export interface Alive {
  type: "alive";
  busy?: true;
}

/** What the kernel answers: the last number that was taken from each sender. */
export interface Taken {
  type: "taken";
  numbers: Record<string, number>;
}

/** A message from the browser. */
export type Message =
  | { type: "run" }
  | { type: "cancel"; job: number }
  | { type: "move_job"; job: number; to: Move }
  | { type: "run_again"; job: number }
  | { type: "save_again"; job: number }
  | { type: "clear_finished" }
  | { type: "dismiss" }
  | { type: "edit"; path: string; value: Value }
  | { type: "add_monster"; encounter: number; key: string }
  | { type: "add_character"; class_name: string; level: number }
  | { type: "add_encounter"; key: string }
  | { type: "add_action"; path: string; source: string; name: string }
  | { type: "add_rider"; path: string; name: string }
  | { type: "remove"; path: string }
  | { type: "duplicate"; path: string }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "paste"; text: string }
  | { type: "copy" }
  | { type: "display_mode"; mode: DisplayMode }
  | { type: "choose_slot"; slot: number }
  | { type: "edit_slot"; slot: number }
  | { type: "edit_job"; job: number }
  | { type: "pin"; slot: number | null }
  | { type: "select_run"; run: number | null };
