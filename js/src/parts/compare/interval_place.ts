// Where an interval lies on a track around zero. No DOM.

import type { Contrast } from "../../protocol/comparison.js";

/** Differences smaller than this are not blown up to the width of the track. */
const LEAST: Record<Contrast["unit"], number> = {
  points: 0.05,
  characters: 0.25,
  rounds: 0.5,
  "hit points": 2,
};

export interface Place {
  low: number;
  delta: number;
  high: number;
}

/** Percent of the track's width; each row has a scale of its own, zero is in the middle. */
export function intervalPlace({ unit, delta, low, high }: Contrast): Place | null {
  if (low === null || high === null) return null;
  const most = 1.1 * Math.max(LEAST[unit], Math.abs(low), Math.abs(high));
  const at = (value: number) => 50 + (50 * value) / most;
  return { low: at(low), delta: at(delta), high: at(high) };
}
