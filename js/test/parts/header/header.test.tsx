import { describe, expect, it, vi } from "vitest";
import { Header } from "../../../src/parts/header/header.js";
import type { DashboardState as State } from "../../../src/protocol/state.js";
import { emptyBench, scenario, slots, state } from "../../fixtures.js";
import { all, buttons, click, draw, one, words } from "../../page.js";

const header = (given: State) => {
  const [run, choose, pick] = [vi.fn(), vi.fn(), vi.fn()];
  const { scenario_view, slots, display_mode, shown_slot } = given;
  const header = (
    <Header
      scenario={scenario_view}
      slots={slots}
      mode={display_mode}
      shown={shown_slot}
      now={0}
      run={run}
      choose={choose}
      pick={pick}
    />
  );
  return { el: draw(header), run, choose };
};

describe("the header", () => {
  it("names the scenario and says who fights whom", () => {
    const { el } = header(state());
    expect(words(one(el, "h2"))).toBe("Ogre at the bridge");
    expect(words(el)).toContain("4 characters, level 2, against 6 × Goblin and Ogre");
  });

  it("runs as often as the settings say", () => {
    const { el, run } = header(emptyBench());
    click(el, "Run 1,005");
    expect(run).toHaveBeenCalledOnce();
  });

  it("runs again what a slot already holds", () => {
    expect(buttons(header(state()).el)).toContain("Run again 1,005");
    expect(buttons(header(state({ slots: slots("empty") })).el)).toContain("Run 1,005");
  });

  it("shows the mode that is on, and asks for another", () => {
    const { el, choose } = header(state({ display_mode: "most_similar" }));
    const modes = one(el, '[role="group"][aria-label="Which slot to show"]');
    expect(all(modes, '[aria-pressed="true"]').map(words)).toEqual(["Most similar"]);
    click(modes, "Newest");
    expect(choose.mock.calls).toEqual([["newest"]]);
  });

  it("shows a hostile name as it is written", () => {
    const { el } = header(state({ scenario_view: scenario("hostile") }));
    expect(words(one(el, "h2"))).toBe("<img src=x onerror=alert(1)>");
    expect(all(el, "img, script")).toEqual([]);
  });
});
