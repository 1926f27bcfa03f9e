import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { RunStrip } from "../../../src/parts/timelines/run_strip.js";
import { describeRun } from "../../../src/parts/timelines/strip_shape.js";
import type { StripView } from "../../../src/protocol/results.js";
import { strip } from "../../fixtures.js";
import { all, click, draw, one, press, words } from "../../page.js";

const ALL = strip("usual");
/** As wide as ten pixels a run. */
const WIDTH = 10 * ALL.runs.length;

function shown(view: StripView = ALL, selected: number | null = null) {
  const pick = vi.fn();
  const el = draw(<RunStrip strip={view} most={[68, 101]} selected={selected} pick={pick} />);
  const slider = one(el, '[role="slider"]');
  slider.getBoundingClientRect = () => ({ left: 0, width: WIDTH }) as DOMRect;
  act(() => slider.focus());
  return { el, slider, pick };
}
/** Move the pointer over a column. */
const point = (slider: Element, type: string, column: number) => {
  const event = new MouseEvent(`pointer${type}`, {
    clientX: 10 * column + 5,
    button: 0,
    bubbles: true,
  });
  act(() => void slider.dispatchEvent(event));
};
const value = (slider: Element) => [
  slider.getAttribute("aria-valuenow"),
  slider.getAttribute("aria-valuetext"),
];

describe("the strip of all runs", () => {
  it("is a slider that says which run it is on", () => {
    const { slider } = shown();
    expect(value(slider)).toEqual(["503", describeRun(ALL, 502)]);
    expect(slider.getAttribute("aria-valuemax")).toBe("1005");
  });

  it("names its data set, its blocks, and how many runs it shows", () => {
    const { el } = shown();
    expect(words(el)).toContain("All 1,005 runsworst to best, slot 0");
    expect(words(el)).toContain("DisasterStruggleTypicalHeroicLegend");
    expect(words(shown(strip("many")).el)).toContain("1,005 of 10,050 runs, evenly spaced");
  });

  it("is walked with the keyboard, and Enter replays the run", () => {
    const { slider, el, pick } = shown();
    press(slider, "Home");
    press(slider, "ArrowRight");
    expect(value(slider)).toEqual(["2", describeRun(ALL, 1)]);
    expect(words(one(el, ".ds-strip-said"))).toBe(`${describeRun(ALL, 1)}.`);
    press(slider, "Enter");
    expect(pick).toHaveBeenCalledExactlyOnceWith(ALL.runs[1], slider);
  });

  it("keeps its keys from whoever else listens, and leaves all others alone", () => {
    const { slider, el } = shown();
    const heard = vi.fn();
    el.addEventListener("keydown", heard);
    for (const key of ["ArrowLeft", "PageUp", "Enter"]) press(slider, key);
    expect(heard).not.toHaveBeenCalled();
    for (const key of ["Tab", "a", "Escape"]) press(slider, key);
    expect(heard).toHaveBeenCalledTimes(3);
  });

  it("selects a range with Shift, tells of it, and lets it go with Escape", () => {
    const { slider, el } = shown();
    press(slider, "Home");
    press(slider, "PageUp", { shiftKey: true });
    const said = one(el, "[aria-live]");
    expect(words(said)).toContain("202 runs, ranks 1 to 202");
    press(slider, "Escape");
    expect(words(said)).toBe("");
  });

  it("selects the range that is dragged over, in either direction, and replays nothing", () => {
    const { slider, el, pick } = shown();
    point(slider, "down", 300);
    point(slider, "move", 250);
    point(slider, "move", 201);
    point(slider, "up", 201);
    expect(words(one(el, "[aria-live]"))).toContain("100 runs, ranks 202 to 301");
    expect(pick).not.toHaveBeenCalled();
    click(el, "Clear range");
    expect(all(el, ".ds-brush")).toEqual([]);
  });

  it("replays the run that is clicked", () => {
    const { slider, pick } = shown();
    point(slider, "move", 700);
    point(slider, "down", 700);
    point(slider, "up", 700);
    expect(pick).toHaveBeenCalledExactlyOnceWith(ALL.runs[700], slider);
  });

  it("reads the run under the pointer", () => {
    const { slider, el } = shown();
    point(slider, "move", 1004);
    expect(words(one(el, ".ds-strip-said"))).toBe(`${describeRun(ALL, 1004)}.`);
  });

  it("marks the run that is told, if it shows it", () => {
    expect(words(one(shown(ALL, 17).el, ".ds-chosen"))).toBe("run 17");
    const many = strip("many");
    const missing = [0, 1].find((run) => !many.runs.includes(run))!;
    expect(all(shown(many, missing).el, ".ds-chosen")).toEqual([]);
  });

  it("of three runs can be walked and read", () => {
    const { slider } = shown(strip("few"));
    press(slider, "Home");
    press(slider, "ArrowLeft");
    expect(value(slider)[0]).toBe("1");
    press(slider, "End");
    press(slider, "PageUp");
    expect(value(slider)[0]).toBe("3");
  });
});
