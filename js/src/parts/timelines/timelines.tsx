// Disaster to Legend: the median run of each fifth, with the hit points of every combatant.

import { capital, percent, wholePercent } from "../../kit/format.js";
import { useSaved } from "../../kit/kit.js";
import type {
  Analysis,
  PreviewView,
  Quintile,
  SlotView,
  StripView,
} from "../../protocol/results.js";
import { Difference } from "../slots/difference.js";
import { isSame, isWrong } from "../slots/slot_facts.js";
import { type Line, lines } from "./groups.js";
import { RunStrip } from "./run_strip.js";

interface Props {
  slots: SlotView[];
  shown: number | null;
  preview: PreviewView | null;
  slotStrips: (StripView | null)[];
  previewStrip: StripView | null;
  selected: number | null;
  /** Have a run told; the focus comes back to the opener. */
  pick: (run: number, opener: HTMLElement) => void;
  /** Store the result of a job that could not be stored. */
  saveAgain?: (job: number) => void;
}

/** Where what is on screen comes from, in words. */
function sourceOf(slot: SlotView | undefined, preview: PreviewView | null): string {
  if (preview?.unsaved) return "in memory, not stored";
  if (preview) return "preview of the numbers above, not stored yet";
  if (!slot) return "";
  const other = isSame(slot) ? "" : ", not exactly the scenario above";
  const doubt = slot.origin?.verified === false ? ", not verified" : "";
  return `${slot.place}: ${slot.scenario}${other}${doubt}`;
}

/** The strip of exactly what is on screen; none while it is still that of another generation. */
function stripOf(props: Props, slot: SlotView | undefined): StripView | null {
  if (props.preview) return props.previewStrip;
  const strip = props.shown === null ? null : (props.slotStrips[props.shown] ?? null);
  return strip && slot && strip.place === slot.place && strip.generation === slot.generation
    ? strip
    : null;
}

/** The most hit points that a side can have: those at the start of the runs that are told. */
const most = (analysis: Analysis, side: "party" | "monsters"): number =>
  Math.max(
    ...analysis.quintiles.map(({ combatants }) =>
      combatants.reduce((sum, one) => sum + (one.side === side ? one.start_hp : 0), 0),
    ),
  );

export function Timelines(props: Props) {
  const { slots, shown, preview, selected, pick, saveAgain } = props;
  const unsaved = preview?.unsaved;
  const saved = useSaved();
  const slot = shown === null ? undefined : slots[shown];
  const analysis = preview?.analysis ?? slot?.analysis ?? null;
  const source = sourceOf(slot, preview);
  const strip = stripOf(props, slot);
  const problem = (slot ? [slot] : slots).find(isWrong)?.problem;
  if (analysis === null) {
    return (
      <div class="ds-panel ds-nothing">
        <b>{problem ? "This slot cannot be shown" : "No result yet"}</b>
        <p class="ds-mute">
          {problem ||
            `${saved ? "Run the cell, then press Run" : "Press Run"}: the fight is played 1005 times, and its five timelines appear here.`}
        </p>
      </div>
    );
  }
  return (
    <section class="ds-timelines" aria-label="Five timelines" aria-busy={preview?.pending ?? false}>
      <div class={preview ? "ds-row ds-caption ds-preview" : "ds-row ds-caption"}>
        <b>{analysis.label}</b>
        <span class="ds-grade">
          <span data-grade={analysis.grade}>{analysis.grade}</span>
          {capital(analysis.grade_name)}, {analysis.tier_name}
        </span>
        <span class="ds-mute">{source}</span>
        <span class="ds-space" />
        {preview && (
          <span class="ds-numbers">
            <b>{percent(analysis.win_rate)} %</b>{" "}
            <span class="ds-mute">
              won, 95 % {percent(analysis.win_rate_low)} to {percent(analysis.win_rate_high)}.
            </span>{" "}
            {preview.versus && (
              <Difference versus={preview.versus} other={`slot ${preview.against}`} />
            )}
          </span>
        )}
      </div>
      {unsaved && (
        <div class="ds-row ds-caption" role="status">
          <span class="ds-failed">This result could not be stored: {unsaved.reason}</span>
          <span class="ds-space" />
          {saveAgain && (
            <button type="button" class="ds-asks" onClick={() => saveAgain(unsaved.job)}>
              Save again
            </button>
          )}
        </div>
      )}
      {analysis.quintiles.map((block, index) => (
        <Timeline
          key={block.name}
          block={block}
          number={index + 1}
          replayed={block.run === selected}
          pick={(opener) => pick(block.run, opener)}
        />
      ))}
      {strip && (
        <RunStrip
          strip={strip}
          most={[most(analysis, "party"), most(analysis, "monsters")]}
          selected={selected}
          pick={pick}
        />
      )}
      <div class="ds-advice">
        <ul class="ds-suggestions">
          {analysis.suggestions.map((suggestion) => (
            <li key={suggestion}>{suggestion}</li>
          ))}
        </ul>
        <details class="ds-rule">
          <summary>How runs are ranked</summary>
          <p class="ds-mute">
            A run scores 10,000 for each character standing at its end, plus the party's hit points
            left, minus the monsters'. All runs are sorted by score, worst first, and cut into five
            equal blocks; each timeline is the run in the middle of its block.
          </p>
        </details>
      </div>
    </section>
  );
}

const OUTCOMES = { win: "won", loss: "lost", unresolved: "unresolved" };

interface TimelineProps {
  block: Quintile;
  number: number;
  /** Whether its run is told below. */
  replayed: boolean;
  pick: (opener: HTMLElement) => void;
}

function Timeline({ block, number, replayed, pick }: TimelineProps) {
  const party = block.combatants.filter((c) => c.side === "party").length;
  return (
    <div class="ds-timeline" data-quintile={block.name} role="group" aria-label={block.name}>
      <div class="ds-quintile">
        <i class={`ds-q${number}`} />
        <span>
          <b>{block.name}</b>
          <small
            class="ds-mute ds-numbers"
            title={`score ${block.score}: 10,000 a survivor, plus party, minus monster hit points`}
          >
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
