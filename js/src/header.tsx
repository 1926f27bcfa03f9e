// The scenario's name, which slot is shown, and Run.

import type { DisplayMode, State } from "./protocol.js";

const MODES: [DisplayMode, string, string][] = [
  ["newest", "Newest", "Show the slot that was stored last"],
  ["most_similar", "Most similar", "Show the slot nearest to the numbers below"],
  ["let_user_choose", "Let me choose", "Keep the slot that I pick"],
];

interface Props {
  state: State;
  run: () => void;
  choose: (mode: DisplayMode) => void;
}

export function Header({ state, run, choose }: Props) {
  const runs = state.scenario.settings.find((field) => field.path === "settings.runs")?.value;
  const stored = state.slots.some((slot) => slot.exact);
  return (
    <header class="ds-row">
      <h2>{state.scenario.name}</h2>
      <span class="ds-mute">{state.scenario.summary}</span>
      <span class="ds-space" />
      <span class="ds-segments" role="group" aria-label="Which slot to show">
        {MODES.map(([mode, label, title]) => (
          <button
            type="button"
            key={mode}
            title={title}
            aria-pressed={state.display_mode === mode}
            onClick={() => choose(mode)}
          >
            {label}
          </button>
        ))}
      </span>
      <button type="button" class="ds-primary" onClick={run}>
        {stored ? "Run again" : "Run"} {runs?.toLocaleString("en")}
      </button>
    </header>
  );
}
