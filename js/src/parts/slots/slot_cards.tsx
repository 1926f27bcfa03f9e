// Both slots side by side: what each holds, how it went, how far it is from the scenario above.

import { age, bytes, capital, cost, percent, plural, wholePercent } from "../../kit/format.js";
import type { Send } from "../../kit/link.js";
import type { Analysis, SlotView } from "../../protocol/results.js";
import { Changes, Facts, isSame, isWrong, OriginLine, OriginTag } from "./slot_facts.js";

interface Props {
  slots: SlotView[];
  shown: number | null;
  now: number | null;
  choose: (slot: number) => void;
  send: Send;
}

export function SlotCards({ slots, shown, now, choose, send }: Props) {
  const pinned = slots.find((slot) => slot.pinned);
  return (
    <div class="ds-slots" role="group" aria-label="Slots">
      {slots.map((slot) => (
        <Card
          key={slot.slot}
          slot={slot}
          on={slot.slot === shown}
          now={now}
          choose={() => choose(slot.slot)}
          blocked={pinned !== undefined && pinned !== slot}
          pin={() => send({ type: "pin", slot: slot.pinned ? null : slot.slot })}
          edit={() => send({ type: "edit_slot", slot: slot.slot })}
        />
      ))}
    </div>
  );
}

interface CardProps {
  slot: SlotView;
  on: boolean;
  now: number | null;
  choose: () => void;
  /** Whether the other slot is pinned: one of them must take the next result. */
  blocked: boolean;
  pin: () => void;
  edit: () => void;
}

function Card(props: CardProps) {
  const { slot, on } = props;
  const a = slot.analysis;
  return (
    <section class={`ds-slot ds-${slot.state}${on ? " ds-on" : ""}`} data-slot={slot.slot}>
      <div class="ds-row">
        <b>Slot {slot.slot}</b>
        {slot.newest && <span class="ds-tag ds-accent">newest</span>}
        <OriginTag origin={slot.origin} />
        {a && <Actions {...props} />}
        <span class="ds-space" />
        {a && <Stored slot={slot} now={props.now} />}
      </div>
      {isWrong(slot) && (
        <p class="ds-failed" role="alert">
          {slot.problem}
        </p>
      )}
      {slot.state === "empty" && (
        <p class="ds-mute">
          Empty. The {slot.slot === 0 ? "first" : "next"} result is kept here, beside the other one.
        </p>
      )}
      {a && (
        <>
          <OriginLine origin={slot.origin} />
          <WinRate analysis={a} />
          <Comparison slot={slot} />
          <Facts slot={slot} />
        </>
      )}
    </section>
  );
}

function Actions({ slot, on, choose, blocked, pin, edit }: CardProps) {
  const keep = slot.pinned
    ? "Let the next result overwrite this slot"
    : "Keep this slot as the baseline: results go to the other one";
  return (
    <>
      <button type="button" class="ds-show" aria-pressed={on} onClick={choose}>
        {on ? "Shown below" : "Show this slot"}
      </button>
      <button
        type="button"
        class="ds-show ds-asks"
        aria-pressed={slot.pinned}
        aria-label={`Pin slot ${slot.slot}`}
        disabled={blocked}
        title={blocked ? "The other slot is pinned; unpin it first" : keep}
        onClick={pin}
      >
        {slot.pinned ? "Pinned" : "Pin"}
      </button>
      <button
        type="button"
        class="ds-show ds-asks"
        aria-label={`Edit this: slot ${slot.slot}`}
        title="Put this slot's scenario on screen, as one step that can be undone"
        onClick={edit}
      >
        Edit this
      </button>
    </>
  );
}

function Stored({ slot, now }: { slot: SlotView; now: number | null }) {
  return (
    <span class="ds-mute ds-numbers" title={slot.timestamp}>
      generation {slot.generation}
      {slot.generation_count > 1 && ` (played ${plural(slot.generation_count, "time")})`},{" "}
      {age(slot.timestamp, now)},{" "}
      <span title={cost(slot.metrics)}>{bytes(slot.compressed_size)}</span>
    </span>
  );
}

function WinRate({ analysis: a }: { analysis: Analysis }) {
  const low = percent(a.win_rate_low);
  const high = percent(a.win_rate_high);
  return (
    <>
      <div class="ds-row">
        <span class="ds-win ds-numbers">{percent(a.win_rate)} %</span>
        <span class="ds-mute ds-numbers">
          won, 95 % {low} to {high}
          {a.unresolved > 0 && `; ${percent(a.unresolved / a.runs)} % unresolved`}
        </span>
        <span class="ds-space" />
        <span class="ds-grade" title={a.label}>
          <span data-grade={a.grade}>{a.grade}</span>
          {capital(a.grade_name)}, {a.tier_name}
        </span>
      </div>
      <div
        class="ds-interval"
        role="img"
        aria-label={`won ${percent(a.win_rate)} %, between ${low} and ${high} %`}
      >
        <b style={{ left: `${low}%`, width: `${Number(high) - Number(low)}%` }} />
        <u style={{ left: `${percent(a.win_rate)}%` }} />
      </div>
    </>
  );
}

function Comparison({ slot }: { slot: SlotView }) {
  return (
    <div class="ds-mute ds-comparison">
      {isSame(slot) ? (
        <>
          <b>Exactly</b> the scenario above{slot.exact ? "." : ", but not verified."}
        </>
      ) : (
        <>
          <b>{wholePercent(slot.similarity)} % similar</b> to the scenario above:
          <Changes changes={slot.differences} />
        </>
      )}{" "}
      {slot.versus}
    </div>
  );
}
