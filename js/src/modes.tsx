// Which slot is shown: the newest, the most similar one, or the one that was picked.

import type { DisplayMode } from "./protocol/messages.js";

const MODES: [DisplayMode, string, string][] = [
  ["newest", "Newest", "Show the slot that was stored last"],
  ["most_similar", "Most similar", "Show the slot nearest to the numbers below"],
  ["let_user_choose", "Let me choose", "Keep the slot that I pick"],
];

interface Props {
  mode: DisplayMode;
  choose: (mode: DisplayMode) => void;
}

export function Modes({ mode: shown, choose }: Props) {
  return (
    <span class="ds-segments" role="group" aria-label="Which slot to show">
      {MODES.map(([mode, label, title]) => (
        <button
          type="button"
          key={mode}
          title={title}
          aria-pressed={shown === mode}
          onClick={() => choose(mode)}
        >
          {label}
        </button>
      ))}
    </span>
  );
}
