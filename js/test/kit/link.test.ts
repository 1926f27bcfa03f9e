import { describe, expect, it } from "vitest";
import invalid from "../../../tests/fixtures/protocol/invalid_envelopes.json";
import {
  FAILURE_MILLISECONDS,
  Link,
  PATIENCE_MILLISECONDS,
  SILENCE_MILLISECONDS,
} from "../../src/kit/link.js";
import type { Envelope, Message } from "../../src/protocol/messages.js";

const ARMOR = "players[0].armor_class";
const edit = (value: number, path = ARMOR): Message => ({ type: "edit", path, value });
const ALIVE = { type: "alive" };

/** A link whose clock and kernel are the test. */
class Bench {
  now = 1000;
  posted: (Message & { envelope: Envelope })[] = [];
  broken = false;
  readonly link = new Link(
    (message) => {
      if (this.broken) throw new Error("no comm");
      this.posted.push(message);
    },
    () => this.now,
  );

  /** Let seconds pass, with the kernel's beats or without. */
  pass(milliseconds: number, beat: object | null = ALIVE): this {
    const end = this.now + milliseconds;
    while (this.now < end) {
      this.now += 500;
      if (beat && this.now % 2000 === 0) this.link.hear(beat);
      if (this.now % 1000 === 0) this.link.tick();
    }
    return this;
  }

  /** Be the kernel: acknowledge what was posted up to this one. */
  take(index: number): void {
    const { sender, number } = this.posted[index]!.envelope;
    this.link.hear({ type: "taken", numbers: { [sender]: number } });
  }

  get values(): unknown[] {
    return this.posted.map((message) => ("value" in message ? message.value : message.type));
  }
}

const live = () => {
  const bench = new Bench();
  bench.link.hear(ALIVE);
  return bench;
};

describe("the phases of a link", () => {
  it("starts calm, and lives with the first sign of life", () => {
    const bench = new Bench();
    expect(bench.link.phase).toBe("starting");
    bench.link.hear();
    expect(bench.link.phase).toBe("live");
  });

  it("is a saved result when nothing is ever heard", () => {
    const bench = new Bench().pass(SILENCE_MILLISECONDS, null);
    expect(bench.link.phase).toBe("starting");
    expect(bench.pass(500, null).link.phase).toBe("saved");
  });

  it("comes to life from a saved result when a slow kernel begins", () => {
    const bench = new Bench().pass(60_000, null);
    bench.link.hear(ALIVE);
    expect(bench.link.phase).toBe("live");
  });

  it("is silent, not saved, when a kernel that was heard is heard no more", () => {
    const bench = live().pass(SILENCE_MILLISECONDS, null);
    expect(bench.link.phase).toBe("live");
    expect(bench.pass(500, null).link.phase).toBe("silent");
    bench.link.hear(ALIVE);
    expect(bench.link.phase).toBe("live");
  });

  it("knows a busy kernel from its beats", () => {
    const bench = live().pass(4000, { type: "alive", busy: true });
    expect(bench.link.view().busy).toBe(true);
    expect(bench.pass(4000).link.view().busy).toBe(false);
  });

  it("bears what it does not know", () => {
    const bench = live();
    bench.link.send(edit(18));
    for (const content of [
      null,
      7,
      "alive",
      [],
      {},
      { type: "later" },
      { type: "taken" },
      { type: "taken", numbers: null },
    ]) {
      bench.link.hear(content);
    }
    expect(bench.link.owes).toBe(true);
  });
});

