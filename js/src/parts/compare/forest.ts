// Where an interval lies on a track around zero, and its numbers in words. No DOM.

import { count } from "../../kit/format.js";
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
export function forest({ unit, delta, low, high }: Contrast): Place | null {
  if (low === null || high === null) return null;
  const most = 1.1 * Math.max(LEAST[unit], Math.abs(low), Math.abs(high));
  const at = (value: number) => 50 + (50 * value) / most;
  return { low: at(low), delta: at(delta), high: at(high) };
}

/** "84.2 %", "3.41" */
export function figure(value: number, unit: Contrast["unit"]): string {
  if (unit === "points") return `${(100 * value).toFixed(1)} %`;
  return unit === "hit points" && value >= 1000
    ? count(Math.round(value))
    : value.toFixed(unit === "hit points" ? 1 : 2);
}

/** "+7.4", "−0.31", "0.0" */
export function signed(value: number, unit: Contrast["unit"]): string {
  const digits = unit === "points" || unit === "hit points" ? 1 : 2;
  const told = Math.abs(unit === "points" ? 100 * value : value).toFixed(digits);
  if (Number(told) === 0) return told;
  return `${value > 0 ? "+" : "−"}${told}`;
}
