// The columns of the strip: party hit points above the axis, what is left of the monsters below it.

import { useMemo } from "preact/hooks";
import type { StripView } from "../../protocol/results.js";
import { BLOCKS, blockSpan, outline, survivorBands, unresolvedSpans } from "./strip_shape.js";

/** Heights in pixels: of the party's columns, and of the monsters'. */
const ABOVE = 64;
const BELOW = 28;
/** A band narrower than this has no room for its words, or for its number. */
const WORD_SHARE = 0.1;
const NUMBER_SHARE = 0.035;

let stripes = 0;

interface Props {
  strip: StripView;
  /** The most hit points that the party, and that the monsters, can have. */
  most: [number, number];
}

export const share = (columns: number, all: number): string => `${(100 * columns) / all}%`;

/** Drawn once a strip, and not while a pointer moves. */
export function Columns({ strip, most }: Props) {
  const pattern = useMemo(() => `ds-stripes-${++stripes}`, []);
  return useMemo(
    () => (
      <>
        <Outlines strip={strip} most={most} pattern={pattern} />
        <Bands strip={strip} />
      </>
    ),
    [strip, most[0], most[1]],
  );
}

function Outlines({ strip, most, pattern }: Props & { pattern: string }) {
  const columns = strip.runs.length;
  const above = ABOVE / Math.max(1, most[0], ...strip.party_hp);
  const below = BELOW / Math.max(1, most[1], ...strip.monster_hp);
  const height = ABOVE + BELOW;
  return (
    <svg viewBox={`0 0 ${columns} ${height}`} preserveAspectRatio="none" aria-hidden="true">
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
        const d = outline(strip.party_hp, first, end, ABOVE, -above);
        return end > first && <path key={name} class={`ds-fill-q${block + 1}`} d={d} />;
      })}
      <path class="ds-fill-foe" d={outline(strip.monster_hp, 0, columns, ABOVE, below)} />
      {unresolvedSpans(strip).map(([first, end]) => (
        <rect
          key={first}
          x={first}
          width={end - first}
          y="0"
          height={height}
          fill={`url(#${pattern})`}
        />
      ))}
      <path class="ds-axis" d={`M0 ${ABOVE}H${columns}`} />
      {strip.blocks.slice(1).map((first) => (
        <path key={first} class="ds-boundary" d={`M${first} 0V${height}`} />
      ))}
    </svg>
  );
}

function Bands({ strip }: Pick<Props, "strip">) {
  const columns = strip.runs.length;
  return (
    <div class="ds-bands" aria-hidden="true">
      {survivorBands(strip).map(({ survivors, first, end }) => (
        <span key={first} style={{ width: share(end - first, columns) }}>
          {end - first >= WORD_SHARE * columns
            ? `${survivors} standing`
            : end - first >= NUMBER_SHARE * columns && survivors}
        </span>
      ))}
    </div>
  );
}
