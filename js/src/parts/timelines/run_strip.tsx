// All runs, worst to best: party hit points above the axis, what is left of the monsters below it. Hover
// or walk to read a run, click or press Enter to pick it, drag or hold Shift to select a range.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { count } from "../../kit/format.js";
import { useSaved } from "../../kit/kit.js";
import type { StripView } from "../../protocol/results.js";
import {
  BLOCKS,
  blockSpan,
  columnAfterKey,
  outline,
  saidOf,
  saidOfRange,
  survivorBands,
  unresolvedSpans,
} from "./strip_shape.js";

/** Heights in pixels: of the party's columns, and of the monsters'. */
const ABOVE = 64;
const BELOW = 28;
/** A pointer that moves less than this clicks. */
const DRAG_PIXELS = 4;
/** A band narrower than this has no room for its words, or for its number. */
const WORD_SHARE = 0.1;
const NUMBER_SHARE = 0.035;

interface Props {
  strip: StripView;
  /** The most hit points that the party, and that the monsters, can have. */
  most: [number, number];
  selected: number | null;
  pick: (run: number, opener: HTMLElement) => void;
}

interface Range {
  from: number;
  to: number;
}

const HINT = "Hover to read a run, click to replay it, drag to select a range.";
const SAVED_HINT = "Hover to read a run, drag to select a range.";
const KEYS =
  "Arrow keys walk from run to run, Page Up and Page Down from block to block, with Shift they select a range; " +
  "Enter replays the run, Escape clears the range.";

let stripes = 0;

