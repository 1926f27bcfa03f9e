// Ways through a run: from event to event, from round to round, to the next who goes down. No DOM.

import type { ReplayView } from "../../protocol/replay.js";
import { goesDown } from "./replay_state.js";

/** The events of a round; step k of a run is after its first k events. */
export interface Round {
  encounter: number;
  /** 0 is before the first: initiative. */
  round: number;
  first: number;
  end: number;
}

export function roundsOf({ rows }: ReplayView): Round[] {
  const found: Round[] = [];
  rows.forEach(([encounter, round], index) => {
    const last = found.at(-1);
    if (last && last.encounter === encounter && last.round === round) last.end = index + 1;
    else found.push({ encounter, round, first: index, end: index + 1 });
  });
  return found;
}

export const heading = ({ encounter, round }: Round): string =>
  `Encounter ${encounter}, ${round ? `round ${round}` : "initiative"}`;

/** To the end of this round, or of the next one. */
export const roundOn = (rounds: Round[], step: number): number =>
  rounds.find((round) => round.end > step)?.end ?? step;

/** To where this round began or, from there, the one before. */
export const roundBack = (rounds: Round[], step: number): number =>
  rounds.findLast((round) => round.first < step)?.first ?? 0;

/** The step at which the next one has gone down; null when nobody does any more. */
export function nextDown({ rows }: ReplayView, step: number): number | null {
  const index = rows.findIndex((row, at) => at >= step && goesDown(row));
  return index < 0 ? null : index + 1;
}

/** Where a key leads; null for keys that lead nowhere. */
export function afterKey(
  view: ReplayView,
  rounds: Round[],
  step: number,
  key: string,
  shift: boolean,
): number | null {
  switch (key) {
    case "ArrowRight":
      return shift ? roundOn(rounds, step) : Math.min(step + 1, view.rows.length);
    case "ArrowLeft":
      return shift ? roundBack(rounds, step) : Math.max(step - 1, 0);
    case "Home":
      return 0;
    case "End":
      return view.rows.length;
    default:
      return null;
  }
}

/** The whole run as the kernel prints it. */
export function asText(view: ReplayView): string {
  const lines = [`Run ${view.run}`];
  for (const round of roundsOf(view)) {
    lines.push(
      heading(round),
      ...view.words.slice(round.first, round.end).map((words) => `  ${words}`),
    );
  }
  if (view.rows.length < view.events) lines.push(`(${view.rows.length} of ${view.events} events)`);
  return lines.join("\n");
}
