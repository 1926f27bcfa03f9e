// What is shown of a slot beside its win rate: what differs, and what it took to play and to keep.

import { bytes, capital, plural, seconds } from "../../kit/format.js";
import type { OriginView, SlotView } from "../../protocol/results.js";

/** Whether it is of the very scenario on screen, verified (`exact`) or not. */
export const isSame = (slot: SlotView): boolean =>
  slot.exact || (slot.origin?.verified === false && slot.similarity === 1);

/** A badge on what was not played here. */
export function OriginTag({ origin }: { origin: OriginView | null }) {
  if (!origin) return null;
  if (origin.verified) return <span class="ds-tag">imported</span>;
  return <span class="ds-tag ds-doubt">not verified</span>;
}

/** Where it came from, and whether it was checked, in words. */
export function OriginLine({ origin }: { origin: OriginView | null }) {
  if (!origin) return null;
  return (
    <p class="ds-mute ds-origin" title={origin.imported}>
      {capital(origin.words)}.
    </p>
  );
}

/** The first few differences, and the others behind a button. */
export function Changes({ changes, few = 6 }: { changes: string[]; few?: number }) {
  const all = changes.map((change) => change.replaceAll("->", "→"));
  const [first, rest] = [all.slice(0, few), all.slice(few)];
  return (
    <div class="ds-mute ds-differences">
      {first.join(", ")}
      {rest.length > 0 && (
        <details>
          <summary>and {plural(rest.length, "more difference")}</summary>
          <ul>
            {rest.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** Whether something is wrong with it. */
export const isWrong = ({ state }: SlotView): boolean => state === "damaged" || state === "barred";

/** When, how long, how large. */
export function Facts({ slot }: { slot: SlotView }) {
  const m = slot.metrics;
  const stored = slot.timestamp.slice(0, 19).replace("T", " ");
  return (
    <details class="ds-mute ds-more">
      <summary>Details</summary>
      <dl class="ds-facts ds-numbers">
        <dt>Stored</dt>
        <dd>
          {stored} UTC, generation {slot.generation}, played {plural(slot.generation_count, "time")}
        </dd>
        {m && (
          <>
            <dt>Played in</dt>
            <dd>{seconds(m.simulation_seconds)}</dd>
            <dt>Written in</dt>
            <dd>{seconds(m.disk_seconds)}</dd>
            <dt>On disk</dt>
            <dd>
              {bytes(slot.compressed_size)}
              {m.compression_ratio > 0 &&
                `, ${m.compression_ratio.toFixed(1)} times smaller than in memory`}
            </dd>
            {m.peak_memory_bytes > 0 && (
              <>
                <dt>Peak memory</dt>
                <dd>{bytes(m.peak_memory_bytes)}</dd>
              </>
            )}
          </>
        )}
      </dl>
    </details>
  );
}
