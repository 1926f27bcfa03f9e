import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import messages from "../../tests/fixtures/protocol/messages.json";
import { Dashboard } from "./dashboard.js";
import { emptyBench, job, preview, replay, scenario, slots, state, strip } from "./fixtures.js";
import { all, buttons, click, one, press, tell, type, words } from "./page.js";

beforeEach(() => {
  document.body.replaceChildren();
  vi.useFakeTimers({ now: Date.parse("2026-01-02T03:14:05+00:00") });
});
afterEach(() => {
  vi.useRealTimers();
});

const ARMOR = "encounters[0].monsters[1].armor_class";
const armor = (board: Dashboard) => one<HTMLInputElement>(board.el, `input[data-path="${ARMOR}"]`);
const card = (board: Dashboard, slot: number) => one(board.el, `[data-slot="${slot}"]`);
const timeline = (board: Dashboard, name: string) =>
  words(one(board.el, `[data-quintile="${name}"]`));
const alerts = (board: Dashboard) => all(board.el, '[role="alert"]').map(words);

describe("the dashboard", () => {
  it("shows five timelines of the slot that the kernel names", async () => {
    const board = await Dashboard.show();
    expect(all(board.el, "[data-quintile]")).toHaveLength(5);
    expect(timeline(board, "Disaster")).toContain("0 of 4 standing");
    expect(words(one(board.el, '[aria-label="Five timelines"]'))).toContain(
      "not exactly the scenario above",
    );
  });

  it("has a status that is read out, and no alert while all is well", async () => {
    const board = await Dashboard.show();
    expect(all(board.el, '[role="status"]')).toHaveLength(1);
    expect(alerts(board)).toEqual([]);
  });

  it("sends nothing of its own accord", async () => {
    const board = await Dashboard.show();
    board.pass(10_000);
    board.update({ job: job("running"), queue_length: 1 });
    expect(board.model.sent).toEqual([]);
  });

  it("sends exactly one message for a number that is typed", async () => {
    const board = await Dashboard.show();
    tell(armor(board), "focus");
    type(armor(board), "17");
    tell(armor(board), "blur");
    board.pass(5000);
    expect(board.model.sent).toEqual([messages.edit_armor_class]);
  });

  it("sends nothing for a number that cannot be", async () => {
    const board = await Dashboard.show();
    for (const typed of ["", "101", "-1", "1.5"]) type(armor(board), typed);
    expect(board.model.sent).toEqual([]);
  });

  it("asks to run, to cancel and to show by another mode", async () => {
    const board = await Dashboard.show(state({ job: job("running") }));
    click(board.el, /^Run/);
    click(board.el, "Cancel");
    click(board.el, "Most similar");
    expect(board.model.sent).toEqual([messages.run, messages.cancel, messages.most_similar]);
  });

  it("shows the slot that is clicked at once, and asks the kernel for it", async () => {
    const board = await Dashboard.show();
    click(card(board, 0), "Show this slot");
    expect(board.model.sent).toEqual([messages.slot_0]);
    expect(timeline(board, "Disaster")).toContain("4 of 4 standing");
    expect(buttons(card(board, 0))).toEqual(["Shown below", "Pin", "Edit this"]);
    board.update({ shown_slot: 0, display_mode: "let_user_choose" });
    board.pass(2000);
    expect(timeline(board, "Disaster")).toContain("4 of 4 standing");
  });

  it("follows the kernel again once a click has been answered", async () => {
    const board = await Dashboard.show();
    click(card(board, 0), "Show this slot");
    board.update({ shown_slot: 0, display_mode: "let_user_choose" });
    board.pass(2000);
    board.update({ shown_slot: 1, display_mode: "newest" });
    expect(buttons(card(board, 1))).toEqual(["Shown below", "Pin", "Edit this"]);
  });

  it("shows a job's way from waiting to stored", async () => {
    const board = await Dashboard.show(emptyBench());
    const read = () => words(one(board.el, '[role="status"]'));
    expect(all(board.el, "[data-quintile]")).toEqual([]);
    for (const [name, title] of [
      ["queued", "Waiting"],
      ["running", "Simulating"],
      ["storing", "Storing"],
    ] as const) {
      board.update({ job: job(name) });
      expect(read()).toBe(title);
    }
    board.update({ job: job("completed"), slots: slots("one"), shown_slot: 0 });
    expect(read()).toBe("Stored");
    expect(all(board.el, "[data-quintile]")).toHaveLength(5);
  });

  it("shows a preview in place of the slots, and compares it", async () => {
    const board = await Dashboard.show(state({ preview: preview("compared") }));
    const region = words(one(board.el, '[aria-label="Five timelines"]'));
    expect(region).toContain("not stored yet");
    expect(region).toContain("4.1 points easier than slot 1");
    expect(all(board.el, '[data-slot] [aria-pressed="true"]')).toEqual([]);
    board.update({ preview: null });
    expect(words(board.el)).not.toContain("not stored yet");
  });

  it("tells an error until it is dismissed", async () => {
    const board = await Dashboard.show(
      state({ error: "scenario: 67 combatants are more than 60" }),
    );
    expect(alerts(board)[0]).toContain("67 combatants are more than 60");
    click(board.el, "Dismiss");
    expect(board.model.sent).toEqual([messages.dismiss]);
    board.update({ error: "" });
    expect(alerts(board)).toEqual([]);
  });

  it("alerts to a failed job and to a damaged slot, and still shows the other slot", async () => {
    const board = await Dashboard.show(state({ job: job("failed"), slots: slots("damaged") }));
    expect(alerts(board)).toHaveLength(2);
    expect(all(board.el, "[data-quintile]")).toHaveLength(5);
    board.update({ shown_slot: 0 });
    expect(words(board.el)).toContain("This slot cannot be shown");
  });

  it("replays the run of a timeline, and gives the focus back when it is closed", async () => {
    const board = await Dashboard.show();
    const opener = one(board.el, '[data-quintile="Struggle"] .ds-replay-button');
    act(() => opener.focus());
    act(() => opener.click());
    const run = slots("both")[1]!.analysis!.quintiles[1]!.run;
    expect(board.model.sent).toEqual([{ type: "select_run", run }]);
    board.update({ selected_run: run, replay: { ...replay("told"), run } });
    expect(opener.getAttribute("aria-pressed")).toBe("true");
    expect(document.activeElement).toBe(one(board.el, ".ds-time"));
    press(one(board.el, ".ds-time"), "Escape");
    expect(board.model.sent.at(-1)).toEqual(messages.select_None);
    expect(document.activeElement).toBe(opener);
    board.update({ selected_run: null, replay: null });
    expect(all(board.el, ".ds-replay")).toEqual([]);
  });

  it("leaves the focus alone when a run is selected from Python", async () => {
    const board = await Dashboard.show();
    act(() => armor(board).focus());
    board.update({ selected_run: 0, replay: replay("told") });
    expect(all(board.el, ".ds-replay")).toHaveLength(1);
    expect(document.activeElement).toBe(armor(board));
  });

  it("shows the strip of the slot that is clicked at once, and never one of another generation", async () => {
    const board = await Dashboard.show();
    const label = () =>
      all(board.el, '[role="slider"]').map((strip) => strip.getAttribute("aria-label"));
    expect(label()).toEqual(["slot 1: 1,005 runs, worst to best"]);
    click(card(board, 0), "Show this slot");
    expect(label()).toEqual(["slot 0: 1,005 runs, worst to best"]);
    board.update({ slot_strips: [{ ...strip("usual"), generation: 6 }, strip("harder")] });
    expect(label()).toEqual([]);
  });

  it("names every control", async () => {
    const board = await Dashboard.show(state({ job: job("running"), error: "an error" }));
    for (const control of all(board.el, "input, button, [role='progressbar'], [role='img']")) {
      expect(control.getAttribute("aria-label") || words(control)).toBeTruthy();
    }
  });

  it("shows what is hostile as it is written, wherever it stands", async () => {
    const board = await Dashboard.show(
      state({
        scenario_view: scenario("hostile"),
        job: job("failed"),
        slots: slots("hostile"),
        error: "<img src=x onerror=alert(1)> is no number",
      }),
    );
    for (const shown_slot of [0, 1]) {
      board.update({ shown_slot });
      expect(all(board.el, "img, script, iframe, [onerror], [onfocus], [onload]")).toEqual([]);
      expect(board.el.textContent!.split("<img src=x onerror=alert(1)>").length).toBeGreaterThan(5);
    }
  });
});
