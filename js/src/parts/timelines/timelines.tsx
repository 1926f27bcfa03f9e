// Disaster to Legend: the median run of each fifth, and all runs as a strip.

import { capital, percent } from "../../kit/format.js";
import { useSaved } from "../../kit/saved.js";
import type { Analysis, PreviewView, SlotView, StripView } from "../../protocol/results.js";
import { isSame, isWrong } from "../slots/slot_facts.js";
import { RunStrip } from "./run_strip.js";
import { Timeline } from "./timeline.js";

interface Props {
  slots: SlotView[];
  shown: number | null;
  preview: PreviewView | null;
  slotStrips: (StripView | null)[];
  previewStrip: StripView | null;
  ranking: string;
  selected: number | null;
  /** Have a run replayed; the focus comes back to the opener. */
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

/** The most hit points that a side can have: those at the start of the five runs. */
const most = (analysis: Analysis, side: "party" | "monsters"): number =>
  Math.max(
    ...analysis.quintiles.map(({ combatants }) =>
      combatants.reduce((sum, one) => sum + (one.side === side ? one.start_hp : 0), 0),
    ),
  );

export function Timelines(props: Props) {
  const { slots, shown, preview, ranking, selected, pick, saveAgain } = props;
  const slot = shown === null ? undefined : slots[shown];
  const analysis = preview?.analysis ?? slot?.analysis ?? null;
  if (analysis === null)
    return <NoResult problem={(slot ? [slot] : slots).find(isWrong)?.problem} />;
  const strip = stripOf(props, slot);
  return (
    <section class="ds-timelines" aria-label="Five timelines" aria-busy={preview?.pending ?? false}>
      <Caption analysis={analysis} preview={preview} source={sourceOf(slot, preview)} />
      {preview?.unsaved && <Unsaved {...preview.unsaved} saveAgain={saveAgain} />}
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
          <p class="ds-mute">{ranking}</p>
        </details>
      </div>
    </section>
  );
}

function NoResult({ problem }: { problem: string | undefined }) {
  const run = useSaved() ? "Run the cell, then press Run" : "Press Run";
  return (
    <div class="ds-panel ds-nothing">
      <b>{problem ? "This slot cannot be shown" : "No result yet"}</b>
      <p class="ds-mute">
        {problem || `${run}: the fight is played, and its five timelines appear here.`}
      </p>
    </div>
  );
}

interface CaptionProps {
  analysis: Analysis;
  preview: PreviewView | null;
  source: string;
}

function Caption({ analysis: a, preview, source }: CaptionProps) {
  return (
    <div class={preview ? "ds-row ds-caption ds-preview" : "ds-row ds-caption"}>
      <b>{a.label}</b>
      <span class="ds-grade">
        <span data-grade={a.grade}>{a.grade}</span>
        {capital(a.grade_name)}, {a.tier_name}
      </span>
      <span class="ds-mute">{source}</span>
      <span class="ds-space" />
      {preview && (
        <span class="ds-numbers">
          <b>{percent(a.win_rate)} %</b>{" "}
          <span class="ds-mute">
            won, 95 % {percent(a.win_rate_low)} to {percent(a.win_rate_high)}.
          </span>{" "}
          {preview.versus}
        </span>
      )}
    </div>
  );
}

interface UnsavedProps extends Pick<Props, "saveAgain"> {
  job: number;
  reason: string;
}

function Unsaved({ job, reason, saveAgain }: UnsavedProps) {
  return (
    <div class="ds-row ds-caption" role="status">
      <span class="ds-failed">This result could not be stored: {reason}</span>
      <span class="ds-space" />
      {saveAgain && (
        <button type="button" class="ds-asks" onClick={() => saveAgain(job)}>
          Save again
        </button>
      )}
    </div>
  );
}
