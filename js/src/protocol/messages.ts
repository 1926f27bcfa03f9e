// Each message; mirrors dualslot_widgets/widgets/protocol/messages.py.

export type DisplayMode = "newest" | "most_similar" | "let_user_choose";

/** What an edit changes a value to; null takes away what may be absent. */
export type Value = number | string | boolean | string[] | null;

/** What the browser tells the kernel. */
export type Message =
  | { type: "run" }
  | { type: "cancel"; job: number }
  | { type: "move_job"; job: number; to: "next" | "up" | "down" }
  | { type: "run_again"; job: number }
  | { type: "clear_finished" }
  | { type: "dismiss" }
  | { type: "save_again"; job: number }
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

/**
 * What is written on a message; mirrors dualslot_widgets/widgets/protocol/envelope.py. Numbers count from 1;
 * `oldest` is the first of the sender's messages that is not acknowledged.
 */
export interface Envelope {
  sender: string;
  number: number;
  oldest: number;
}

/** What the kernel tells the browser every two seconds; busy while a cell is executed. */
export type Alive = { type: "alive" } | { type: "alive"; busy: true };

/** The last number that the kernel has taken from each sender. */
export interface Taken {
  type: "taken";
  numbers: Record<string, number>;
}