describe("what is sent", () => {
  it("goes out at once, numbered from 1, under one name", () => {
    const bench = live();
    for (const value of [11, 12]) bench.link.send(edit(value));
    const [first, second] = bench.posted.map(({ envelope }) => envelope);
    expect([first!.number, second!.number]).toEqual([1, 2]);
    expect([first!.oldest, second!.oldest]).toEqual([1, 1]);
    expect(first!.sender).toBe(second!.sender);
    expect(Object.keys(first!).sort()).toEqual(["number", "oldest", "sender"]);
    expect(first!.sender.length).toBeGreaterThan(5);
    const longest = invalid["is no sender"].map(({ sender }) => String(sender).length);
    expect(first!.sender.length).toBeLessThan(Math.max(...longest));
  });

  it("is forgotten when it is taken", () => {
    const bench = live();
    bench.link.send(edit(18));
    bench.take(0);
    expect(bench.link.owes).toBe(false);
    bench.pass(20_000);
    expect(bench.values).toEqual([18]);
  });

  it("is sent again with the same number when nobody has taken it in time", () => {
    const bench = live();
    bench.link.send({ type: "run" });
    bench.pass(PATIENCE_MILLISECONDS + 1000);
    expect(bench.values).toEqual(["run", "run"]);
    expect(bench.posted[1]).toEqual(bench.posted[0]);
    bench.take(1);
    bench.pass(20_000);
    expect(bench.posted).toHaveLength(2);
  });

  it("is sent again in the order in which it was asked for", () => {
    const bench = live();
    const all: Message[] = [edit(11), { type: "undo" }, edit(12), edit(5, "settings.seed")];
    for (const message of all) bench.link.send(message);
    bench.pass(3000);
    expect(bench.values).toEqual([11, "undo", 12, 5, 11, "undo", 12, 5]);
    expect(bench.posted.map(({ envelope }) => envelope.number)).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
  });

  it("is only the latest value of a drag when it is sent again, and says that the others are given up", () => {
    const bench = live();
    bench.link.send({ type: "run" });
    for (const value of [11, 12, 13]) bench.link.send(edit(value));
    bench.take(0);
    bench.pass(3000);
    expect(bench.values).toEqual(["run", 11, 12, 13, 13]);
    expect(bench.posted.at(-1)!.envelope).toMatchObject({ number: 4, oldest: 4 });
  });

  it("goes on being sent, seldom, and is never given up", () => {
    const bench = live();
    bench.link.send(edit(18));
    bench.pass(60_000);
    const before = bench.posted.length;
    expect(before).toBeGreaterThan(5);
    expect(before).toBeLessThan(15);
    bench.pass(FAILURE_MILLISECONDS + 1000);
    expect(bench.posted.length).toBe(before + 1);
  });

  it("is kept when the page cannot send", () => {
    const bench = live();
    bench.broken = true;
    bench.link.send(edit(18));
    bench.broken = false;
    bench.pass(3000);
    expect(bench.values).toEqual([18]);
  });

  it("is taken for another view's own by nobody", () => {
    const [one, other] = [live(), live()];
    one.link.send(edit(18));
    other.link.send(edit(18));
    other.take(0);
    one.link.hear({ type: "taken", numbers: { [other.posted[0]!.envelope.sender]: 1 } });
    expect(one.link.owes).toBe(true);
  });

  it("is nothing where the result is a saved one", () => {
    const bench = new Bench().pass(6000, null);
    bench.link.send(edit(18));
    expect(bench.posted).toEqual([]);
    expect(bench.link.owes).toBe(false);
  });
});

describe("what waits", () => {
  it("is said after two seconds, in words", () => {
    const bench = live();
    bench.link.send(edit(18));
    bench.link.send({ type: "move_job", job: 7, to: "up" });
    bench.link.send({ type: "edit", path: "encounters[0].rest", value: null });
    expect(bench.link.view().waiting).toEqual([]);
    bench.pass(2000);
    expect(bench.link.view().waiting).toEqual(["armor class 18", "move job", "rest none"]);
  });

  it("is one change for all values of a drag", () => {
    const bench = live();
    for (const value of [11, 12, 13]) bench.link.send(edit(value));
    bench.pass(2000);
    expect(bench.link.view().waiting).toEqual(["armor class 13"]);
  });

  it("fails after ten seconds with a kernel that has nothing else to do", () => {
    const bench = live();
    bench.link.send(edit(18));
    expect(bench.pass(FAILURE_MILLISECONDS).link.view().failing).toBe(false);
    expect(bench.pass(1000).link.view().failing).toBe(true);
  });

  it("does not fail for having waited for a kernel that was not heard, and is sent again once it is", () => {
    const bench = live();
    bench.link.send(edit(18));
    bench.pass(60_000, null);
    expect(bench.link.view()).toMatchObject({ phase: "silent", waiting: ["armor class 18"] });
    const before = bench.posted.length;
    bench.link.hear(ALIVE);
    expect(bench.link.view()).toMatchObject({
      phase: "live",
      failing: false,
      waiting: ["armor class 18"],
    });
    expect(bench.pass(1000).posted.length).toBe(before + 1);
    expect(bench.pass(FAILURE_MILLISECONDS - 1000).link.view().failing).toBe(false);
    expect(bench.pass(1000).link.view().failing).toBe(true);
  });

  it("does not fail while the kernel is busy with a cell", () => {
    const bench = live();
    bench.link.send(edit(18));
    bench.pass(60_000, { type: "alive", busy: true });
    expect(bench.link.view()).toMatchObject({
      phase: "live",
      busy: true,
      failing: false,
      waiting: ["armor class 18"],
    });
  });
});
