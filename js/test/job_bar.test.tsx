import { describe, expect, it, vi } from "vitest";
import { JobBar } from "../src/job_bar.js";
import type { JobView } from "../src/protocol/jobs.js";
import { job } from "./fixtures.js";
import { all, buttons, click, draw, one, words } from "./page.js";

const bar = (shown: JobView | null, waiting = 0) => {
  const cancel = vi.fn();
  const saveAgain = vi.fn();
  const el = draw(<JobBar job={shown} waiting={waiting} cancel={cancel} saveAgain={saveAgain} />);
  return { el, cancel, saveAgain };
};

describe("the job bar", () => {
  it("says what to do where nothing has been played yet", () => {
    const { el } = bar(null);
    expect(words(one(el, '[role="status"]'))).toContain("Press Run");
    expect(buttons(el)).toEqual([]);
  });

  it("offers to save what could not be stored, and only that", () => {
    const { el, saveAgain } = bar(job("unsaved"));
    expect(words(el)).toContain("still in memory");
    click(el, "Save again");
    expect(saveAgain).toHaveBeenCalledOnce();
    expect(buttons(bar(job("failed")).el)).toEqual([]);
  });

  it.each([
    ["queued", "Waiting"],
    ["preparing", "Preparing the engine"],
    ["running", "Simulating"],
    ["storing", "Storing"],
    ["completed", "Stored"],
    ["cancelled", "Cancelled"],
    ["failed", "Failed"],
  ] as const)("calls a job that is %s: %s", (name, title) => {
    expect(words(one(bar(job(name)).el, '[role="status"]'))).toBe(title);
  });

  it("shows percent, runs, round and time left of a running job", () => {
    const { el } = bar(job("running"), 2);
    const read = words(el);
    for (const part of ["40 %", "402 of 1,005 runs", "round 6", "13 s left", "2 waiting"]) expect(read).toContain(part);
    const progress = one(el, '[role="progressbar"]');
    expect(progress.getAttribute("aria-valuenow")).toBe("40");
    expect(progress.getAttribute("aria-label")).toContain("Ogre at the bridge");
  });

  it("says that the engine is prepared once, and does not pretend to know how far it is", () => {
    const { el } = bar(job("preparing"));
    expect(words(el)).toContain("once on this machine");
    expect(one(el, '[role="progressbar"]').hasAttribute("aria-valuenow")).toBe(false);
  });

  it.each(["queued", "preparing", "running", "storing"] as const)("can be cancelled while %s", (name) => {
    const { el, cancel } = bar(job(name));
    click(el, "Cancel");
    expect(cancel).toHaveBeenCalledOnce();
  });

  it.each(["completed", "cancelled", "failed"] as const)("has nothing to cancel and no bar once %s", (name) => {
    const { el } = bar(job(name));
    expect(buttons(el)).toEqual([]);
    expect(all(el, '[role="progressbar"]')).toEqual([]);
  });

  it("tells at once why a job failed, as it is written", () => {
    const { el } = bar(job("unsaved"));
    expect(words(one(el, '[role="alert"]'))).toBe(
      "/<img src=x onerror=alert(1)> cannot be written: No space left on device",
    );
    expect(all(el, "img, script")).toEqual([]);
  });
});
