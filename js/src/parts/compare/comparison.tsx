// One result against another: what it means, the differences around zero, the timelines overlaid.

import { useState } from "preact/hooks";
import { capital, count } from "../../kit/format.js";
import type { CompareView, Contrast, Side, TimelineEnd } from "../../protocol/comparison.js";
import { intervalPlace } from "./interval_place.js";

/** In the dashboard: a line with what it comes to, and the rest behind it. */
export function FoldedComparison({ comparison }: { comparison: CompareView }) {
  const [here, there] = comparison.sides;
  if (!here || !there) return null;
  return (
    <details class="ds-panel ds-compare-fold">
      <summary>
        <b>
          Compare {here.place} with {there.place}
        </b>{" "}
        <span class="ds-mute">{comparison.directions[0]!.verdict}</span>
      </summary>
      <Comparison comparison={comparison} />
    </details>
  );
}

export function Comparison({ comparison }: { comparison: CompareView }) {
  const [swapped, setSwapped] = useState(false);
  const found = comparison.directions[swapped ? 1 : 0];
  const [first, second] = comparison.sides;
  if (!found || !first || !second) {
    return (
      <div class="ds-panel ds-nothing">
        <b>Nothing to compare</b>
        <p class="ds-mute">{comparison.missing}</p>
      </div>
    );
  }
  const [here, there] = swapped ? [second, first] : [first, second];
  return (
    <section class="ds-compare" aria-label={`${capital(here.place)} minus ${there.place}`}>
      <div class="ds-row">
        <Legend side={here} kind="here" />
        <span aria-hidden="true">−</span>
        <Legend side={there} kind="there" />
        <button
          type="button"
          class="ds-small"
          aria-label={`Swap; now ${here.place} minus ${there.place}`}
          onClick={() => setSwapped(!swapped)}
        >
          Swap
        </button>
        <span class="ds-space" />
        {found.paired ? (
          <span class="ds-tag" title="Each fight is compared with itself, run by run">
            paired: same dice
          </span>
        ) : (
          <span class="ds-tag">not paired: other dice</span>
        )}
      </div>
      <p class="ds-verdict">{found.verdict}</p>
      <Contrasts contrasts={found.contrasts} here={here.place} there={there.place} />
      <p class="ds-mute">{found.dice}</p>
      <Overlaid here={here} there={there} />
      <Changes changes={found.changes} here={here.place} there={there.place} />
    </section>
  );
}

function Legend({ side, kind }: { side: Side; kind: "here" | "there" }) {
  return (
    <span class="ds-legend">
      <i class={`ds-swatch ds-${kind}`} aria-hidden="true" />
      <b>{capital(side.place)}</b> <span class="ds-mute ds-name">{side.scenario}</span>
    </span>
  );
}

function Contrasts({
  contrasts,
  here,
  there,
}: {
  contrasts: Contrast[];
  here: string;
  there: string;
}) {
  return (
    <table class="ds-contrasts ds-numbers">
      <caption class="ds-unseen">
        Means of all runs, their difference, and its 95 % interval
      </caption>
      <thead>
        <tr>
          <th scope="col">Mean</th>
          <th scope="col">{capital(here)}</th>
          <th scope="col">{capital(there)}</th>
          <th scope="col" class="ds-axis">
            <span>less</span>
            <span>0</span>
            <span>more</span>
          </th>
          <th scope="col">Difference, 95 %</th>
        </tr>
      </thead>
      <tbody>
        {contrasts.map((one) => (
          <ContrastRow key={one.name} one={one} />
        ))}
      </tbody>
    </table>
  );
}

function ContrastRow({ one }: { one: Contrast }) {
  const place = intervalPlace(one);
  return (
    <tr>
      <th scope="row">{one.name}</th>
      <td>{one.here}</td>
      <td>{one.there}</td>
      <td>
        <span class={one.clear ? "ds-forest ds-clear" : "ds-forest"} aria-hidden="true">
          {place && <b style={{ left: `${place.low}%`, width: `${place.high - place.low}%` }} />}
          {place && <u style={{ left: `${place.delta}%` }} />}
        </span>
      </td>
      <td>
        <b>{one.words}</b>
        <small class="ds-mute">{one.change}</small>
      </td>
    </tr>
  );
}

function Overlaid({ here, there }: { here: Side; there: Side }) {
  const all = [...here.timelines, ...there.timelines];
  const party = Math.max(1, ...all.map((end) => end.party_start));
  const monsters = Math.max(1, ...all.map((end) => end.monster_start));
  return (
    <table class="ds-overlaid ds-numbers">
      <caption>Five timelines: the median run of each fifth, at its end</caption>
      <thead>
        <tr>
          <th scope="col">Timeline</th>
          <th scope="col">Party hit points</th>
          <th scope="col">Monster hit points</th>
          <th scope="col">Standing</th>
          <th scope="col">Rounds</th>
        </tr>
      </thead>
      <tbody>
        {here.timelines.map((mine, index) => {
          const its = there.timelines[index]!;
          return (
            <tr key={mine.name} data-block={mine.name}>
              <th scope="row">
                <i class={`ds-q${index + 1}`} />
                {mine.name}
              </th>
              <td>
                <Pair here={mine.party_hp} there={its.party_hp} most={party} color="ds-party" />
              </td>
              <td>
                <Pair
                  here={mine.monster_hp}
                  there={its.monster_hp}
                  most={monsters}
                  color="ds-foe"
                />
              </td>
              <td>
                <Both here={mine} there={its} what="survivors" />
              </td>
              <td>
                <Both here={mine} there={its} what="rounds" />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Pair({
  here,
  there,
  most,
  color,
}: {
  here: number;
  there: number;
  most: number;
  color: string;
}) {
  return (
    <span class="ds-pair">
      {(
        [
          ["here", here],
          ["there", there],
        ] as const
      ).map(([kind, value]) => (
        <span key={kind}>
          <span class="ds-meter" aria-hidden="true">
            <i class={`${color} ds-${kind}`} style={{ width: `${(100 * value) / most}%` }} />
          </span>
          <span class={kind === "here" ? "" : "ds-mute"}>{count(value)}</span>
        </span>
      ))}
    </span>
  );
}

function Both({
  here,
  there,
  what,
}: {
  here: TimelineEnd;
  there: TimelineEnd;
  what: "survivors" | "rounds";
}) {
  return (
    <>
      {here[what]}{" "}
      <span class="ds-mute">
        {here[what] === there[what] ? "in both" : `against ${there[what]}`}
      </span>
    </>
  );
}

function Changes({ changes, here, there }: { changes: string[]; here: string; there: string }) {
  if (changes.length === 0)
    return <p class="ds-mute">Nothing that decides a result was changed.</p>;
  return (
    <div>
      <h3>
        What changed from {there} to {here}
      </h3>
      <ul class="ds-changes">
        {changes.map((change) => (
          <li key={change}>{change.replaceAll("->", "→")}</li>
        ))}
      </ul>
    </div>
  );
}
