import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it } from "vitest";
import { offersOf, searchOffers } from "../../../src/parts/editor/action_search.js";
import { Editor } from "../../../src/parts/editor/editor.js";
import { defencesInWords } from "../../../src/parts/editor/editor_defences.js";
import type { Message } from "../../../src/protocol/messages.js";
import type { ScenarioView } from "../../../src/protocol/scenario.js";
import { bestiary, library, scenario } from "../../fixtures.js";
import { all, draw, one, press, tell, type, words } from "../../page.js";

const OGRE = "encounters[0].monsters[1]";
const STING = `${OGRE}.actions[2]`;
const labelled = <T extends HTMLElement = HTMLElement>(el: Element, label: string) =>
  one<T>(el, `[aria-label="${label}"]`);
const at = <T extends HTMLElement = HTMLInputElement>(el: Element, path: string) =>
  one<T>(el, `:is(input, select)[data-path="${path}"]`);
const edited = (path: string, value: Message extends { value: infer Value } ? Value : unknown) => ({
  type: "edit",
  path,
  value,
});

/** The homebrew ogre, its actions unfolded. */
const ogre = (view: ScenarioView = scenario("homebrew")) => {
  const sent: Message[] = [];
  const state = {
    error: "",
    scenario_view: view,
    scenario_json: "",
    bestiary: bestiary(),
    library: library(),
  };
  const draws = (next: ScenarioView) => (
    <Editor state={{ ...state, scenario_view: next }} send={(message) => void sent.push(message)} />
  );
  const el = draw(draws(view));
  const unfold = (...names: string[]) => {
    for (const name of names) act(() => labelled(el, name).click());
  };
  unfold("Ogre: Actions");
  return { el, sent, unfold, show: (next: ScenarioView) => act(() => render(draws(next), el)) };
};
const choose = (list: HTMLElement, value: string) =>
  act(() => {
    (list as HTMLSelectElement).value = value;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });

describe("the actions that can be added", () => {
  const titles = (text: string) =>
    searchOffers(offersOf(library(), bestiary()), text).listed.map(({ title }) => title);

  it("are the plain ones until something is typed", () => {
    expect(titles(" ")).toEqual(library().template.map(({ title }) => title));
  });

  it("are found by parts of their names and of their monsters' names", () => {
    expect(titles("fireb")).toEqual(["Fireball", "Delayed Blast Fireball"]);
    expect(titles("breath red")).toEqual(["Fire Breath (Adult Red Dragon)"]);
    expect(titles("<b>")).toEqual([]);
  });

  it("are each told by source and name, and none is there twice", () => {
    const offers = offersOf(library(), bestiary());
    expect(new Set(offers.map(({ source, name }) => `${source} ${name}`)).size).toBe(offers.length);
    expect(offers).toContainEqual(
      expect.objectContaining({ source: "adult-red-dragon", name: "Fire Breath" }),
    );
  });
});

describe("a new action", () => {
  it("is found and asked for with keys, said, and gets the focus in its name", () => {
    const { el, sent, show } = ogre();
    act(() => labelled(el, "Ogre: add an action").click());
    const field = labelled<HTMLInputElement>(el, "Ogre: new action");
    expect(document.activeElement).toBe(field);
    type(field, "area");
    press(field, "Enter");
    expect(sent).toEqual([
      { type: "add_action", path: OGRE, source: "template", name: "area_save" },
    ]);
    expect(document.activeElement).toBe(labelled(el, "Ogre: add an action"));
    const view = scenario("homebrew");
    const creature = view.creatures.at(-1)!;
    creature.actions.push({ ...creature.actions[0]!, name: "Blast" });
    show({ ...view, revision: 4 });
    const name = at(el, `${OGRE}.actions[6].name`);
    expect([document.activeElement, name.selectionEnd]).toEqual([name, "Blast".length]);
    expect(words(one(el, ".ds-said"))).toBe("Area saving throw added to Ogre");
  });

  it("that is refused, or comes when the focus is elsewhere, moves no focus", () => {
    const { el, show } = ogre();
    act(() => labelled(el, "Ogre: add an action").click());
    press(labelled(el, "Ogre: new action"), "ArrowDown");
    press(labelled(el, "Ogre: new action"), "Enter");
    show({ ...scenario("homebrew"), revision: 4 });
    expect(document.activeElement).toBe(labelled(el, "Ogre: add an action"));
    act(() => at(el, `${OGRE}.name`).focus());
    const view = scenario("homebrew");
    view.creatures.at(-1)!.actions.push(view.creatures.at(-1)!.actions[0]!);
    show({ ...view, revision: 5 });
    expect(document.activeElement).toBe(at(el, `${OGRE}.name`));
  });

  it("is given up with Escape", () => {
    const { el, sent } = ogre();
    act(() => labelled(el, "Ogre: add an action").click());
    press(labelled(el, "Ogre: new action"), "Escape");
    expect([document.activeElement, sent]).toEqual([labelled(el, "Ogre: add an action"), []]);
  });
});

