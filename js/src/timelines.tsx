// Disaster to Legend: the median run of each fifth, with the hit points of every combatant.

import { lines, type Line } from "./groups.js";
import { percent, wholePercent } from "./format.js";
import type { PreviewView, Quintile, SlotView } from "./protocol/results.js";
import { Difference } from "./difference.js";

interface Props {
  slots: SlotView[];
  shown: number | null;
  preview: PreviewView | null;
}

/** Where what is on screen comes from, in words. */
function sourceOf(slot: SlotView | undefined, preview: PreviewView | null): string {
  if (preview) return "preview of the numbers above, not stored yet";
  if (!slot) return "";
  return `${slot.place}: ${slot.scenario}${slot.exact ? "" : ", not exactly the scenario above"}`;
}

export function Timelines({ slots, shown, preview }: Props) {
  const slot = shown === null ? undefined : slots[shown];
  const analysis = preview?.analysis ?? slot?.analysis ?? null;
  const source = sourceOf(slot, preview);
  const problem = slot?.state === "damaged" ? slot.problem : "";
  if (analysis === null) {
    return (
      <div class="ds-panel ds-nothing">
        <b>{problem ? "This slot cannot be shown" : "No result yet"}</b>
        <p class="ds-mute">
          {problem || "Press Run: the fight is played 1005 times, and its five timelines appear here."}
        </p>
      </div>
    );
  }
  return (
    <section class="ds-timelines" aria-label="Five timelines" aria-busy={preview?.pending ?? false}>
      <div class={preview ? "ds-row ds-caption ds-preview" : "ds-row ds-caption"}>
        <b>{analysis.label}</b>
        <span class="ds-mute">{source}</span>
        <span class="ds-space" />
        {preview && (
          <span class="ds-numbers">
            <b>{percent(analysis.win_rate)} %</b>{" "}
            <span class="ds-mute">
              won, 95 % {percent(analysis.win_rate_low)} to {percent(analysis.win_rate_high)}.
            </span>{" "}
            {preview.versus && <Difference versus={preview.versus} other={`slot ${preview.against}`} />}
          </span>
        )}
      </div>
      {analysis.quintiles.map((block, index) => (
        <Timeline key={block.name} block={block} number={index + 1} />
      ))}
      <ul class="ds-suggestions">
        {analysis.suggestions.map((suggestion) => (
          <li key={suggestion}>{suggestion}</li>
        ))}
      </ul>
    </section>
  );
}

const OUTCOMES = { win: "won", loss: "lost", unresolved: "unresolved" };

function Timeline({ block, number }: { block: Quintile; number: number }) {
  const party = block.combatants.filter((c) => c.side === "party").length;
  return (
    <div class="ds-timeline" data-quintile={block.name} role="group" aria-label={block.name}>
      <div class="ds-quintile">
        <i class={`ds-q${number}`} />
        <span>
          <b>{block.name}</b>
          <small class="ds-mute ds-numbers" title={`score ${block.score}: 10,000 a survivor, plus party, minus monster hit points`}>
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
        <div class="ds-mute">
          {OUTCOMES[block.outcome]} in {block.rounds} round{block.rounds === 1 ? "" : "s"}
        </div>
        <div class="ds-mute">{wholePercent(block.win_share)} % of these won</div>
      </div>
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
        </div>
      ))}
    </div>
  );
}
