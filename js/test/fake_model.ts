// A model as anywidget gives it, whose kernel is the test.

import type { AnyModel } from "@anywidget/types";
import type { Envelope, Message } from "../src/protocol/messages.js";
import type { DashboardState as State } from "../src/protocol/state.js";

type Listener = (...values: unknown[]) => void;

export class FakeModel {
  /** What the browser asked for, as often as it was sent. */
  readonly sent: Message[] = [];
  /** What was written on each of them. */
  readonly envelopes: Envelope[] = [];
  /** Whether the kernel takes what is sent, and says so. */
  takes = true;
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(private readonly state: State) {}

  /** The same model as the widget knows it. */
  get any(): AnyModel<State> {
    return this as unknown as AnyModel<State>;
  }

  get = <Name extends keyof State>(name: Name): State[Name] => this.state[name];

  on = (name: string, listener: Listener): void => {
    const known = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, known.add(listener));
  };

  off = (name: string, listener: Listener): void => {
    this.listeners.get(name)?.delete(listener);
  };

  send = ({ envelope, ...message }: Message & { envelope: Envelope }): void => {
    this.sent.push(structuredClone(message) as Message);
    this.envelopes.push(envelope);
    if (this.takes) this.say({ type: "taken", numbers: { [envelope.sender]: envelope.number } });
  };

  set = (): void => {
    throw new Error("the browser sets no trait: the kernel owns them all");
  };

  save_changes = this.set;

  get listenerCount(): number {
    return [...this.listeners.values()].reduce((sum, known) => sum + known.size, 0);
  }

  /** Be the kernel: set traits, then tell of each. */
  update(changes: Partial<State>): void {
    Object.assign(this.state, changes);
    for (const name of Object.keys(changes)) this.fire(`change:${name}`);
  }

  /** Be the kernel: send a message. */
  say(content: unknown): void {
    this.fire("msg:custom", content, []);
  }

  private fire(name: string, ...values: unknown[]): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) listener(...values);
  }
}
