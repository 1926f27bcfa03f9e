// Each message; mirrors dualslot_widgets/widgets/protocol/messages.py.

export type DisplayMode = "newest" | "most_similar" | "let_user_choose";

/** What the browser tells the kernel. */
export type Message =
  | { type: "run" }
  | { type: "cancel"; job: number }
  | { type: "move_job"; job: number; to: "next" | "up" | "down" }
  | { type: "run_again"; job: number }
  | { type: "clear_finished" }
  | { type: "dismiss" }
  | { type: "save_again"; job: number }
  | { type: "edit"; path: string; value: number }
  | { type: "display_mode"; mode: DisplayMode }
  | { type: "choose_slot"; slot: number }
  | { type: "pin"; slot: number | null };

/** What the kernel tells the browser every two seconds. */
export interface Alive {
  type: "alive";
}