describe("the details of an action", () => {
  it("are folded, and told in words until they are unfolded", () => {
    const { el, unfold } = ogre();
    expect(words(el)).toContain(
      "on a hit: Venom (DC 14 con, poisoned for 10 rounds, 1d6 poison each turn, save ends)",
    );
    expect(all(el, `[data-path="${STING}.time"]`)).toEqual([]);
    unfold("Ogre: Sting: Details");
    expect(labelled(el, "Ogre: Sting: Details").getAttribute("aria-expanded")).toBe("true");
    expect(words(el)).not.toContain("on a hit: Venom");
  });

  it("are what it takes of a turn, what it is, and its numbers", () => {
    const { el, sent, unfold } = ogre();
    unfold("Ogre: Greatclub: Details");
    const path = `${OGRE}.actions[0]`;
    expect(at(el, `${path}.critical_range`).value).toBe("19");
    expect(at(el, `${path}.advantage`).checked).toBe(true);
    choose(at(el, `${path}.time`), "bonus_action");
    act(() => at(el, `${path}.ranged`).click());
    act(() => at(el, `${path}.advantage`).click());
    type(at(el, `${path}.attacks`), "2");
    expect(sent).toEqual([
      edited(`${path}.time`, "bonus_action"),
      edited(`${path}.ranged`, true),
      edited(`${path}.advantage`, false),
      edited(`${path}.attacks`, 2),
    ]);
  });

  it("change a condition rider in place", () => {
    const { el, sent, unfold } = ogre();
    unfold("Ogre: Sting: Details");
    const rider = `${STING}.on_hit[0]`;
    type(at(el, `${rider}.dc`), "17");
    choose(at(el, `${rider}.ability`), "");
    type(at(el, `${rider}.damage`), "2d6 poison");
    type(at(el, `${rider}.effect.duration`), "");
    type(at(el, `${rider}.effect.turn_damage`), "");
    act(() => at(el, `${rider}.effect.save_ends`).click());
    act(() => labelled(el, "Ogre: Sting: Venom: remove").click());
    expect(sent).toEqual([
      edited(`${rider}.dc`, 17),
      edited(`${rider}.ability`, null),
      edited(`${rider}.damage`, "2d6 poison"),
      edited(`${rider}.effect.duration`, null),
      edited(`${rider}.effect.turn_damage`, null),
      edited(`${rider}.effect.save_ends`, false),
      { type: "remove", path: rider },
    ]);
  });

  it("say why an effect that is all there is cannot be taken away", () => {
    const { el, sent, unfold } = ogre();
    unfold("Ogre: Hold Person: Details", "Ogre: Wing Attack (legendary): Details");
    const alone = labelled(el, "Ogre: Hold Person: On a failed save: remove");
    act(() => alone.click());
    expect([alone.getAttribute("aria-disabled"), sent]).toEqual(["true", []]);
    act(() => labelled(el, "Ogre: Wing Attack (legendary): On a failed save: remove").click());
    expect(sent).toEqual([edited(`${OGRE}.actions[5].effect`, null)]);
  });

  it("add damage and conditions to a hit", () => {
    const { el, sent, unfold } = ogre();
    unfold("Ogre: Javelin: Details");
    act(() => labelled(el, "Ogre: Javelin: add damage on a hit").click());
    act(() => labelled(el, "Ogre: Javelin: add condition on a hit").click());
    const path = `${OGRE}.actions[1]`;
    expect(sent).toEqual(
      ["damage", "condition"].map((name) => ({ type: "add_rider", path, name })),
    );
  });

  it("stay unfolded with their action when one before it is removed", () => {
    const { el, unfold } = ogre();
    unfold("Ogre: Sting: Details", "Ogre: Greatclub: remove");
    expect(labelled(el, "Ogre: Javelin: Details").getAttribute("aria-expanded")).toBe("true");
  });

  it("say in words what cannot be changed", () => {
    const { el, unfold } = ogre();
    unfold("Ogre: Rally: Details");
    expect(words(el)).toContain("also: attack roll 1d4");
  });

  it("are controls with names of their own", () => {
    const { el, unfold } = ogre();
    unfold("Ogre: Sting: Details", "Ogre: Hold Person: Details", "Ogre: Defences and spell slots");
    const controls = all(el, "input, select, button").map(
      (control) => control.getAttribute("aria-label") ?? words(control),
    );
    expect(controls.filter((name) => !name)).toEqual([]);
    expect(new Set(controls).size).toBe(controls.length);
  });
});