export function RunStrip({ strip, most, selected, pick }: Props) {
  const hint = useSaved() ? SAVED_HINT : HINT;
  const columns = strip.runs.length;
  const box = useRef<HTMLDivElement>(null);
  const press = useRef<{ x: number; column: number } | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [focused, setFocused] = useState(false);
  const [walked, setWalked] = useState<number | null>(null);
  const [range, setRange] = useState<Range | null>(null);
  const chosen = selected === null ? -1 : strip.runs.indexOf(selected);
  const cursor = Math.min(walked ?? (chosen >= 0 ? chosen : columns >> 1), columns - 1);
  const read = hovered ?? (focused ? cursor : null);
  // What was selected was of other runs.
  useEffect(() => setRange(null), [strip.place, strip.generation, strip.total]);
  const span =
    range && ([Math.min(range.from, range.to), Math.max(range.from, range.to) + 1] as const);

  const columnAt = (event: PointerEvent): number => {
    const { left, width } = box.current!.getBoundingClientRect();
    const at = Math.floor(((event.clientX - left) / Math.max(1, width)) * columns);
    return Math.max(0, Math.min(columns - 1, at));
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    press.current = { x: event.clientX, column: columnAt(event) };
    box.current!.setPointerCapture?.(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    const column = columnAt(event);
    setHovered(column);
    const began = press.current;
    if (began && (range || Math.abs(event.clientX - began.x) >= DRAG_PIXELS)) {
      setRange({ from: began.column, to: column });
    }
  };
  const up = (event: PointerEvent) => {
    const began = press.current;
    press.current = null;
    if (!began) return;
    setWalked(columnAt(event));
    if (Math.abs(event.clientX - began.x) >= DRAG_PIXELS) return;
    setRange(null);
    pick(strip.runs[began.column]!, box.current!);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === " ") pick(strip.runs[cursor]!, box.current!);
    else if (event.key === "Escape" && range) setRange(null);
    else {
      const next = columnAfterKey(strip, cursor, event.key);
      if (next === null) return;
      setHovered(null);
      setWalked(next);
      setRange(event.shiftKey ? { from: range?.from ?? cursor, to: next } : null);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="ds-strip">
      <div class="ds-row ds-strip-head">
        <b>
          {columns < strip.total
            ? `${count(columns)} of ${count(strip.total)} runs, evenly spaced`
            : `All ${count(strip.total)} runs`}
        </b>
        <span class="ds-mute">worst to best, {strip.place}</span>
        <span class="ds-space" />
        <span class="ds-mute ds-legend">
          <i class="ds-key-party" /> party hit points left <i class="ds-key-foe" /> monster hit
          points left
        </span>
      </div>
      <div
        ref={box}
        class="ds-strip-box"
        role="slider"
        tabIndex={0}
        aria-label={`${strip.place}: ${count(strip.total)} runs, worst to best`}
        aria-valuemin={1}
        aria-valuemax={columns}
        aria-valuenow={cursor + 1}
        aria-valuetext={saidOf(strip, cursor)}
        aria-description={KEYS}
        data-lm-suppress-shortcuts="true"
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={() => (press.current = null)}
        onPointerLeave={() => setHovered(null)}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={key}
      >
        <Columns strip={strip} most={most} />
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
      </div>
      <div class="ds-strip-blocks" aria-hidden="true">
        {BLOCKS.map((name, block) => {
          const [first, end] = blockSpan(strip, block);
          return (
            end > first && (
              <span key={name} style={{ width: share(end - first, columns) }}>
                <i class={`ds-q${block + 1}`} />
                {name}
              </span>
            )
          );
        })}
      </div>
      <p class="ds-mute ds-numbers ds-strip-said">
        {read === null ? hint : `${saidOf(strip, read)}.`}
      </p>
      <div class="ds-row ds-strip-range" aria-live="polite">
        {span && (
          <>
            <span class="ds-numbers">{saidOfRange(strip, span[0], span[1])}.</span>
            <button type="button" class="ds-small" onClick={() => setRange(null)}>
              Clear range
            </button>
          </>
        )}
      </div>
    </div>
  );
}

const share = (columns: number, all: number): string => `${(100 * columns) / all}%`;

/** What does not change while a pointer moves. */
function Columns({ strip, most }: Pick<Props, "strip" | "most">) {
  const pattern = useMemo(() => `ds-stripes-${++stripes}`, []);
  const columns = strip.runs.length;
  return useMemo(() => {
    const above = ABOVE / Math.max(1, most[0], ...strip.party_hp);
    const below = BELOW / Math.max(1, most[1], ...strip.monster_hp);
    return (
      <>
        <svg
          viewBox={`0 0 ${columns} ${ABOVE + BELOW}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <defs>
            <pattern
              id={pattern}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="2" height="6" class="ds-stripe" />
            </pattern>
          </defs>
          {BLOCKS.map((name, block) => {
            const [first, end] = blockSpan(strip, block);
            return (
              end > first && (
                <path
                  key={name}
                  class={`ds-fill-q${block + 1}`}
                  d={outline(strip.party_hp, first, end, ABOVE, -above)}
                />
              )
            );
          })}
          <path class="ds-fill-foe" d={outline(strip.monster_hp, 0, columns, ABOVE, below)} />
          {unresolvedSpans(strip).map(([first, end]) => (
            <rect
              key={first}
              x={first}
              width={end - first}
              y="0"
              height={ABOVE + BELOW}
              fill={`url(#${pattern})`}
            />
          ))}
          <path class="ds-axis" d={`M0 ${ABOVE}H${columns}`} />
          {strip.blocks.slice(1).map((first) => (
            <path key={first} class="ds-boundary" d={`M${first} 0V${ABOVE + BELOW}`} />
          ))}
        </svg>
        <div class="ds-bands" aria-hidden="true">
          {survivorBands(strip).map(({ survivors, first, end }) => (
            <span key={first} style={{ width: share(end - first, columns) }}>
              {end - first >= WORD_SHARE * columns
                ? `${survivors} standing`
                : end - first >= NUMBER_SHARE * columns && survivors}
            </span>
          ))}
        </div>
      </>
    );
  }, [strip, most[0], most[1]]);
}
