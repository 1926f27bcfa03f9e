import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it } from "vitest";
import { Editor } from "../../../src/parts/editor/editor.js";
import type { Message } from "../../../src/protocol/messages.js";
import type { ScenarioView } from "../../../src/protocol/scenario.js";
import type { EditorState, KitState } from "../../../src/protocol/state.js";
import { bestiary, library, scenario } from "../../fixtures.js";
import { all, click, draw, one, press, tell, type, words } from "../../page.js";

const OGRE = "encounters[0].monsters[1]";
const ARMOR = `${OGRE}.armor_class`;
const CLUB = `${OGRE}.actions[0]`;
const number = (el: Element, path = ARMOR) =>
  one<HTMLInputElement>(el, `input[data-path="${path}"]`);
const slider = (el: Element, path = ARMOR) =>
  one<HTMLInputElement>(el, `input[data-slider="${path}"]`);
const labelled = <T extends HTMLElement = HTMLElement>(el: Element, label: string) =>
  one<T>(el, `[aria-label="${label}"]`);
const problem = (el: Element, input: Element) => {
  const id = input.getAttribute("aria-describedby");
  return id ? words(one(el, `[id="${id}"]`)) : "";
};

const editor = (
  view: ScenarioView = scenario("starter"),
  changes: Partial<EditorState & KitState> = {},
) => {
  const sent: Message[] = [];
  const send = (message: Message) => void sent.push(message);
  const state = {
    error: "",
    scenario_view: view,
    scenario_json: "",
    bestiary: bestiary(),
    library: library(),
    ...changes,
  };
  const el = draw(<Editor state={state} send={send} />);
  const show = (next: ScenarioView, more: Partial<EditorState & KitState> = {}) =>
    act(() =>
      render(<Editor state={{ ...state, ...more, scenario_view: next }} send={send} />, el),
    );
  const unfold = (name: string) => act(() => labelled(el, `${name}: Actions`).click());
  return { el, sent, show, unfold };
};

const edited = (path: string, value: number | string | boolean | null) => ({
  type: "edit",
  path,
  value,
});

const withArmor = (value: number, revision: number): ScenarioView => {
  const view = scenario("starter");
  view.revision = revision;
  view.creatures
    .flatMap((creature) => creature.fields)
    .find((field) => field.path === ARMOR)!.value = value;
  return view;
};

const withDamage = (damage: string, revision: number): ScenarioView => {
  const view = scenario("starter");
  view.revision = revision;
  view.creatures.find(({ path }) => path === OGRE)!.actions[0]!.damage = damage;
  return view;
};

describe("what the schema declares", () => {
  it("is drawn by its kind, whatever it is", () => {
    const view = scenario("starter");
    const path = "settings.darkness";
    const words = ["none", "dim"].map((word) => ({ word, says: `light: ${word}` }));
    view.settings = [
      { kind: "number", path: "settings.n", label: "n", value: 3, min: 1, max: 9, slider: [] },
      { kind: "choice", path, label: "darkness", value: "none", choices: words },
      { kind: "flag", path: "settings.fog", label: "fog", value: false },
    ];
    const { el, sent } = editor(view);
    type(number(el, "settings.n"), "4");
    const darkness = one<HTMLSelectElement>(el, `select[data-path="${path}"]`);
    expect([...darkness.options].map(({ text }) => text)).toEqual(["light: none", "light: dim"]);
    darkness.value = "dim";
    act(() => void darkness.dispatchEvent(new Event("change", { bubbles: true })));
    act(() => labelled(el, "Settings: fog").click());
    expect(sent).toEqual([
      edited("settings.n", 4),
      edited(path, "dim"),
      edited("settings.fog", true),
    ]);
  });
});

