// Each message; mirrors dualslot_widgets/widgets/protocol/messages.py.

export type DisplayMode = "newest" | "most_similar" | "let_user_choose";

/** What the browser tells the kernel. */
export type Message =
  | { type: "run" }
  | { type: "cancel" }
  | { type: "dismiss" }
  | { type: "save_again" }
  | { type: "edit"; path: string; value: number }
  | { type: "display_mode"; mode: DisplayMode }
  | { type: "choose_slot"; slot: number }
  | { type: "pin"; slot: number | null }
  | { type: "select_run"; run: number | null };

/** What the kernel tells the browser every two seconds. */
export interface Alive {
  type: "alive";
}
