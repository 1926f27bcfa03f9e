// How a win rate stands to another, in words, with its interval.

import { percent } from "./format.js";
import type { Versus } from "./protocol.js";

export function Difference({ versus: v, other }: { versus: Versus; other: string }) {
  if (v.low <= 0 && v.high >= 0) {
    return (
      <span class="ds-difference">
        <b>No clear difference</b> to {other} ({percent(v.low)} to {percent(v.high)} points).
      </span>
    );
  }
  const [near, far] = [Math.abs(v.low), Math.abs(v.high)].sort((a, b) => a - b) as [number, number];
  return (
    <span class="ds-difference">
      <b>
        {percent(Math.abs(v.delta))} points {v.delta > 0 ? "easier" : "harder"}
      </b>{" "}
      than {other}, 95 % {percent(near)} to {percent(far)}.
    </span>
  );
}
