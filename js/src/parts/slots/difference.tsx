// How a win rate stands to another, in words, with its interval, and what the same dice came to.

import { count, percent } from "../../kit/format.js";
import type { SameDice, Versus } from "../../protocol/results.js";

export function Difference({ versus: v, other }: { versus: Versus; other: string }) {
  return (
    <span class="ds-difference">
      <WinRates versus={v} other={other} />
      {v.same_dice && <> Same dice in both: {pairs(v.same_dice)}.</>}
    </span>
  );
}

function WinRates({ versus: v, other }: { versus: Versus; other: string }) {
  if (v.low <= 0 && v.high >= 0) {
    return (
      <>
        <b>No clear difference</b> to {other} ({percent(v.low)} to {percent(v.high)} points).
      </>
    );
  }
  const [near, far] = [Math.abs(v.low), Math.abs(v.high)].sort((a, b) => a - b) as [number, number];
  return (
    <>
      <b>
        {percent(Math.abs(v.delta))} points {v.delta > 0 ? "easier" : "harder"}
      </b>{" "}
      than {other}, 95 % {percent(near)} to {percent(far)}.
    </>
  );
}

const at = (place: string): string =>
  place === "here" || place === "there" ? place : `in ${place}`;

/** What became of the pairs of fights: "212 of 1,005 fights ended differently, 80 won only here". */
export function pairs(d: SameDice, here = "here", there = "there"): string {
  if (d.ended_differently === 0) return "every fight ended the same";
  const won = [
    d.won_only_here > 0 && `${count(d.won_only_here)} won only ${at(here)}`,
    d.won_only_there > 0 && `${count(d.won_only_there)} won only ${at(there)}`,
  ].filter(Boolean);
  const winners = won.length > 0 ? won.join(", ") : "none won in only one";
  return `${count(d.ended_differently)} of ${count(d.runs)} fights ended differently, ${winners}`;
}
