// All runs, worst to best. Hover or walk to read a run, click or press Enter to pick it, drag or hold
// Shift to select a range.

import { count } from "../../kit/format.js";
import { useSaved } from "../../kit/saved.js";
import type { StripView } from "../../protocol/results.js";
import { Columns, share } from "./strip_columns.js";
import { type Reading, useReading } from "./strip_reading.js";
import { BLOCKS, blockSpan, describeRange, describeRun } from "./strip_shape.js";

interface Props {
  strip: StripView;
  /** The most hit points that the party, and that the monsters, can have. */
  most: [number, number];
  selected: number | null;
  pick: (run: number, opener: HTMLElement) => void;
}

const HINT = "Hover to read a run, click to replay it, drag to select a range.";
const SAVED_HINT = "Hover to read a run, drag to select a range.";
const KEYS =
  "Arrow keys walk from run to run, Page Up and Page Down from block to block, with Shift they select a range; " +
  "Enter replays the run, Escape clears the range.";

export function RunStrip({ strip, most, selected, pick }: Props) {
  const hint = useSaved() ? SAVED_HINT : HINT;
  const reading = useReading(strip, selected, pick);
  const { box, cursor, read, span, clear, handlers } = reading;
  return (
    <div class="ds-strip">
      <Head strip={strip} />
      <div
        ref={box}
        class="ds-strip-box"
        role="slider"
        tabIndex={0}
        aria-label={`${strip.place}: ${count(strip.total)} runs, worst to best`}
        aria-valuemin={1}
        aria-valuemax={strip.runs.length}
        aria-valuenow={cursor + 1}
        aria-valuetext={describeRun(strip, cursor)}
        aria-description={KEYS}
        data-lm-suppress-shortcuts="true"
        {...handlers}
      >
        <Columns strip={strip} most={most} />
        <Marks reading={reading} columns={strip.runs.length} selected={selected} />
      </div>
      <Blocks strip={strip} />
      <p class="ds-mute ds-numbers ds-strip-said">
        {read === null ? hint : `${describeRun(strip, read)}.`}
      </p>
      <div class="ds-row ds-strip-range" aria-live="polite">
        {span && (
          <>
            <span class="ds-numbers">{describeRange(strip, ...span)}.</span>
            <button type="button" class="ds-small" onClick={clear}>
              Clear range
            </button>
          </>
        )}
      </div>
    </div>
  );
}

function Head({ strip }: Pick<Props, "strip">) {
  const columns = strip.runs.length;
  return (
    <div class="ds-row ds-strip-head">
      <b>
        {columns < strip.total
          ? `${count(columns)} of ${count(strip.total)} runs, evenly spaced`
          : `All ${count(strip.total)} runs`}
      </b>
      <span class="ds-mute">worst to best, {strip.place}</span>
      <span class="ds-space" />
      <span class="ds-mute ds-legend">
        <i class="ds-key-party" /> party hit points left <i class="ds-key-foe" /> monster hit points
        left
      </span>
    </div>
  );
}

interface MarksProps extends Pick<Props, "selected"> {
  reading: Reading;
  columns: number;
}

function Marks({ reading: { read, chosen, span }, columns, selected }: MarksProps) {
  return (
    <>
      {span && (
        <i
          class="ds-brush"
          style={{ left: share(span[0], columns), width: share(span[1] - span[0], columns) }}
        />
      )}
      {chosen >= 0 && (
        <i
          class={chosen > 0.85 * columns ? "ds-chosen ds-right" : "ds-chosen"}
          style={{ left: share(chosen + 0.5, columns) }}
        >
          <span>run {selected}</span>
        </i>
      )}
      {read !== null && <i class="ds-cursor" style={{ left: share(read + 0.5, columns) }} />}
    </>
  );
}

function Blocks({ strip }: Pick<Props, "strip">) {
  return (
    <div class="ds-strip-blocks" aria-hidden="true">
      {BLOCKS.map((name, block) => {
        const [first, end] = blockSpan(strip, block);
        return (
          end > first && (
            <span key={name} style={{ width: share(end - first, strip.runs.length) }}>
              <i class={`ds-q${block + 1}`} />
              {name}
            </span>
          )
        );
      })}
    </div>
  );
}
