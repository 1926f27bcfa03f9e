// The scenario's name, which slot is shown, and Run.

import type { DisplayMode } from "../../protocol/messages.js";
import type { SlotView } from "../../protocol/results.js";
import type { ScenarioView } from "../../protocol/scenario.js";
import { Modes } from "../slots/display_modes.js";

interface Props {
  scenario: ScenarioView;
  slots: SlotView[];
  mode: DisplayMode;
  shown: number | null;
  now: number | null;
  run: () => void;
  choose: (mode: DisplayMode) => void;
  pick: (slot: number) => void;
}

export function Header({ scenario, slots, mode, shown, now, run, choose, pick }: Props) {
  const runs = scenario.settings.find(({ path }) => path === "settings.runs")?.value;
  const stored = slots.some((slot) => slot.exact);
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a page has one banner, not one a widget
    <header class="ds-row" role="group" aria-label="Scenario">
      <h2>{scenario.name}</h2>
      <span class="ds-mute">{scenario.summary}</span>
      <span class="ds-space" />
      <Modes mode={mode} slots={slots} shown={shown} now={now} choose={choose} pick={pick} />
      <button type="button" class="ds-primary ds-asks" onClick={run}>
        {stored ? "Run again" : "Run"} {runs?.toLocaleString("en")}
      </button>
    </header>
  );
}
