import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { Editor } from "../src/editor.js";
import type { ScenarioView } from "../src/protocol/scenario.js";
import { scenario } from "./fixtures.js";
import { all, draw, one, tell, type } from "./page.js";

const ARMOR = "encounters[0].monsters[1].armor_class";
const number = (el: Element, path = ARMOR) => one<HTMLInputElement>(el, `input[data-path="${path}"]`);
const slider = (el: Element, path = ARMOR) => one<HTMLInputElement>(el, `input[data-slider="${path}"]`);

const editor = (view: ScenarioView = scenario("starter")) => {
  const edit = vi.fn();
  const el = draw(<Editor scenario={view} edit={edit} />);
  const show = (next: ScenarioView) => act(() => render(<Editor scenario={next} edit={edit} />, el));
  return { el, edit, show };
};

const withArmor = (value: number, revision: number): ScenarioView => {
  const view = scenario("starter");
  view.revision = revision;
  view.creatures.flatMap((creature) => creature.fields).find((field) => field.path === ARMOR)!.value = value;
  return view;
};

describe("the editor", () => {
  it("has an input with a name, a value and bounds for every number", () => {
    const { el } = editor();
    const view = scenario("starter");
    const fields = [...view.creatures.flatMap((creature) => creature.fields), ...view.settings];
    for (const field of fields) {
      const input = number(el, field.path);
      expect([input.value, input.min, input.max]).toEqual([field.value, field.min, field.max].map(String));
      expect(input.getAttribute("aria-label")).toContain(field.label);
    }
    expect(all(el, 'input[type="number"]')).toHaveLength(fields.length);
  });

  it("has a group with a name for each creature and for the settings", () => {
    const names = all(editor().el, '[role="group"]').map((group) => group.getAttribute("aria-label"));
    expect(names.sort()).toEqual(["Cleric", "Fighter", "Goblin", "Ogre", "Rogue", "Settings", "Wizard"]);
  });

  it("tells a number once it is typed", () => {
    const { el, edit } = editor();
    type(number(el), "17");
    expect(edit.mock.calls).toEqual([[ARMOR, 17]]);
    expect(number(el).getAttribute("aria-invalid")).toBe("false");
  });

  it("tells what a slider is dragged to, and the number follows", () => {
    const { el, edit } = editor();
    type(slider(el), "14");
    type(slider(el), "15");
    expect(edit.mock.calls).toEqual([[ARMOR, 14], [ARMOR, 15]]);
    expect(number(el).value).toBe("15");
  });

  it.each(["", "-1", "101", "1.5", "9007199254740993"])("marks %o as wrong and does not tell it", (typed) => {
    const { el, edit } = editor();
    type(number(el), typed);
    expect(edit).not.toHaveBeenCalled();
    expect(number(el).getAttribute("aria-invalid")).toBe("true");
    expect(number(el).title).toBe("a whole number from 0 to 100");
  });

  it("takes the largest seed that a browser can keep, and no larger one", () => {
    const { el, edit } = editor();
    type(number(el, "settings.seed"), "9007199254740991");
    type(number(el, "settings.seed"), "9007199254740993");
    expect(edit.mock.calls).toEqual([["settings.seed", Number.MAX_SAFE_INTEGER]]);
  });

  it("shows the kernel's number, but never under the user's hands", () => {
    const { el, show } = editor();
    tell(number(el), "focus");
    type(number(el), "1");
    show(withArmor(13, 4));
    expect(number(el).value).toBe("1");
    tell(number(el), "blur");
    expect(number(el).value).toBe("13");
    show(withArmor(14, 5));
    expect(number(el).value).toBe("14");
  });

  it("keeps a number that was told, from leaving the field until the kernel has answered", () => {
    const { el, show } = editor();
    tell(number(el), "focus");
    type(number(el), "17");
    tell(number(el), "blur");
    expect(number(el).value).toBe("17");
    show(withArmor(17, 4));
    expect(number(el).value).toBe("17");
    tell(slider(el), "pointerdown");
    type(slider(el), "18");
    tell(slider(el), "pointerup");
    expect(slider(el).value).toBe("18");
    show(withArmor(16, 5));
    expect(slider(el).value).toBe("16");
  });

  it("takes a wrong number back when the field is left", () => {
    const { el } = editor();
    tell(number(el), "focus");
    type(number(el), "1000");
    tell(number(el), "blur");
    expect(number(el).value).toBe("11");
    expect(number(el).getAttribute("aria-invalid")).toBe("false");
  });

  it("takes the true number back when the kernel has refused one", () => {
    const { el, show } = editor();
    type(number(el), "60");
    show(withArmor(11, 4));
    expect(number(el).value).toBe("11");
  });

  it("shows hostile names as they are written", () => {
    const { el } = editor(scenario("hostile"));
    expect(all(el, "img, script")).toEqual([]);
    expect(el.textContent).toContain("<img src=x onerror=alert(1)>");
    expect(el.textContent).toContain("</script><script>alert(2)</script> to hit");
    expect(all(el, "[onfocus], [onerror]")).toEqual([]);
  });

  it("says which encounter a monster belongs to where there are several", () => {
    expect(editor(scenario("hostile")).el.textContent).toContain("encounter 2");
    expect(editor().el.textContent).not.toContain("encounter 1");
  });
});