describe("a list of words", () => {
  const unfolded = () => {
    const page = ogre();
    page.unfold("Ogre: Defences and spell slots");
    return page;
  };
  const add = (el: Element, list: string) => labelled<HTMLInputElement>(el, `Ogre: ${list}: add`);

  it("takes one more with Enter, and only one that is not there yet", () => {
    const { el, sent } = unfolded();
    const field = add(el, "resistances");
    type(field, "fi");
    expect(all(el, '[role="option"]')).toEqual([]);
    type(field, "col");
    press(field, "Enter");
    expect(sent).toEqual([edited(`${OGRE}.resistances`, ["fire", "nonmagical slashing", "cold"])]);
    expect(field.value).toBe("");
  });

  it("keeps both of two changes that the kernel has not answered yet", () => {
    const { el, sent } = unfolded();
    for (const word of ["cold", "acid"]) {
      type(add(el, "immunities"), word);
      press(add(el, "immunities"), "Enter");
    }
    expect(sent.at(-1)).toEqual(edited(`${OGRE}.immunities`, ["cold", "acid"]));
  });

  it("keeps a wrong text, marked, and says what is wrong about it", () => {
    const { el, sent } = unfolded();
    const field = add(el, "resistances");
    type(field, "fier");
    tell(field, "blur");
    expect([field.value, field.getAttribute("aria-invalid"), sent]).toEqual(["fier", "true", []]);
    const why = one(el, `[id="${field.getAttribute("aria-describedby")}"]`);
    expect(words(why)).toMatch(/^nothing of this name; known: /);
  });

  it("loses one with its button or with Backspace, and keeps the focus", () => {
    const { el, sent } = unfolded();
    act(() => labelled(el, "Ogre: resistances: remove fire").click());
    expect(document.activeElement).toBe(add(el, "resistances"));
    press(add(el, "resistances"), "Backspace");
    expect(sent).toEqual([
      edited(`${OGRE}.resistances`, ["nonmagical slashing"]),
      edited(`${OGRE}.resistances`, []),
    ]);
  });

  it("of a multiattack holds an action as often as it is made, by its name", () => {
    const { el, sent } = ogre();
    const field = labelled<HTMLInputElement>(
      el,
      "Ogre: multiattack: one action makes all of these: add",
    );
    type(field, "sti");
    press(field, "Enter");
    expect(sent).toEqual([
      edited(`${OGRE}.multiattack`, ["Greatclub", "Greatclub", "Sting", "Sting"]),
    ]);
  });

  it("takes the kernel's value when a change was refused", () => {
    const { el, show } = unfolded();
    act(() => labelled(el, "Ogre: resistances: remove fire").click());
    show({ ...scenario("homebrew"), revision: 4 });
    expect(all(el, '[aria-label="Ogre: resistances: remove fire"]')).toHaveLength(1);
  });
});

describe("defences and spell slots", () => {
  it("are told in one line while they are folded", () => {
    expect(defencesInWords(scenario("homebrew").creatures.at(-1)!)).toBe(
      "resistances: fire, nonmagical slashing · condition immunities: charmed · spell slots 0/2 · 3 legendary actions · hit dice 7d10+21",
    );
    const monk = scenario("made").creatures.find(({ name }) => name === "Monk")!;
    expect(defencesInWords(monk)).toContain("Stunning Strike");
  });

  it("are changed level by level", () => {
    const { el, sent, unfold } = ogre();
    unfold("Ogre: Defences and spell slots");
    type(at(el, `${OGRE}.spell_slots[8]`), "1");
    type(at(el, `${OGRE}.legendary_actions`), "2");
    expect(sent).toEqual([
      edited(`${OGRE}.spell_slots[8]`, 1),
      edited(`${OGRE}.legendary_actions`, 2),
    ]);
  });
});
