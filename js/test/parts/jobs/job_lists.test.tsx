import { describe, expect, it, vi } from "vitest";
import { Jobs } from "../../../src/parts/jobs/job_lists.js";
import type { JobView } from "../../../src/protocol/jobs.js";
import { job } from "../../fixtures.js";
import { all, buttons, click, draw, one, words } from "../../page.js";

const NOW = Date.parse("2026-01-02T03:14:05+00:00");
const waiting = (...ids: number[]): JobView[] =>
  ids.map((id) => ({
    ...job("queued"),
    id,
    scenario: `Fight ${id}`,
    priority: id % 2 ? "screen" : "scripted",
  }));

const lists = (queue: JobView[], history: JobView[] = [], open = true, length = queue.length) => {
  const send = vi.fn();
  const state = { job: job("running"), queue, queue_length: length, history };
  return { el: draw(<Jobs state={state} send={send} now={NOW} open={open} />), send };
};
const label = (el: Element, name: string) => one(el, `[aria-label="${name}"]`);

describe("the jobs", () => {
  it("are one line until somebody wants to see more", () => {
    const { el } = lists(waiting(1, 2), [job("completed")], false);
    expect(all(el, "li")).toEqual([]);
    click(el, /2 waiting/);
    expect(all(el, "ol li").map((item) => item.dataset.job)).toEqual(["1", "2"]);
    expect(one(el, "[data-opens=queue]").getAttribute("aria-expanded")).toBe("true");
    click(el, /1 finished/);
    expect(all(el, "ul li")).toHaveLength(1);
    click(el, /2 waiting/);
    expect(all(el, "ol li")).toEqual([]);
  });

  it("offer no lists while there is nothing in them", () => {
    expect(buttons(lists([]).el)).toEqual(["Cancel"]);
  });

  it("say who asked for each, how many runs it has, and how many are not listed", () => {
    const { el } = lists(waiting(1, 2), [], true, 60);
    expect(all(el, "ol li").map(words)[0]).toMatch(/Fight 1.*1,005 runs.*from the screen/);
    expect(all(el, "ol li").map(words)[1]).toContain("from a script");
    expect(words(el)).toContain("and 58 more");
  });

  it("are moved, played next and removed", () => {
    const { el, send } = lists(waiting(1, 2, 3));
    label(el, "Play next: Fight 3, 3").click();
    label(el, "Move up: Fight 2, 2").click();
    label(el, "Move down: Fight 2, 2").click();
    label(el, "Remove: Fight 1, 1").click();
    expect(send.mock.calls.flat()).toEqual([
      { type: "move_job", job: 3, to: "next" },
      { type: "move_job", job: 2, to: "up" },
      { type: "move_job", job: 2, to: "down" },
      { type: "cancel", job: 1 },
    ]);
  });

  it("cannot be moved beyond an end, and keep the focus there", () => {
    const { el, send } = lists(waiting(1, 2));
    for (const name of ["Play next: Fight 1, 1", "Move up: Fight 1, 1", "Move down: Fight 2, 2"]) {
      expect(label(el, name).getAttribute("aria-disabled")).toBe("true");
      expect(label(el, name).hasAttribute("disabled")).toBe(false);
      label(el, name).click();
    }
    expect(send).not.toHaveBeenCalled();
  });

  it("hand the focus on when one is removed", () => {
    const { el } = lists(waiting(1, 2));
    label(el, "Remove: Fight 1, 1").click();
    expect(document.activeElement).toBe(label(el, "Remove: Fight 2, 2"));
    const { el: alone } = lists(waiting(1));
    label(alone, "Remove: Fight 1, 1").click();
    expect(document.activeElement).toBe(one(alone, "[data-opens=queue]"));
  });

  it("tell what became of the last ones, without an alert for each", () => {
    const { el, send } = lists(
      [],
      [job("unsaved"), { ...job("failed"), id: 6 }, job("completed"), job("cancelled")],
    );
    expect(all(el, "ul li").map((item) => words(one(item, "b")))).toEqual([
      "Failed",
      "Failed",
      "Stored",
      "Cancelled",
    ]);
    expect(all(el, '[role="alert"]')).toEqual([]);
    expect(words(all(el, "ul li")[2]!)).toContain("10 min ago");
    click(all(el, "ul li")[0]!, "Save again");
    click(all(el, "ul li")[1]!, "Run again");
    click(el, "Clear finished");
    expect(send.mock.calls.flat()).toEqual([
      { type: "save_again", job: 7 },
      { type: "run_again", job: 6 },
      { type: "clear_finished" },
    ]);
    expect(all(el, "img, script")).toEqual([]);
  });
});
