// The strip of all runs: where its columns stand, what they are in words, where keys lead. No DOM.

import { count, fought, percent, plural } from "../../kit/format.js";
import type { StripView } from "../../protocol/results.js";

export const BLOCKS = ["Disaster", "Struggle", "Typical", "Heroic", "Legend"] as const;

/** From 1, worst first, among all runs of the data set; columns may be fewer than runs. */
export const rankOf = ({ total, runs }: StripView, column: number): number =>
  Math.floor(((2 * column + 1) * total) / (2 * runs.length)) + 1;

/** Columns of a block, first and end. */
export const blockSpan = ({ blocks, runs }: StripView, block: number): [number, number] => [
  blocks[block] ?? 0,
  blocks[block + 1] ?? runs.length,
];

export const blockOf = ({ blocks }: StripView, column: number): number =>
  blocks.findLastIndex((first) => first <= column);

/** One run in words. */
export function describeRun(strip: StripView, column: number): string {
  const party = `${strip.survivors[column]} standing with ${strip.party_hp[column]} hit points`;
  const monsters = strip.monster_hp[column] ? `, monsters ${strip.monster_hp[column]}` : "";
  return (
    `Run ${strip.runs[column]}, rank ${count(rankOf(strip, column))} of ${count(strip.total)}, ` +
    `${BLOCKS[blockOf(strip, column)]}: ` +
    `${fought(strip.outcomes[column] ?? "", strip.rounds[column] ?? 0)}, ${party}${monsters}`
  );
}

const mean = (values: number[]): string =>
  (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(1);

/** The columns from `first` to before `end` in words. */
export function describeRange(strip: StripView, first: number, end: number): string {
  const many = end - first;
  const won = [...strip.outcomes.slice(first, end)].filter((letter) => letter === "w").length;
  const which = strip.runs.length < strip.total ? "shown run" : "run";
  return (
    `${plural(many, which)}, ranks ${count(rankOf(strip, first))} to ` +
    `${count(rankOf(strip, end - 1))}: ${percent(won / many)} % won, on average ` +
    `${mean(strip.survivors.slice(first, end))} standing after ${mean(strip.rounds.slice(first, end))} rounds`
  );
}

/** Where a key leads from a column; null for keys that lead nowhere. */
export function columnAfterKey(strip: StripView, column: number, key: string): number | null {
  const last = strip.runs.length - 1;
  const block = blockOf(strip, column);
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return Math.min(column + 1, last);
    case "ArrowLeft":
    case "ArrowDown":
      return Math.max(column - 1, 0);
    case "PageUp":
      return Math.min(strip.blocks[block + 1] ?? last, last);
    case "PageDown":
      return column > blockSpan(strip, block)[0]
        ? blockSpan(strip, block)[0]
        : (strip.blocks[block - 1] ?? 0);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}

/** The outline of columns `first` to before `end`, from the axis to their values. */
export function outline(
  values: number[],
  first: number,
  end: number,
  axis: number,
  scale: number,
): string {
  let path = `M${first} ${axis}`;
  let drawn = Number.NaN;
  for (let column = first; column < end; column++) {
    const value = values[column]!;
    if (value !== drawn) path += `H${column}V${Number((axis + scale * value).toFixed(2))}`;
    drawn = value;
  }
  return `${path}H${end}V${axis}Z`;
}

/** Columns in a row with equally many survivors. */
export interface Band {
  survivors: number;
  first: number;
  end: number;
}

export function survivorBands({ survivors }: StripView): Band[] {
  const bands: Band[] = [];
  survivors.forEach((standing, column) => {
    const last = bands.at(-1);
    if (last?.survivors === standing) last.end = column + 1;
    else bands.push({ survivors: standing, first: column, end: column + 1 });
  });
  return bands;
}

/** Columns in a row whose runs are unresolved. */
export function unresolvedSpans({ outcomes }: StripView): [number, number][] {
  return [...outcomes.matchAll(/u+/g)].map((found) => [found.index, found.index + found[0].length]);
}
