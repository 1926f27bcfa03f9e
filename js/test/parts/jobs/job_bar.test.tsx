import { describe, expect, it, vi } from "vitest";
import messages from "../../../../tests/fixtures/protocol/messages.json";
import { JobBar } from "../../../src/parts/jobs/job_bar.js";
import type { JobView } from "../../../src/protocol/jobs.js";
import { job } from "../../fixtures.js";
import { all, buttons, click, draw, one, words } from "../../page.js";

const bar = (shown: JobView | null) => {
  const send = vi.fn();
  return { el: draw(<JobBar job={shown} send={send} />), send };
};

describe("the job bar", () => {
  it("says what to do where nothing has been played yet", () => {
    const { el } = bar(null);
    expect(words(one(el, '[role="status"]'))).toContain("Press Run");
    expect(buttons(el)).toEqual([]);
  });

  it("offers to save what could not be stored, and only that", () => {
    const { el, send } = bar(job("unsaved"));
    expect(words(el)).toContain("still in memory");
    click(el, "Save again");
    expect(send.mock.calls).toEqual([[messages.save_again]]);
    expect(buttons(bar(job("unsaved")).el)).toEqual(["Save again"]);
  });

  it.each(["failed", "cancelled"] as const)("offers to play again what was %s", (name) => {
    const { el, send } = bar(job(name));
    expect(buttons(el)).toEqual(["Run again"]);
    click(el, "Run again");
    expect(send.mock.calls).toEqual([[messages.run_again]]);
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
    const { el } = bar(job("running"));
    const read = words(el);
    for (const part of ["40 %", "402 of 1,005 runs", "round 6", "4,020 runs/s", "13 s left"])
      expect(read).toContain(part);
    const progress = one(el, '[role="progressbar"]');
    expect(progress.getAttribute("aria-valuenow")).toBe("40");
    expect(progress.getAttribute("aria-label")).toContain("Ogre at the bridge");
  });

  it("says that the engine is prepared once, and does not pretend to know how far it is", () => {
    const { el } = bar(job("preparing"));
    expect(words(el)).toContain("once on this machine");
    expect(one(el, '[role="progressbar"]').hasAttribute("aria-valuenow")).toBe(false);
  });

  it.each(["queued", "preparing", "running", "storing"] as const)(
    "can be cancelled while %s",
    (name) => {
      const { el, send } = bar(job(name));
      click(el, "Cancel");
      expect(send.mock.calls).toEqual([[messages.cancel]]);
    },
  );

  it.each(["completed", "cancelled", "failed"] as const)(
    "has nothing to cancel and no bar once %s",
    (name) => {
      const { el } = bar(job(name));
      expect(buttons(el)).not.toContain("Cancel");
      expect(all(el, '[role="progressbar"]')).toEqual([]);
    },
  );

  it("says where a result went, and how long it took", () => {
    expect(words(bar(job("completed")).el)).toContain(
      "Ogre at the bridge, in slot 1, 1,005 runs in 250 ms",
    );
    const held = { ...job("completed"), seconds: null };
    expect(words(bar(held).el)).toContain("slot 1 held it already");
    expect(words(bar(job("cancelled")).el)).toContain("67 of 1,005 runs in 250 ms");
  });

  it("tells at once why a job failed, as it is written", () => {
    const { el } = bar(job("unsaved"));
    expect(words(one(el, '[role="alert"]'))).toBe(
      "/<img src=x onerror=alert(1)> cannot be written: No space left on device",
    );
    expect(all(el, "img, script")).toEqual([]);
  });
});
