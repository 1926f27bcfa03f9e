import { act } from "preact/test-utils";
import { beforeEach, describe, expect, it, vi } from "vitest";
import messages from "../../../../tests/fixtures/protocol/messages.json";
import widget from "../../../src/parts/replay/run_replay.js";
import { FakeModel } from "../../fake_model.js";
import { replay, state } from "../../fixtures.js";
import { all, click, one, press, type, words } from "../../page.js";

const frame = () =>
  act(async () => void (await new Promise((done) => requestAnimationFrame(() => done(null)))));

async function shown(selected_run: number | null) {
  const model = new FakeModel(
    state({ selected_run, replay: selected_run === null ? null : replay("told") }),
  );
  const el = document.createElement("div");
  document.body.append(el);
  const page = new AbortController();
  const props = { model: model.any, el, signal: page.signal };
  await act(
    async () => void (await widget.render(props as unknown as Parameters<typeof widget.render>[0])),
  );
  await frame();
  const update = async (changes: Parameters<FakeModel["update"]>[0]) => {
    act(() => model.update(changes));
    await frame();
  };
  return { el, model, update };
}

beforeEach(() => document.body.replaceChildren());

describe("a replay alone in a cell", () => {
  it("invites to pick a run while there is none, and takes its number", async () => {
    const { el, model } = await shown(null);
    expect(words(el)).toContain("No run is selected");
    click(el, "Replay");
    expect(model.sent).toEqual([messages.select_0]);
  });

  it("takes no number that cannot be a run's", async () => {
    const { el, model } = await shown(null);
    const input = one<HTMLInputElement>(el, "input");
    for (const typed of ["", "-1", "1.5"]) {
      type(input, typed);
      click(el, "Replay");
      expect(input.getAttribute("aria-invalid")).toBe("true");
    }
    expect(model.sent).toEqual([]);
  });

  it("tells the run, and invites again when it is closed", async () => {
    const { el, model, update } = await shown(0);
    expect(words(one(el, ".ds-caption"))).toContain("Run 0");
    await vi.waitFor(() =>
      expect(all(el, ".ds-events li")).toHaveLength(replay("told").words.length),
    );
    press(one(el, ".ds-time"), "Escape");
    expect(model.sent).toEqual([messages.select_None]);
    await update({ selected_run: null, replay: null });
    expect(document.activeElement).toBe(one(el, "input"));
  });
});
