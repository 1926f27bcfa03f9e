// The whole dashboard on a page, its kernel played by the test, its clock by fake timers.

import { act } from "preact/test-utils";
import { vi } from "vitest";
import type { DashboardState as State } from "../src/protocol/state.js";
import widget from "../src/simulation_display.js";
import { FakeModel } from "./fake_model.js";
import { state } from "./fixtures.js";

/** A frame of the browser, and a little more. */
const FRAME_MILLISECONDS = 20;

export class Dashboard {
  readonly el = document.createElement("div");
  readonly page = new AbortController();
  private cleanUp: undefined | (() => unknown);

  private constructor(readonly model: FakeModel) {}

  /** Draw a dashboard; the test must have called `vi.useFakeTimers()`. */
  static async show(given: State = state(), model = new FakeModel(given)): Promise<Dashboard> {
    const board = new Dashboard(model);
    document.body.append(board.el);
    const props = { model: model.any, el: board.el, signal: board.page.signal };
    await act(async () => {
      const done = await widget.render(props as unknown as Parameters<typeof widget.render>[0]);
      board.cleanUp = done ?? undefined;
    });
    board.pass(FRAME_MILLISECONDS);
    return board;
  }

  /** Let time pass. */
  pass(milliseconds: number): void {
    act(() => {
      vi.advanceTimersByTime(milliseconds);
    });
  }

  /** Be the kernel, and draw what it tells. */
  update(changes: Partial<State>): void {
    act(() => this.model.update(changes));
    this.pass(FRAME_MILLISECONDS);
  }

  /** Take the view from the page, as closing its cell does. */
  remove(): void {
    act(() => {
      this.cleanUp?.();
    });
    this.page.abort();
    this.el.remove();
  }
}
