import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { MonsterSearch } from "../../../src/parts/editor/editor_search.js";
import type { MonsterView } from "../../../src/protocol/scenario.js";
import { bestiary } from "../../fixtures.js";
import { all, draw, one, press, tell, type, words } from "../../page.js";

const search = (monsters: MonsterView[] = bestiary()) => {
  const [add, leave] = [vi.fn(), vi.fn()];
  const el = draw(
    <MonsterSearch
      monsters={monsters}
      label="Add a monster"
      add={({ key }) => add(key)}
      leave={leave}
    />,
  );
  const input = one<HTMLInputElement>(el, '[role="combobox"]');
  const options = () => all(el, '[role="option"]').map((option) => words(one(option, "b")));
  const active = () => {
    const id = input.getAttribute("aria-activedescendant");
    return id === null ? null : words(one(el, `[id="${id}"] b`));
  };
  return { el, add, leave, input, options, active };
};

describe("the search field", () => {
  it("is closed until something is typed or asked for", () => {
    const { input, options } = search();
    expect(options()).toEqual([]);
    expect(input.getAttribute("aria-expanded")).toBe("false");
    press(input, "ArrowDown");
    expect(options()).toHaveLength(bestiary().length);
    expect(input.getAttribute("aria-expanded")).toBe("true");
  });

  it("lists what is found as it is typed, and says how much of it is played", () => {
    const { el, input, options, active } = search();
    type(input, "FR");
    expect(options()).toEqual(["Frog", "Giant Frog"]);
    expect(active()).toBe("Frog");
    expect(words(one(el, '[aria-live="polite"]'))).toMatch(/^Can do nothing/);
    expect(all(el, '[role="option"]')[0]!.title).toMatch(/^Can do nothing/);
    expect(input.getAttribute("aria-controls")).toBe(one(el, '[role="listbox"]').id);
  });

  it("is walked with the arrow keys, round and round, and Enter adds", () => {
    const { input, add, active } = search();
    type(input, "fr");
    press(input, "ArrowDown");
    expect(active()).toBe("Giant Frog");
    press(input, "ArrowDown");
    press(input, "ArrowUp");
    expect(active()).toBe("Giant Frog");
    press(input, "Enter");
    expect(add.mock.calls).toEqual([["giant-frog"]]);
    expect([input.value, input.getAttribute("aria-expanded")]).toEqual(["", "false"]);
  });

  it("marks exactly the active option as selected", () => {
    const { el, input } = search();
    type(input, "o");
    press(input, "ArrowDown");
    const selected = all(el, '[aria-selected="true"]');
    expect(selected.map((option) => option.id)).toEqual([
      input.getAttribute("aria-activedescendant"),
    ]);
  });

  it("adds with a click", () => {
    const { el, input, add } = search();
    type(input, "ogre");
    act(() => one(el, '[role="option"]').click());
    expect(add.mock.calls).toEqual([["ogre"]]);
  });

  it("closes with Escape, then forgets the text, then leaves", () => {
    const { input, leave, options } = search();
    type(input, "ogre");
    press(input, "Escape");
    expect([options(), input.value]).toEqual([[], "ogre"]);
    press(input, "Escape");
    expect([input.value, leave.mock.calls.length]).toEqual(["", 0]);
    press(input, "Escape");
    expect(leave).toHaveBeenCalledOnce();
  });

  it("closes when the focus goes elsewhere", () => {
    const { input, options } = search();
    type(input, "ogre");
    tell(input, "blur");
    expect(options()).toEqual([]);
  });

  it("stays open under a pointer that is down, so that what is clicked does not move", async () => {
    const { input, options } = search();
    input.focus();
    type(input, "ogre");
    tell(window as unknown as Element, "pointerdown");
    act(() => input.blur());
    expect(options()).not.toEqual([]);
    tell(window as unknown as Element, "pointerup");
    await act(() => new Promise((done) => setTimeout(done)));
    expect(options()).toEqual([]);
  });

  it("says that nothing is found, and adds nothing", () => {
    const { el, input, add } = search();
    type(input, "<img src=x onerror=alert(1)>");
    expect(words(el)).toContain("No monster has such a name");
    press(input, "Enter");
    expect(add).not.toHaveBeenCalled();
    expect(all(el, "img")).toEqual([]);
  });
});
