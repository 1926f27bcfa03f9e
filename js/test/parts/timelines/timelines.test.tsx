import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { Timelines } from "../../../src/parts/timelines/timelines.js";
import type { Analysis, SlotView } from "../../../src/protocol/results.js";
import { preview, slots } from "../../fixtures.js";
import { all, click, draw, one, words } from "../../page.js";

/** Slots of which the second is shown, with this result. */
const holding = (result: Analysis | null, problem = ""): SlotView[] => {
  const [first, second] = slots("both") as [SlotView, SlotView];
  return [
    first,
    { ...second, scenario: "Ogre", analysis: result, problem, state: problem ? "damaged" : "ok" },
  ];
};
const analysis = (name: Parameters<typeof slots>[0] = "both", slot = 1): Analysis =>
  slots(name)[slot]!.analysis!;
const NO_STRIP = {
  ranking: "A run scores 10,000 for each character standing.",
  slotStrips: [null, null],
  previewStrip: null,
  selected: null,
  pick: () => {},
};
const timelines = (shown: Analysis | null, problem = "") =>
  draw(<Timelines {...NO_STRIP} slots={holding(shown, problem)} shown={1} preview={null} />);

describe("the timelines", () => {
  it("show a result that could not be stored with the reason, and have it saved again", () => {
    const saveAgain = vi.fn();
    const given = { ...NO_STRIP, slots: slots("empty"), shown: null, preview: preview("unsaved") };
    const el = draw(<Timelines {...given} saveAgain={saveAgain} />);
    expect(all(el, "[data-quintile]")).toHaveLength(5);
    expect(words(el)).toContain("in memory, not stored");
    expect(words(one(el, '[role="status"]'))).toContain("No space left on device");
    click(el, "Save again");
    expect(saveAgain).toHaveBeenLastCalledWith(7);
  });

  it("are five, from disaster to legend", () => {
    const blocks = all(timelines(analysis()), "[data-quintile]");
    expect(blocks.map((block) => block.getAttribute("aria-label"))).toEqual([
      "Disaster",
      "Struggle",
      "Typical",
      "Heroic",
      "Legend",
    ]);
  });

  it("say who stands, how it ended and after how many rounds", () => {
    const el = timelines(analysis());
    for (const block of analysis().quintiles) {
      const read = words(one(el, `[data-quintile="${block.name}"]`));
      expect(read).toContain(`${block.survivors} of 4 standing`);
      expect(read).toContain(
        `${block.outcome === "win" ? "won" : "lost"} in ${block.rounds} rounds`,
      );
      expect(read).toContain(`runs ${block.first}-${block.last}`);
    }
  });

  it("show the hit points of every character and every kind of monster", () => {
    const typical = one(timelines(analysis()), '[data-quintile="Typical"]');
    const block = analysis().quintiles[2]!;
    for (const hero of block.combatants.filter((one) => one.side === "party")) {
      expect(words(typical)).toContain(`${hero.name}${hero.final_hp} / ${hero.start_hp}`);
    }
    expect(words(typical)).toContain("Goblin 0 of 6");
    const labels = all(typical, '[role="img"]').map((meter) => meter.getAttribute("aria-label"));
    expect(labels).toHaveLength(6);
    expect(labels.at(-1)).toBe("Ogre: 0 of 59 hit points, dead, first down in round 2");
  });

  it("show who went down, and when, without a tooltip", () => {
    const el = timelines(analysis());
    for (const block of analysis().quintiles) {
      const shown = all(one(el, `[data-quintile="${block.name}"]`), ".ds-fell").map(words);
      const party = block.combatants.filter((one) => one.side === "party");
      expect(shown.slice(0, 4)).toEqual(
        party.map((one) => (one.went_down_round ? `down r${one.went_down_round}` : "")),
      );
    }
    expect(words(one(el, '[data-quintile="Typical"] .ds-bars + .ds-bars'))).toMatch(
      /Goblin 0 of 60 \/ 42down r1-3/,
    );
  });

  it("have their runs replayed", () => {
    const pick = vi.fn();
    const el = draw(
      <Timelines
        {...NO_STRIP}
        pick={pick}
        selected={analysis().quintiles[4]!.run}
        slots={holding(analysis())}
        shown={1}
        preview={null}
      />,
    );
    const buttons = all(el, ".ds-replay-button");
    expect(buttons.map((button) => button.getAttribute("aria-pressed"))).toEqual([
      ...Array(4).fill("false"),
      "true",
    ]);
    act(() => buttons[0]!.click());
    expect(pick).toHaveBeenCalledExactlyOnceWith(analysis().quintiles[0]!.run, buttons[0]);
  });

  it("say how runs are ranked", () => {
    expect(words(one(timelines(analysis()), "details"))).toContain(
      "10,000 for each character standing",
    );
  });

  it("show grade and tier beside the name of the result", () => {
    expect(words(one(timelines(analysis()), ".ds-grade"))).toMatch(/^[A-F][A-Z][a-z]+, [a-z]+$/);
  });

  it("name a block all won only when all of it was won", () => {
    const nearly = analysis();
    nearly.quintiles[0]!.win_share = 1 / 201;
    nearly.quintiles[1]!.win_share = 200 / 201;
    const el = timelines(nearly);
    expect(words(one(el, '[data-quintile="Disaster"]'))).toContain("under 1 % of these won");
    expect(words(one(el, '[data-quintile="Struggle"]'))).toContain("over 99 % of these won");
    expect(words(one(el, '[data-quintile="Legend"]'))).toContain("100 % of these won");
  });

  it("say what the result is called, where it comes from and what may be done about it", () => {
    const el = timelines(analysis());
    expect(words(el)).toContain("Gamble");
    expect(words(el)).toContain("slot 1: Ogre");
    expect(all(el, "li").map(words)).toEqual(analysis().suggestions);
  });

  it("of a preview say how it stands to the slot beside it", () => {
    const shown = preview("compared");
    const el = draw(<Timelines {...NO_STRIP} slots={holding(null)} shown={1} preview={shown} />);
    expect(words(el)).toContain("88.1 % won, 95 % 85.9 to 89.9");
    expect(words(el)).toMatch(
      /4\.1 points easier than slot 1, 95 % 3\.0 to 5\.5\. Same dice in both: 41 of 1,005 fights ended differently, 41 won only here\./,
    );
  });

  it("of a preview alone compare with nothing", () => {
    const shown = preview("alone");
    const el = draw(<Timelines {...NO_STRIP} slots={holding(null)} shown={1} preview={shown} />);
    expect(words(el)).not.toMatch(/easier|harder|difference/);
  });

  it("are not there before the first result, and say how to get one", () => {
    const el = timelines(null);
    expect(all(el, "[data-quintile]")).toEqual([]);
    expect(words(el)).toContain("Press Run");
  });

  it("of a damaged slot are its problem", () => {
    const el = timelines(null, "events.arrow is <b>gone</b>");
    expect(words(el)).toContain("cannot be shown");
    expect(words(el)).toContain("events.arrow is <b>gone</b>");
  });

  it("of which there are none, as every slot is damaged, are that problem too", () => {
    const el = draw(
      <Timelines {...NO_STRIP} slots={holding(null, "gone")} shown={null} preview={null} />,
    );
    expect(words(el)).toContain("cannot be shown");
    expect(words(el)).not.toContain("No result yet");
  });

  it("show hostile names as they are written", () => {
    const el = timelines(analysis("hostile", 0));
    expect(all(el, "img, script")).toEqual([]);
    expect(el.textContent).toContain("<img src=x onerror=alert(1)>");
    expect(all(el, "[data-quintile]")).toHaveLength(5);
  });
});
