import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Replay } from "../../../src/parts/replay/replay.js";
import { asText } from "../../../src/parts/replay/replay_steps.js";
import type { PartingView, ReplayView } from "../../../src/protocol/replay.js";
import { parting, replay } from "../../fixtures.js";
import { all, click, draw, one, press, type, words } from "../../page.js";

const RUN = replay("told");
const LAST = RUN.rows.length;

function shown(
  view: ReplayView | null = RUN,
  selected = 0,
  wanted = false,
  parting: PartingView | null = null,
) {
  const [close, turn] = [vi.fn(), vi.fn()];
  const el = draw(
    <Replay
      replay={view}
      parting={parting}
      selected={selected}
      turn={turn}
      close={close}
      wanted={wanted}
    />,
  );
  return { el, close, turn, time: () => one<HTMLInputElement>(el, ".ds-time") };
}
const step = (el: Element) => Number(one<HTMLInputElement>(el, ".ds-time").value);
const now = (el: Element) => words(one(el, ".ds-now"));
const button = (el: Element, label: string) =>
  act(() => one(el, `[aria-label="${label}"]`).click());

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a replay", () => {
  it("says which run of which data set it tells, and how it ended", () => {
    expect(words(one(shown().el, ".ds-caption"))).toContain(
      "Run 0won in 8 rounds, 1 standingin memory: <img src=x",
    );
  });

  it("steps from event to event, in words", () => {
    const { el } = shown();
    expect(now(el)).toBe("Encounter 1, initiative Before the first event");
    button(el, "An event on");
    expect([step(el), now(el)]).toEqual([1, `Encounter 1, initiative ${RUN.words[0]}`]);
    button(el, "A round on");
    button(el, "A round on");
    expect(now(el)).toBe(`Encounter 1, round 1 ${RUN.words[step(el) - 1]}`);
    button(el, "A round back");
    button(el, "An event back");
    expect(step(el)).toBe(4);
    button(el, "To the end");
    expect(step(el)).toBe(LAST);
    button(el, "To the start");
    expect(step(el)).toBe(0);
  });

  it("goes to the next one who goes down, until nobody does", () => {
    const { el } = shown();
    const next = () =>
      all(el, "button").find((found) => words(found) === "Next down") as HTMLElement;
    const found: string[] = [];
    while (next().getAttribute("aria-disabled") !== "true") {
      click(el, "Next down");
      found.push(RUN.words[step(el) - 1]!);
    }
    expect(found).toEqual(RUN.words.filter((said) => said.endsWith("goes down")));
  });

  it("is worked by the keyboard alone", () => {
    const { el, close, time } = shown();
    press(time(), "ArrowRight");
    expect(step(el)).toBe(1);
    press(time(), "ArrowRight", { shiftKey: true });
    expect(step(el)).toBe(5);
    press(time(), "End");
    expect(step(el)).toBe(LAST);
    press(time(), "Home");
    press(time(), " ");
    expect(all(el, "button").map(words)).toContain("Pause");
    press(time(), " ");
    press(time(), "Escape");
    expect(close).toHaveBeenCalledOnce();
  });

  it("leaves the keys of its own controls to them", () => {
    const { el } = shown();
    press(one(el, "select"), "ArrowRight");
    press(one(el, ".ds-play"), " ");
    expect([step(el), all(el, "button").map(words).includes("Play")]).toEqual([0, true]);
  });

  it("plays at the speed that is chosen, to the end, and stays there", () => {
    const { el } = shown();
    click(el, "Play");
    act(() => void vi.advanceTimersByTime(1000));
    expect(step(el)).toBe(3);
    act(() => {
      one<HTMLSelectElement>(el, "select").value = "fast";
      one(el, "select").dispatchEvent(new Event("change", { bubbles: true }));
    });
    act(() => void vi.advanceTimersByTime(60_000));
    expect(step(el)).toBe(LAST);
    expect(all(el, "button").map(words)).toContain("Play");
    click(el, "Play");
    expect(step(el)).toBe(0);
  });

  it("begins another run at its start, and plays it only when asked to", () => {
    const el = draw(
      <Replay parting={null} turn={vi.fn()} replay={RUN} selected={0} wanted={false} />,
    );
    click(el, "Play");
    act(() => void vi.advanceTimersByTime(2000));
    expect(step(el)).toBe(6);
    act(() =>
      render(
        <Replay
          parting={null}
          turn={vi.fn()}
          replay={{ ...RUN, run: 1 }}
          selected={1}
          wanted={false}
        />,
        el,
      ),
    );
    act(() => void vi.advanceTimersByTime(2000));
    expect([step(el), all(el, "button").map(words).includes("Play")]).toEqual([0, true]);
  });

  it("reads out each event, but not while it plays", () => {
    const { el } = shown();
    expect(one(el, ".ds-now").getAttribute("aria-live")).toBe("polite");
    click(el, "Play");
    expect(one(el, ".ds-now").getAttribute("aria-live")).toBe("off");
  });

  it("shows everybody of the encounter at every moment", () => {
    const { el, time } = shown();
    const people = () => all(el, ".ds-who").map(words);
    expect(people().at(-1)).toBe("Goblin 27 / 7");
    type(time(), String(RUN.words.findIndex((said) => said.startsWith("Cleric, Bless")) + 1));
    expect(people()[0]).toContain("14 / 20Bless");
    expect(people()[1]).toContain("acts17 / 17");
    expect(people()[2]).toContain("down0 / 10");
    type(time(), String(LAST));
    expect(people()).toEqual([
      "<img src=x onerror=alert(1)>acts13 / 20Roar",
      "Clericstable0 / 17",
      "Roguedead0 / 10",
      "Ogretarget, dead0 / 30",
    ]);
  });

  it("tells the whole run, round by round, and marks where it is", () => {
    const { el, time } = shown();
    act(() => void vi.advanceTimersByTime(1000));
    expect(all(el, ".ds-events li").map(words)).toEqual(
      RUN.words.map((said) => said.replace(/\s+/g, " ")),
    );
    type(time(), "7");
    expect(words(one(el, '[aria-current="step"]'))).toBe(RUN.words[6]);
    click(el, "Encounter 2, initiative");
    expect(words(one(el, '[aria-current="step"]'))).toBe(
      "Cleric, Hit Dice: Cleric regains 9 (9 left)",
    );
    expect(all(el, ".ds-later")).toHaveLength(LAST - step(el));
  });

  it("shows what is hostile as it is written", () => {
    const { el, time } = shown();
    type(time(), String(LAST));
    expect(all(el, "img, script")).toEqual([]);
    expect(el.textContent).toContain("<img src=x onerror=alert(1)>");
  });

  it("is copied as the kernel prints it", async () => {
    const writeText = vi.fn(async () => {});
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    const { el } = shown();
    await act(async () => click(el, "Copy as text"));
    expect(writeText).toHaveBeenCalledExactlyOnceWith(asText(RUN));
    expect(words(el)).toContain("Copied");
  });

  it("is shown to be copied by hand where the page may not write to the clipboard", async () => {
    vi.stubGlobal("navigator", {});
    const { el } = shown();
    await act(async () => click(el, "Copy as text"));
    expect(one<HTMLTextAreaElement>(el, "textarea").value).toBe(asText(RUN));
  });

  it("waits for the run that is selected, and shows no other one meanwhile", () => {
    for (const view of [null, { ...RUN, run: 3 }]) {
      const { el } = shown(view, 0);
      expect(words(el)).toContain("Reading the run");
      expect(one(el, ".ds-replay").getAttribute("aria-busy")).toBe("true");
      expect(all(el, "li")).toEqual([]);
    }
  });

  it("says what it waits for when the engine has to be prepared", () => {
    const { el } = shown({ ...RUN, pending: true, note: "The engine is being prepared." });
    expect(words(one(el, '[role="status"]'))).toBe("The engine is being prepared.");
  });

  it("says in words why a run cannot be told, and can still be closed", () => {
    const { el, close } = shown(replay("missing"), 1005);
    expect(words(one(el, '[role="alert"]'))).toBe(
      "This run cannot be told. there is no run 1005; runs are numbered 0 to 0",
    );
    button(el, "Close the replay");
    expect(close).toHaveBeenCalledOnce();
  });

  it("says so when there is no result yet", () => {
    const { el } = shown(replay("early"), 3);
    expect(words(one(el, '[role="alert"]'))).toContain("there is no result yet");
  });

  it("says so when it is played again, or too long to be told", () => {
    const { el } = shown({ ...RUN, note: "It was played again.", events: 20_412 });
    expect(words(el)).toContain("It was played again.");
    expect(words(el)).toContain(
      `This run has 20,412 events, of which the first ${LAST} are told here`,
    );
  });

  it("takes the focus when the browser asked for it, and else leaves it where it is", () => {
    const { el } = shown(RUN, 0, true);
    expect(document.activeElement).toBe(one(el, ".ds-time"));
    act(() => (document.activeElement as HTMLElement).blur());
    act(() =>
      render(
        <Replay
          parting={null}
          turn={vi.fn()}
          replay={{ ...RUN, place: "preview" }}
          selected={0}
          wanted
        />,
        el,
      ),
    );
    expect(document.activeElement).toBe(document.body);
    draw(<button type="button">elsewhere</button>);
    shown(RUN, 0, false);
    expect(document.activeElement).toBe(document.body);
  });
});

