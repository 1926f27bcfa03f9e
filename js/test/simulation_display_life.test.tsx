import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SILENCE_MILLISECONDS } from "../src/kit/link.js";
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

  it("names what a silent kernel was not told, and sends it when the kernel comes back", async () => {
    const board = await Dashboard.show();
    board.model.say({ type: "alive" });
    board.model.takes = false;
    click(board.el, /^Run/);
    board.pass(SILENCE_MILLISECONDS + 1000);
    const [alert] = all(board.el, '[role="alert"]');
    expect(words(alert!)).toContain("Your change “run” is kept here");
    expect(words(alert!)).toContain("run the cell again");
    board.model.takes = true;
    board.model.say({ type: "alive" });
    board.pass(10_000);
    expect(board.model.sent.at(-1)).toEqual({ type: "run" });
    expect(new Set(board.model.envelopes.map(({ number }) => number)).size).toBe(1);
  });

  it("says calmly that a change waits, for whom, and takes that back at once", async () => {
    const board = await Dashboard.show();
    board.model.takes = false;
    click(board.el, /^Run/);
    const beat = (more: object) => {
      board.model.say({ type: "alive", ...more });
      board.pass(3000);
    };
    beat({});
    expect(words(one(board.el, ".ds-link"))).toBe(
      "1 change is waiting for the kernel, kept and sent again: “run”.",
    );
    expect(one(board.el, ".ds-link").getAttribute("role")).toBe("status");
    beat({ busy: true });
    expect(words(one(board.el, ".ds-link"))).toBe(
      "The kernel is busy with a cell; your change waits until it ends: “run”.",
    );
    for (let beats = 0; beats < 4; beats++) beat({});
    expect(words(one(board.el, ".ds-link"))).toContain("Not taken.");
    expect(one(board.el, ".ds-link").getAttribute("role")).toBe("alert");
    const { sender, number } = board.model.envelopes[0]!;
    act(() => board.model.say({ type: "taken", numbers: { [sender]: number } }));
    expect(all(board.el, ".ds-link")).toEqual([]);
  });

  it("keeps the page while something is not taken, and lets it go then", async () => {
    const board = await Dashboard.show();
    const leave = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    expect(leave()).toBe(false);
    board.model.takes = false;
    click(board.el, /^Run/);
    expect(leave()).toBe(true);
    board.model.say({ type: "taken", numbers: { [board.model.envelopes[0]!.sender]: 1 } });
    expect(leave()).toBe(false);
    board.remove();
  });

  it("draws many updates of one frame once, the last one", async () => {
    const board = await Dashboard.show();
    const frames = vi.spyOn(globalThis, "requestAnimationFrame");
    for (let runs = 0; runs <= 1005; runs++)
      board.model.update({ job: { ...job("running"), completed_runs: runs } });
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
    const [first, second] = [
      await Dashboard.show(state(), model),
      await Dashboard.show(state(), model),
    ];
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

describe("a dashboard without a kernel", () => {
  const saved = async (given = state()) => {
    const board = await Dashboard.show(given);
    board.pass(SILENCE_MILLISECONDS + 1500);
    return board;
  };

  it("says once and quietly that it is a saved result", async () => {
    const board = await saved();
    expect(words(one(board.el, ".ds-saved-note"))).toBe(
      "Saved result, read-only: run the cell to go on.",
    );
    expect(one(board.el, ".ds-saved-note").getAttribute("role")).toBe("status");
    expect(all(board.el, '[role="alert"]')).toEqual([]);
  });

  it("says dates instead of ages", async () => {
    const board = await saved();
    expect(words(board.el)).toMatch(/\d{1,2} \w{3} \d{4}, \d\d:\d\d/);
    expect(words(board.el)).not.toMatch(/\bago\b|just now/);
  });

  it("disables every input of the scenario, also of what is unfolded later, and takes none back", async () => {
    const board = await saved();
    act(() => all(board.el, ".ds-unfold")[0]!.click());
    await vi.advanceTimersByTimeAsync(50);
    const inputs = all(board.el, ".ds-editor :is(input, select, textarea)") as HTMLInputElement[];
    expect(inputs.length).toBeGreaterThan(20);
    expect(inputs.filter((input) => !input.disabled)).toEqual([]);
    board.model.say({ type: "alive" });
    board.pass(1100);
    expect(inputs.filter((input) => input.disabled)).toEqual([]);
  });

  it("shows the other slot all the same", async () => {
    const board = await saved();
    click(one(board.el, '[data-slot="0"]'), "Show this slot");
    board.pass(2000);
    expect(words(one(board.el, '[data-slot="0"] .ds-show:not(.ds-asks)'))).toBe("Shown below");
    expect(words(one(board.el, ".ds-timelines"))).toContain("slot 0");
    expect(board.model.sent).toEqual([]);
  });

  it("offers nothing that only a kernel can do", async () => {
    const board = await saved(
      state({ job: job("running"), history: [job("failed")], selected_run: 3 }),
    );
    const local =
      /^(Show this slot|Shown below|.* finished .*|.*Actions|.*Defences.*|Swap|Clear range)$/;
    const offered = all(board.el, "button").filter(
      (button) =>
        !button.closest(".ds-asks") &&
        !(button.closest(".ds-editor") && !button.matches(".ds-unfold")),
    );
    expect(offered.map(words).filter((label) => !local.test(label))).toEqual([]);
    expect(one(board.el, ".dualslot").classList.contains("ds-saved")).toBe(true);
    expect(words(one(board.el, ".ds-job"))).toContain("Not finished when this was saved");
  });
});
