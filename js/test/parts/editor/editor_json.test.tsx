import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Editor } from "../../../src/parts/editor/editor.js";
import type { Message } from "../../../src/protocol/messages.js";
import type { PasteView } from "../../../src/protocol/scenario.js";
import { bestiary, library, scenario } from "../../fixtures.js";
import { all, click, draw, one, press, words } from "../../page.js";

afterEach(() => vi.unstubAllGlobals());

const editor = () => {
  const sent: Message[] = [];
  const send = (message: Message) => void sent.push(message);
  const drawn = (paste: Partial<PasteView> = {}, scenario_json = "") => {
    const view = scenario("starter");
    view.paste = { ...view.paste, ...paste };
    return (
      <Editor
        state={{
          error: "",
          scenario_view: view,
          scenario_json,
          bestiary: bestiary(),
          library: library(),
        }}
        send={send}
      />
    );
  };
  const el = draw(drawn());
  const show = async (paste: Partial<PasteView>, json = "") => {
    await act(async () => render(drawn(paste, json), el));
    await act(async () => undefined); // what the clipboard answers
  };
  return { el, sent, show };
};

const write = (el: Element, text: string) => {
  const area = one<HTMLTextAreaElement>(el, "textarea");
  act(() => {
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return area;
};

describe("pasting JSON", () => {
  it("opens a field that has the focus, and Escape closes it and gives the focus back", () => {
    const { el, sent } = editor();
    click(el, "Paste JSON");
    const area = one(el, "textarea");
    expect(document.activeElement).toBe(area);
    press(area, "Escape");
    expect(all(el, "textarea")).toEqual([]);
    expect(words(document.activeElement!)).toBe("Paste JSON");
    expect(sent).toEqual([]);
  });

  it("closes and says so once the scenario is replaced", async () => {
    const { el, sent, show } = editor();
    click(el, "Paste JSON");
    write(el, "{}");
    click(el, "Put it on screen");
    expect(sent).toEqual([{ type: "paste", text: "{}" }]);
    await show({ number: 1 });
    expect(all(el, "textarea")).toEqual([]);
    expect(words(one(el, ".ds-said"))).toBe("Scenario replaced");
  });

  it("says what became of another program's file", async () => {
    const { el, show } = editor();
    click(el, "Paste JSON");
    write(el, "{}");
    click(el, "Put it on screen");
    await show({ number: 1, note: "Open5e v1 monster: <b>Dog</b>; left out: its bark" });
    expect(words(one(el, ".ds-said"))).toBe("Open5e v1 monster: <b>Dog</b>; left out: its bark");
  });

  it("keeps the text, and tells every problem beside it", async () => {
    const { el, show } = editor();
    click(el, "Paste JSON");
    write(el, '{"name": 3}');
    click(el, "Put it on screen");
    await show({
      number: 1,
      problems: ["name: expected a text, got 3", "players: <img src=x onerror=alert(1)>"],
    });
    const area = one<HTMLTextAreaElement>(el, "textarea");
    expect(area.value).toBe('{"name": 3}');
    const told = one(el, `[id="${area.getAttribute("aria-describedby")}"]`);
    expect(told.getAttribute("role")).toBe("alert");
    expect(all(told, "li").map(words)).toEqual([
      "name: expected a text, got 3",
      "players: <img src=x onerror=alert(1)>",
    ]);
  });

  it("does not answer for what was pasted elsewhere", async () => {
    const { el, show } = editor();
    click(el, "Paste JSON");
    write(el, "{}");
    await show({ number: 1, problems: ["name: is missing"] });
    expect(all(el, '[role="alert"]')).toEqual([]);
    expect(all(el, "textarea")).toHaveLength(1);
  });

  it("sends no text of more than a megabyte", () => {
    const { el, sent } = editor();
    click(el, "Paste JSON");
    write(el, "x".repeat(1_200_000));
    click(el, "Put it on screen");
    expect(sent).toEqual([]);
    expect(words(one(el, '[role="alert"]'))).toBe("the text: is 1.2 MB long; at most 1 MB");
  });
});

describe("copying JSON", () => {
  it("asks for it, and puts it on the clipboard when it comes", async () => {
    const writeText = vi.fn(async () => undefined);
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    const { el, sent, show } = editor();
    click(el, "Copy JSON");
    expect(sent).toEqual([{ type: "copy" }]);
    await show({}, '{"name": "Ogre"}');
    expect(writeText.mock.calls).toEqual([['{"name": "Ogre"}']]);
    expect(words(one(el, ".ds-said"))).toBe("Scenario copied as JSON");
    await act(async () => click(el, "Copy JSON"));
    expect(sent).toHaveLength(1);
    expect(writeText).toHaveBeenCalledTimes(2);
  });

  it("shows the text, selected, where the clipboard is closed", async () => {
    vi.stubGlobal("navigator", {});
    const { el, show } = editor();
    click(el, "Copy JSON");
    await show({}, '{"name": "Ogre"}');
    const area = one<HTMLTextAreaElement>(el, "textarea");
    expect([area.value, area.readOnly, document.activeElement === area]).toEqual([
      '{"name": "Ogre"}',
      true,
      true,
    ]);
    expect([area.selectionStart, area.selectionEnd]).toEqual([0, area.value.length]);
    press(area, "Escape");
    expect(all(el, "textarea")).toEqual([]);
    expect(words(document.activeElement!)).toBe("Copy JSON");
  });
});