describe("where two runs part", () => {
  const parts = (name: Parameters<typeof parting>[0], replay: ReplayView = RUN) =>
    shown({ ...replay, runs: 105 }, 0, false, parting(name));
  const box = (el: Element) => one(el, ".ds-parting");

  it("is said with the first event that differs, both sides in words, and how each ends", () => {
    const { el } = parts("parted");
    const { at, here, there } = parting("parted");
    expect(words(box(el))).toContain(
      `Parts from in memory at event ${at! + 1}, encounter 1, round 1. 3 of 105 runs part.`,
    );
    const [mine, its] = all(el, ".ds-parted > section") as [HTMLElement, HTMLElement];
    expect(all(mine, "li").map((li) => li.textContent)).toEqual(here);
    expect(all(its, "li").map((li) => li.textContent)).toEqual(there);
    expect(here[0]).toBe(RUN.words[at!]);
    expect(here[0]).not.toBe(there[0]);
    for (const side of [mine, its]) expect(words(side)).toContain("won in 8 rounds, 1 standing");
    expect(one<HTMLOListElement>(mine, "ol").start).toBe(at! + 1);
  });

  it("is gone to, and is the event told last then", () => {
    const { el } = parts("parted");
    click(el, "Go there");
    expect(step(el)).toBe(parting("parted").at! + 1);
    expect(words(one(el, '[aria-current="step"]'))).toBe(words(all(el, ".ds-parted li")[0]!));
  });

  it("leads to the first and to the next run that parts", () => {
    const { el, turn } = parts("parted");
    click(el, "First run that parts");
    expect(turn).not.toHaveBeenCalled(); // it is this one
    click(el, "Next run that parts");
    expect(turn.mock.calls).toEqual([[17]]);
    const last = parts("last");
    click(last.el, "Next run that parts");
    expect(last.turn).not.toHaveBeenCalled();
  });

  it("leads nowhere until it is known which runs part", () => {
    const { el, turn } = parts("looking");
    expect(words(box(el))).toContain("Looking at the other runs");
    for (const label of ["First run that parts", "Next run that parts"]) click(el, label);
    expect(turn).not.toHaveBeenCalled();
  });

  it("is not of a run that goes the same, which says so and leads to one that does not", () => {
    const { el, turn } = parts("same");
    expect(words(box(el))).toContain(
      "Goes the same in in memory, event by event. 2 of 105 runs part.",
    );
    expect(all(el, ".ds-parted")).toEqual([]);
    click(el, "First run that parts");
    expect(turn.mock.calls).toEqual([[17]]);
    expect(words(box(parts("never").el))).toContain("No run parts.");
  });

  it("says when nothing more happens on one side, and does not go where the run is not told", () => {
    const late = { ...parting("parted"), at: LAST + 5, here: [] };
    const { el } = shown(RUN, 0, false, late);
    expect(words(all(el, ".ds-parted > section")[0]!)).toContain("Nothing more happens.");
    click(el, "Go there");
    expect(step(el)).toBe(0);
  });

  it("is not shown of another run than the one that is told", () => {
    const { el } = shown(RUN, 0, false, { ...parting("parted"), run: 3 });
    expect(all(el, ".ds-parting")).toEqual([]);
  });
});
