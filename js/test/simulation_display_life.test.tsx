import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SILENCE_MILLISECONDS } from "../src/kit.js";
import { Dashboard } from "./dashboard.js";
import { FakeModel } from "./fake_model.js";
import { job, state } from "./fixtures.js";
import { all, click, one, words } from "./page.js";

beforeEach(() => {
  document.body.replaceChildren();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const BEAT_MILLISECONDS = 2000;
const lost = (board: Dashboard) =>
  all(board.el, '[role="alert"]').some((alert) => words(alert).startsWith("Disconnected."));

describe("the life of a dashboard", () => {
  it("goes on for as long as the kernel's heart beats", async () => {
    const board = await Dashboard.show();
    for (let beats = 0; beats < 30; beats++) {
      board.pass(BEAT_MILLISECONDS);
      board.model.say({ type: "alive" });
      expect(lost(board)).toBe(false);
    }
  });

  it("says that it is disconnected when the beat stops, and takes that back when it comes again", async () => {
    const board = await Dashboard.show();
    board.model.say({ type: "alive" });
    board.pass(SILENCE_MILLISECONDS - 1000);
    expect(lost(board)).toBe(false);
    board.pass(2500);
    expect(lost(board)).toBe(true);
    board.model.say({ type: "alive" });
    board.pass(1100);
    expect(lost(board)).toBe(false);
  });

  it("takes an update for a sign of life too", async () => {
    const board = await Dashboard.show();
    for (let second = 0; second < 10; second++) {
      board.update({ queue_length: second });
      board.pass(1000);
    }
    expect(lost(board)).toBe(false);
  });

  it("draws many updates of one frame once, the last one", async () => {
    const board = await Dashboard.show();
    const frames = vi.spyOn(globalThis, "requestAnimationFrame");
    for (let runs = 0; runs <= 1005; runs++) board.model.update({ job: { ...job("running"), completed_runs: runs } });
    expect(frames).toHaveBeenCalledOnce();
    board.pass(20);
    expect(words(board.el)).toContain("1,005 of 1,005 runs");
    frames.mockRestore();
  });

  it("ends with no listener, no timer and nothing on the page", async () => {
    const board = await Dashboard.show();
    expect(board.model.listenerCount).toBeGreaterThan(0);
    click(one(board.el, '[data-slot="0"]'), "Show this slot");
    board.model.update({ shown_slot: 0 });
    board.remove();
    expect(board.model.listenerCount).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(board.el.childElementCount).toBe(0);
  });

  it("ends too when only the signal says so", async () => {
    const board = await Dashboard.show();
    board.page.abort();
    expect(board.model.listenerCount).toBe(0);
    board.model.update({ job: job("running") });
    board.model.say({ type: "alive" });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("may have two views of one model, and loses one without the other", async () => {
    const model = new FakeModel(state());
    const [first, second] = [await Dashboard.show(state(), model), await Dashboard.show(state(), model)];
    first.remove();
    second.update({ job: job("running") });
    expect(words(second.el)).toContain("Simulating");
    second.remove();
    expect(model.listenerCount).toBe(0);
  });

  it("bears messages that it does not know", async () => {
    const board = await Dashboard.show();
    for (const content of [null, {}, "alive", { type: "later" }]) board.model.say(content);
    board.pass(1000);
    expect(all(board.el, "[data-quintile]")).toHaveLength(5);
  });
});