describe("the numbers of the editor", () => {
  it("are inputs with a name, a value and bounds", () => {
    const { el } = editor();
    const view = scenario("starter");
    const fields = [...view.creatures.flatMap((creature) => creature.fields), ...view.settings];
    for (const field of fields) {
      if (field.kind !== "number") continue;
      const input = number(el, field.path);
      expect([input.value, input.min, input.max]).toEqual(
        [field.value, field.min, field.max].map(String),
      );
      expect(input.getAttribute("aria-label")).toContain(field.label);
    }
  });

  it("are told once they are typed", () => {
    const { el, sent } = editor();
    type(number(el), "17");
    expect(sent).toEqual([edited(ARMOR, 17)]);
    expect(number(el).getAttribute("aria-invalid")).toBe("false");
  });

  it("follow a slider that is dragged, and each of its values is told", () => {
    const { el, sent } = editor();
    type(slider(el), "14");
    type(slider(el), "15");
    expect(sent).toEqual([edited(ARMOR, 14), edited(ARMOR, 15)]);
    expect(number(el).value).toBe("15");
  });

  it("go one up and one down with a click, and not beyond their bounds", () => {
    const { el, sent } = editor();
    act(() => labelled(el, "Goblin: count, one more").click());
    act(() => labelled(el, "Goblin: count, one less").click());
    act(() => labelled(el, "Ogre: count, one less").click());
    expect(sent).toEqual([
      edited("encounters[0].monsters[0].count", 7),
      edited("encounters[0].monsters[0].count", 6),
    ]);
    expect(labelled(el, "Ogre: count, one less").getAttribute("aria-disabled")).toBe("true");
  });

  it.each(["", "-1", "101", "1.5", "9007199254740993"])(
    "mark %o as wrong, say why, and do not tell it",
    (typed) => {
      const { el, sent } = editor();
      type(number(el), typed);
      expect(sent).toEqual([]);
      expect(number(el).getAttribute("aria-invalid")).toBe("true");
      expect(problem(el, number(el))).toBe("a whole number from 0 to 100");
    },
  );

  it("take the largest seed that a browser can keep, and no larger one", () => {
    const { el, sent } = editor();
    type(number(el, "settings.seed"), "9007199254740991");
    type(number(el, "settings.seed"), "9007199254740993");
    expect(sent).toEqual([edited("settings.seed", Number.MAX_SAFE_INTEGER)]);
  });

  it("show what the kernel has, but never under the user's hands", () => {
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

  it("keep what was told, from leaving the field until the kernel has answered", () => {
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

  it("take a wrong one back when the field is left", () => {
    const { el } = editor();
    tell(number(el), "focus");
    type(number(el), "1000");
    tell(number(el), "blur");
    expect(number(el).value).toBe("11");
    expect(number(el).getAttribute("aria-invalid")).toBe("false");
  });

  it("take the true one back when the kernel has refused one", () => {
    const { el, show } = editor();
    type(number(el), "60");
    show(withArmor(11, 4));
    expect(number(el).value).toBe("11");
  });

  it("may be absent where a level may", () => {
    const { el, sent, unfold } = editor();
    unfold("Fighter");
    type(number(el, "players[0].level"), "");
    expect(sent).toEqual([edited("players[0].level", null)]);
    expect(number(el, "players[0].level").getAttribute("aria-invalid")).toBe("false");
  });
});

describe("the actions of a creature", () => {
  it("unfold below it", () => {
    const { el, unfold } = editor();
    expect(all(el, `[data-path="${CLUB}.attack_bonus"]`)).toEqual([]);
    unfold("Ogre");
    expect(labelled(el, "Ogre: Actions").getAttribute("aria-expanded")).toBe("true");
    type(slider(el, `${CLUB}.attack_bonus`), "9");
    expect(number(el, `${CLUB}.attack_bonus`).value).toBe("9");
    unfold("Ogre");
    expect(all(el, `[data-path="${CLUB}.attack_bonus"]`)).toEqual([]);
  });

  it("tell dice that can be read, as they are typed", () => {
    const { el, sent, unfold } = editor();
    unfold("Ogre");
    const dice = number(el, `${CLUB}.damage`);
    for (const typed of ["3d", "3d8", "3d8+", "3d8+4"]) type(dice, typed);
    expect(sent).toEqual([edited(`${CLUB}.damage`, "3d8"), edited(`${CLUB}.damage`, "3d8+4")]);
    expect(words(el)).toContain("average 17.5");
  });

  it("keep dice that cannot be read, marked and with what is wrong beside them, until they are mended", () => {
    const { el, sent, show, unfold } = editor();
    unfold("Ogre");
    const dice = () => number(el, `${CLUB}.damage`);
    tell(dice(), "focus");
    type(dice(), "2d8+4 blud");
    tell(dice(), "blur");
    show(withArmor(13, 4));
    expect(dice().value).toBe("2d8+4 blud");
    expect(dice().getAttribute("aria-invalid")).toBe("true");
    expect(problem(el, dice())).toContain('did you mean "bludgeoning"?');
    expect(sent).toEqual([]);
    type(dice(), "2d8+4 bludgeoning");
    expect([dice().getAttribute("aria-invalid"), problem(el, dice())]).toEqual(["false", ""]);
  });

  it("write dice as the kernel writes them once the field is left", () => {
    const { el, show, unfold } = editor();
    unfold("Ogre");
    const dice = number(el, `${CLUB}.damage`);
    tell(dice, "focus");
    type(dice, "2D8 + 5");
    show(withDamage("2d8+5", 4));
    expect(dice.value).toBe("2D8 + 5");
    tell(dice, "blur");
    expect(dice.value).toBe("2d8+5");
  });

  it("have a stepper and a slider for what is added to the damage", () => {
    const { el, sent, unfold } = editor();
    unfold("Ogre");
    act(() => labelled(el, "Ogre: Greatclub: damage, one more").click());
    type(labelled<HTMLInputElement>(el, "Ogre: Greatclub: damage bonus, slider"), "0");
    expect(sent).toEqual([
      edited(`${CLUB}.damage`, "2d8+5 bludgeoning"),
      edited(`${CLUB}.damage`, "2d8 bludgeoning"),
    ]);
  });

  it("are limited by uses, by recharge, or not at all", () => {
    const { el, sent, unfold } = editor();
    unfold("Cleric");
    const often = labelled<HTMLSelectElement>(el, "Cleric: Cure Wounds: how often");
    expect(often.value).toBe("uses");
    for (const chosen of ["5", "uses", ""]) {
      act(() => {
        often.value = chosen;
        often.dispatchEvent(new Event("change", { bubbles: true }));
      });
    }
    const path = "players[1].actions[2]";
    expect(sent).toEqual([
      edited(`${path}.recharge`, 5),
      edited(`${path}.uses`, 1),
      edited(`${path}.uses`, null),
    ]);
  });

  it("are duplicated and removed", () => {
    const { el, sent, unfold } = editor();
    unfold("Ogre");
    act(() => labelled(el, "Ogre: Greatclub: duplicate").click());
    act(() => labelled(el, "Ogre: Greatclub: remove").click());
    expect(sent).toEqual([
      { type: "duplicate", path: CLUB },
      { type: "remove", path: CLUB },
    ]);
  });

  it("say in words what cannot be changed here", () => {
    const { el, unfold } = editor(scenario("made"));
    unfold("Adult Red Dragon");
    expect(words(el)).toContain("legendary");
    expect(words(el)).toContain("frightened for 10 rounds, save ends");
    unfold("Sorcerer");
    expect(words(el)).toContain("A ready-made sorcerer");
    expect(words(el)).toContain("A slot of level 3");
  });
});

describe("names and words", () => {
  it("are told when the field is left or with Enter, and once", () => {
    const { el, sent } = editor();
    const name = number(el, "name");
    tell(name, "focus");
    type(name, "Bridge");
    expect(sent).toEqual([]);
    press(name, "Enter");
    tell(name, "blur");
    expect(sent).toEqual([edited("name", "Bridge")]);
  });

  it.each([
    ["  ", "give it a name"],
    ["x".repeat(101), "is 101 characters long; at most 100"],
  ])("are not told when they cannot be: %o", (typed, why) => {
    const { el, sent } = editor();
    type(number(el, "name"), typed);
    tell(number(el, "name"), "blur");
    expect(sent).toEqual([]);
    expect(number(el, "name").value).toBe(typed);
    expect(problem(el, number(el, "name"))).toBe(why);
    press(number(el, "name"), "Escape");
    expect(number(el, "name").value).toBe("Ogre at the bridge");
  });

  it("are chosen from lists", () => {
    const { el, sent, unfold } = editor(scenario("made"));
    unfold("Frog");
    const choose = (label: string, value: string) =>
      act(() => {
        const list = labelled<HTMLSelectElement>(el, label);
        list.value = value;
        list.dispatchEvent(new Event("change", { bubbles: true }));
      });
    choose("Frog: attacks first", "random");
    choose("Encounter 1: surprised", "party");
    choose("Encounter 2: rest before it", "");
    choose("Settings: spread", "tight");
    expect(sent).toEqual([
      edited("encounters[1].monsters[0].targeting", "random"),
      edited("encounters[0].surprised", "party"),
      edited("encounters[1].rest", null),
      edited("settings.spread", "tight"),
    ]);
  });

  it("are shown as they are written, however hostile", () => {
    const { el, unfold } = editor(scenario("hostile"));
    unfold("<img src=x onerror=alert(1)>");
    expect(all(el, "img, script")).toEqual([]);
    expect(el.textContent).toContain("<img src=x onerror=alert(1)>");
    expect(number(el, "players[0].actions[0].name").value).toBe(
      "</script><script>alert(2)</script>",
    );
    expect(all(el, "[onfocus], [onerror]")).toEqual([]);
  });
});

describe("who fights", () => {
  it("stands in groups with names", () => {
    const names = all(editor().el, '[role="group"]').map((group) =>
      group.getAttribute("aria-label"),
    );
    expect(names.sort()).toEqual([
      "Cleric",
      "Fighter",
      "Goblin",
      "Ogre",
      "Rogue",
      "Settings",
      "Wizard",
    ]);
  });

  it("is removed, but for the last one of a side", () => {
    const { el, sent } = editor();
    act(() => labelled(el, "Goblin: remove").click());
    expect(sent).toEqual([{ type: "remove", path: "encounters[0].monsters[0]" }]);
    const made = editor(scenario("made"));
    act(() => labelled(made.el, "Frog: remove").click());
    expect(labelled(made.el, "Frog: remove").getAttribute("aria-disabled")).toBe("true");
    expect(made.sent).toEqual([]);
  });

  it("keeps the focus in the editor when the row that had it is gone", () => {
    const { el, show } = editor();
    labelled(el, "Ogre: remove").focus();
    const view = scenario("starter");
    view.creatures = view.creatures.filter(({ path }) => path !== OGRE);
    show({ ...view, revision: 4 });
    expect(words(document.activeElement!)).toBe("Monsters");
  });

  it("is joined by a character of a class and a level", () => {
    const { el, sent } = editor();
    const kind = labelled<HTMLSelectElement>(el, "Class of a new character");
    expect(kind.options).toHaveLength(12);
    act(() => {
      kind.value = "wizard";
      kind.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const level = labelled<HTMLInputElement>(el, "Level of a new character");
    expect(level.value).toBe("2");
    type(level, "21");
    click(el, "Add character");
    expect([sent, problem(el, level)]).toEqual([[], "a level from 1 to 20"]);
    type(level, "9");
    click(el, "Add character");
    expect(sent).toEqual([{ type: "add_character", class_name: "wizard", level: 9 }]);
  });

  it("stands by encounters, each with what adds to it, and one of them stays", () => {
    const { el, sent } = editor(scenario("made"));
    expect(all(el, "section").map((part) => part.getAttribute("aria-label"))).toEqual([
      "Encounter 1",
      "Encounter 2",
    ]);
    act(() => labelled(el, "Encounter 1: remove").click());
    act(() => labelled(el, "Encounter 2: duplicate").click());
    expect(sent).toEqual([
      { type: "remove", path: "encounters[0]" },
      { type: "duplicate", path: "encounters[1]" },
    ]);
    expect(all(editor().el, '[aria-label="Encounter 1: remove"]')).toEqual([]);
  });
});

describe("a new encounter", () => {
  it("begins with a monster, and gives the focus back", () => {
    const { el, sent } = editor();
    click(el, "+ Add encounter");
    const field = one<HTMLInputElement>(
      el,
      '[role="combobox"][aria-label="First monster of encounter 2"]',
    );
    expect(document.activeElement).toBe(field);
    type(field, "wolf");
    press(field, "Enter");
    expect(sent).toEqual([{ type: "add_encounter", key: "wolf" }]);
    expect(words(document.activeElement!)).toBe("+ Add encounter");
  });

  it("is not begun after all with Escape", () => {
    const { el, sent } = editor();
    click(el, "+ Add encounter");
    press(document.activeElement!, "Escape");
    expect(sent).toEqual([]);
    expect(words(document.activeElement!)).toBe("+ Add encounter");
  });
});

describe("the editor's memory", () => {
  const stepped = (steps: number[], change = "", revision = 3) => ({
    ...scenario("starter"),
    steps,
    change,
    revision,
  });

  it("is gone through with buttons that say when there is nothing", () => {
    const { el, sent, show } = editor();
    click(el, "Undo");
    click(el, "Redo");
    expect(sent).toEqual([]);
    show(stepped([2, 1]));
    click(el, "Undo");
    click(el, "Redo");
    expect(sent).toEqual([{ type: "undo" }, { type: "redo" }]);
  });

  it.each([
    [{ key: "z", ctrlKey: true }, [{ type: "undo" }]],
    [{ key: "z", metaKey: true }, [{ type: "undo" }]],
    [{ key: "Z", ctrlKey: true, shiftKey: true }, [{ type: "redo" }]],
    [{ key: "y", ctrlKey: true }, [{ type: "redo" }]],
    [{ key: "z" }, []],
    [{ key: "z", ctrlKey: true, altKey: true }, []],
  ])("is gone through with keys: %o", (keys, messages) => {
    const { el, sent } = editor(stepped([2, 1]));
    press(number(el), keys.key, keys);
    expect(sent).toEqual(messages);
  });

  it("is asked for with keys before the kernel's answer to the edit is drawn", () => {
    const { el, sent } = editor(stepped([0, 0]));
    type(number(el), "17");
    press(number(el), "z", { ctrlKey: true });
    expect(sent.map((message) => message.type)).toEqual(["edit", "undo"]);
  });

  it("leaves the keys alone outside of the editor, and where a text is being written", () => {
    const { el, sent } = editor(stepped([2, 1]));
    press(document.body, "z", { ctrlKey: true });
    press(labelled(el, "Add a monster"), "z", { ctrlKey: true });
    expect(sent).toEqual([]);
  });

  it("takes a value back that is under the user's hands", () => {
    const { el, show } = editor({ ...withArmor(17, 3), steps: [1, 0] });
    tell(number(el), "focus");
    press(number(el), "z", { ctrlKey: true });
    show({ ...withArmor(11, 4), steps: [0, 1] });
    expect(number(el).value).toBe("11");
  });

  it("says what was done, once it is done", () => {
    const { el, show } = editor();
    const said = () => words(one(el, ".ds-said"));
    act(() => labelled(el, "Goblin: remove").click());
    expect(said()).toBe("");
    show(stepped([1, 0], "", 4));
    expect(said()).toBe("Goblin removed");
    show(stepped([0, 1], "Undone: Goblin added (6)", 5));
    expect(said()).toBe("Undone: Goblin added (6)");
  });

  it("does not say that something was done that was refused", () => {
    const { el, show } = editor();
    act(() => labelled(el, "Goblin: remove").click());
    show(stepped([0, 0], "", 4), { error: "it cannot be" });
    show(stepped([0, 0], "", 5));
    expect(words(one(el, ".ds-said"))).toBe("");
  });
});
