// One timeline: the median run of a fifth, with the hit points of every combatant.

import { count, fought, wholePercent } from "../../kit/format.js";
import type { Quintile } from "../../protocol/results.js";
import { type Line, lines } from "./combatant_lines.js";

interface Props {
  block: Quintile;
  number: number;
  /** Whether its run is replayed below. */
  replayed: boolean;
  pick: (opener: HTMLElement) => void;
}

export function Timeline({ block, number, replayed, pick }: Props) {
  const party = block.combatants.filter((c) => c.side === "party").length;
  return (
    <div class="ds-timeline" data-quintile={block.name} role="group" aria-label={block.name}>
      <div class="ds-quintile">
        <i class={`ds-q${number}`} />
        <span>
          <b>{block.name}</b>
          <small class="ds-mute ds-numbers" title={`score ${count(block.score)}`}>
            runs {block.first}-{block.last}
          </small>
        </span>
      </div>
      <Bars all={lines(block.combatants, "party")} color="ds-party" />
      <Bars all={lines(block.combatants, "monsters")} color="ds-foe" />
      <div class="ds-numbers ds-end">
        <b>
          {block.survivors} of {party}
        </b>{" "}
        standing
        <div class="ds-mute">{fought(block.outcome, block.rounds)}</div>
        <div class="ds-mute">{wholePercent(block.win_share)} % of these won</div>
      </div>
      <button
        type="button"
        class="ds-small ds-replay-button ds-asks"
        aria-label={`Replay the ${block.name} run ${block.run}`}
        aria-pressed={replayed}
        onClick={(event) => pick(event.currentTarget)}
      >
        Replay
      </button>
    </div>
  );
}

function Bars({ all, color }: { all: Line[]; color: string }) {
  return (
    <div class="ds-bars">
      {all.map((line) => (
        <div key={line.name} title={line.note}>
          <span class={line.standing ? "" : "ds-down"}>
            {line.name}
            {line.count > 1 && (
              <small class="ds-mute">
                {" "}
                {line.standing} of {line.count}
              </small>
            )}
          </span>
          <span class="ds-meter" role="img" aria-label={line.note}>
            <i class={color} style={{ width: `${(100 * line.final) / line.start}%` }} />
          </span>
          <span class="ds-mute ds-numbers">
            {line.final} / {line.start}
          </span>
          <small class="ds-mute ds-numbers ds-fell">{line.fell}</small>
        </div>
      ))}
    </div>
  );
}
