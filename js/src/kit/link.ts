// The link to the kernel: whether it is heard, and what it has not taken yet. No DOM, no timers.
// The kernel's side of it is dualslot_widgets/widgets/kit/link.py.

import type { Alive, Envelope, Message, Taken } from "../protocol/messages.js";

/** Silent for longer than this, the kernel is gone; it beats every two seconds. */
export const SILENCE_MILLISECONDS = 5000;
/** What is not acknowledged within this time is shown as waiting, and is sent again. */
export const PATIENCE_MILLISECONDS = 2000;
/** Then, or when nobody has taken it after this time, it is sent again less often. */
export const FAILURE_MILLISECONDS = 10_000;

/**
 * starting: nothing was heard yet, but might be; live: heard just now; silent: heard before, and no
 * more; saved: never heard on this page, as in a notebook without a kernel or in a web page.
 */
export type Phase = "starting" | "live" | "silent" | "saved";

export interface LinkView {
  phase: Phase;
  /** Whether the kernel is executing a cell. */
  busy: boolean;
  /** What has waited too long to be taken, oldest first, in words. */
  waiting: string[];
  /** Whether it was sent again and again to a kernel that has nothing else to do. */
  failing: boolean;
}

export type Send = (message: Message) => void;

interface Pending {
  message: Message;
  number: number;
  /** When it was asked for. */
  asked: number;
  /** When it was sent last. */
  sent: number;
}

export class Link {
  private readonly sender = `v${Math.random().toString(36).slice(2)}`;
  private readonly begun: number;
  private heard: number | null = null;
  /** Since when it is heard without a gap. */
  private back = 0;
  private busy = false;
  private number = 0;
  private pending: Pending[] = [];

  constructor(
    private readonly post: (message: Message & { envelope: Envelope }) => void,
    private readonly clock: () => number = Date.now,
  ) {
    this.begun = clock();
  }

  get phase(): Phase {
    const now = this.clock();
    if (this.heard !== null) return now - this.heard > SILENCE_MILLISECONDS ? "silent" : "live";
    return now - this.begun > SILENCE_MILLISECONDS ? "saved" : "starting";
  }

  /** Whether something would be lost with the page. */
  get owes(): boolean {
    return this.pending.length > 0 && this.phase !== "saved";
  }

  /** Send a message, and keep it until it is acknowledged. */
  send(message: Message): void {
    if (this.phase === "saved") return;
    const now = this.clock();
    const one = { message, number: ++this.number, asked: now, sent: now };
    this.pending.push(one);
    this.dispatch(one);
  }

  /** Take any sign of life: a message of the kernel, or nothing when a trait has changed. */
  hear(content?: unknown): void {
    const now = this.clock();
    if (this.phase !== "live") {
      this.back = now;
      for (const one of this.pending) one.sent = -Infinity; // whatever went into the gap: due again now
    }
    this.heard = now;
    if (typeof content !== "object" || content === null) return;
    const answer = content as Alive | Taken | { type?: undefined };
    if (answer.type === "alive") this.busy = "busy" in answer;
    if (answer.type === "taken") {
      const last = answer.numbers?.[this.sender] ?? 0;
      this.pending = this.pending.filter(({ number }) => number > last);
    }
  }

  /** Send again what is due, in its order; to be called about once a second. */
  tick(): void {
    const now = this.clock();
    const [first] = this.pending;
    if (!first || this.phase === "saved") return;
    const failed = this.fails(first, now);
    if (now - first.sent < (failed ? FAILURE_MILLISECONDS : PATIENCE_MILLISECONDS)) return;
    this.pending = coalesced(this.pending);
    for (const one of this.pending) {
      one.sent = now;
      this.dispatch(one);
    }
  }

  view(): LinkView {
    const now = this.clock();
    const late = this.pending.filter(({ asked }) => now - asked >= PATIENCE_MILLISECONDS);
    return {
      phase: this.phase,
      busy: this.busy,
      waiting: coalesced(late).map(({ message }) => inWords(message)),
      failing: !this.busy && late.some((one) => this.fails(one, now)),
    };
  }

  /** Whether a kernel that was heard all the time has not taken it. */
  private fails({ asked }: Pending, now: number): boolean {
    return now - Math.max(asked, this.back) > FAILURE_MILLISECONDS;
  }

  private dispatch({ message, number }: Pending): void {
    const envelope = { sender: this.sender, number, oldest: this.pending[0]!.number };
    try {
      this.post({ ...message, envelope });
    } catch {
      // A page without a comm may throw here: the message stays, and the phase says why.
    }
  }
}

/** Without the values of a drag that a later value of the same path takes the place of. */
function coalesced(pending: Pending[]): Pending[] {
  const kept: Pending[] = [];
  for (const one of pending) {
    const before = kept.at(-1);
    const same =
      before?.message.type === "edit" &&
      one.message.type === "edit" &&
      before.message.path === one.message.path;
    if (same) kept[kept.length - 1] = { ...one, asked: before.asked };
    else kept.push(one);
  }
  return kept;
}

/** "armor class 18" of an edit, "move job" of others. */
function inWords(message: Message): string {
  if (message.type !== "edit") return message.type.replaceAll("_", " ");
  const name = message.path.split(".").at(-1)!.replaceAll("_", " ");
  const { value } = message;
  return `${name} ${value === null ? "none" : Array.isArray(value) ? value.join(", ") || "none" : value}`;
}
