// Numbers and times in words. No DOM.
//
// Who says what: a verdict, a reason, a rule of the game, what has changed or how a run ended is put into
// words by the kernel (words/ and the views of the parts), so that a saved notebook, a screen reader and
// the live widget say the same. Said here is what depends on the screen: labels of controls, places, what
// a pointer is on, times that pass; and figures that stand by themselves.

import type { PerformanceMetrics } from "../protocol/results.js";

export const percent = (share: number, digits = 1): string => (100 * share).toFixed(digits);

/** In whole percents; "100" and "0" are kept for all and for none. */
export function wholePercent(share: number): string {
  if (share > 0 && share < 0.01) return "under 1";
  if (share > 0.99 && share < 1) return "over 99";
  return percent(share, 0);
}

/** "1,005" */
export const count = (number: number): string => number.toLocaleString("en");

/** "round" of one, "rounds" of all other numbers; the only place where a plural is made. */
export const noun = (number: number, one: string): string => (number === 1 ? one : `${one}s`);

/** "1 round", "1,005 runs" */
export const plural = (number: number, one: string): string =>
  `${count(number)} ${noun(number, one)}`;

const OUTCOMES: Record<string, string> = { w: "won", l: "lost", u: "unresolved" };

/** "won in 8 rounds", of an outcome or its first letter. */
export const fought = (outcome: string, rounds: number): string =>
  `${OUTCOMES[outcome.charAt(0)]} in ${plural(rounds, "round")}`;

export function bytes(size: number): string {
  if (size < 1_000_000) return `${(size / 1000).toFixed(0)} kB`;
  return `${(size / 1_000_000).toFixed(size < 10_000_000 ? 1 : 0)} MB`;
}

/** What a result took to play and to store. */
export function cost(metrics: PerformanceMetrics | null): string {
  if (!metrics) return "";
  const { simulation_seconds, disk_seconds, compression_ratio, peak_memory_bytes } = metrics;
  const smaller = compression_ratio
    ? `, ${compression_ratio.toFixed(1)} times smaller than in memory`
    : "";
  return (
    `Played in ${seconds(simulation_seconds)}, stored in ${seconds(disk_seconds)}${smaller}; ` +
    `peak memory ${bytes(peak_memory_bytes)}`
  );
}

export function seconds(time: number): string {
  if (time < 1) return `${(1000 * time).toFixed(0)} ms`;
  return time < 90 ? `${time.toFixed(1)} s` : `${Math.round(time / 60)} min`;
}

/** "4,020 runs/s" */
export const rate = (runs: number | null): string =>
  runs === null
    ? ""
    : `${count(runs < 100 ? Number(runs.toPrecision(2)) : Math.round(runs))} runs/s`;

/** "3 min ago"; "29 Nov 2026, 21:30" where there is no now. */
export function age(timestamp: string, now: number | null): string {
  if (now === null) return date(timestamp);
  const seconds = Math.max(0, (now - Date.parse(timestamp)) / 1000);
  if (!Number.isFinite(seconds)) return "";
  if (seconds < 5) return "just now";
  if (seconds < 90) return `${Math.round(seconds)} s ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} days ago`;
}

function date(timestamp: string): string {
  const found = new Date(timestamp);
  if (Number.isNaN(found.valueOf())) return "";
  const [day, time] = [
    { day: "numeric", month: "short", year: "numeric" },
    { hour: "2-digit", minute: "2-digit" },
  ] as const;
  return `${found.toLocaleDateString("en-GB", day)}, ${found.toLocaleTimeString("en-GB", time)}`;
}

export function timeLeft(seconds: number | null): string {
  if (seconds === null) return "";
  if (seconds < 1) return "under a second left";
  if (seconds < 90) return `${Math.round(seconds)} s left`;
  return `${Math.round(seconds / 60)} min left`;
}

/** "Ogre" for "Ogre 2": the kind that a numbered combatant belongs to. */
export const kind = (name: string): string => name.replace(/ \d+$/, "");

export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
