// The comparison dialog: both slots side by side, one of them to be chosen. It opens when it is asked
// for and never by itself; Escape and Cancel leave everything as it was.

import { useEffect, useRef } from "preact/hooks";
import { age, bytes, capital, percent, wholePercent } from "../../kit/format.js";
import type { Analysis, SlotView } from "../../protocol/results.js";
import { Changes, isSame, isWrong, OriginLine, OriginTag } from "./slot_facts.js";

interface Props {
  slots: SlotView[];
  shown: number | null;
  now: number | null;
  choose: (slot: number) => void;
  /** Told when it has closed, with or without a choice. */
  close: () => void;
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

export function SlotDialog({ slots, shown, now, choose, close }: Props) {
  const dialog = useModal();
  const newest = slots.find((slot) => slot.newest);
  return (
    <dialog
      ref={dialog}
      class="ds-dialog"
      aria-modal="true"
      aria-labelledby="ds-dialog-title"
      data-lm-suppress-shortcuts="true"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onKeyDown={(event) => keys(event, dialog.current!, close)}
      onClick={(event) => {
        if (event.target === dialog.current) close(); // the backdrop
      }}
    >
      <div class="ds-dialog-body">
        <h2 id="ds-dialog-title">Which result should be shown?</h2>
        {newest?.versus && (
          <p class="ds-mute">
            Slot {newest.slot}, the newest: {newest.versus}
          </p>
        )}
        <div class="ds-choices">
          {slots.map((slot) => (
            <Choice
              key={slot.slot}
              slot={slot}
              on={slot.slot === shown}
              now={now}
              take={() => {
                close();
                choose(slot.slot);
              }}
            />
          ))}
        </div>
        <div class="ds-row">
          <span class="ds-mute">
            Arrow keys go from one to the other, Enter chooses, Escape cancels.
          </span>
          <span class="ds-space" />
          <button type="button" onClick={close}>
            Cancel
          </button>
        </div>
      </div>
    </dialog>
  );
}

/** A dialog that is open from now on, its focus on what is shown; the page's goes back at the end. */
function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current!;
    const opener = document.activeElement;
    // The page's focus goes back to where it was, also where the browser would not see to it.
    element.showModal();
    const first =
      options(element).find((option) => option.getAttribute("aria-current") === "true") ??
      options(element)[0];
    (first ?? element.querySelector<HTMLElement>("button"))?.focus();
    return () => {
      if (element.open) element.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return dialog;
}

const options = (dialog: HTMLElement) => [
  ...dialog.querySelectorAll<HTMLElement>("button.ds-choose"),
];

/** Arrow keys go through the choices; Tab goes round within the dialog. */
function keys(event: KeyboardEvent, dialog: HTMLElement, close: () => void): void {
  event.stopPropagation();
  if (event.key === "Escape") {
    event.preventDefault();
    close();
    return;
  }
  const step = STEPS[event.key];
  const all = step ? options(dialog) : [...dialog.querySelectorAll<HTMLElement>("button, summary")];
  if ((!step && event.key !== "Tab") || all.length === 0) return;
  event.preventDefault();
  const move = step ?? (event.shiftKey ? -1 : 1);
  const now = all.indexOf(document.activeElement as HTMLElement);
  all[now < 0 ? 0 : (now + move + all.length) % all.length]!.focus();
}

interface ChoiceProps {
  slot: SlotView;
  on: boolean;
  now: number | null;
  take: () => void;
}

function Choice({ slot, on, now, take }: ChoiceProps) {
  const a = slot.analysis;
  const facts = `ds-choice-${slot.slot}`;
  return (
    <section
      class={`ds-slot ds-choice ds-${slot.state}${on ? " ds-on" : ""}`}
      aria-label={`Slot ${slot.slot}`}
    >
      <div class="ds-row">
        <b>Slot {slot.slot}</b>
        {slot.newest && <span class="ds-tag ds-accent">newest</span>}
        {slot.pinned && <span class="ds-tag">pinned</span>}
        {on && <span class="ds-tag">shown now</span>}
        <OriginTag origin={slot.origin} />
      </div>
      {slot.state === "empty" && <p class="ds-mute">Empty: there is nothing to show yet.</p>}
      {isWrong(slot) && <p class="ds-failed">{slot.problem}</p>}
      {a && (
        <>
          <div>
            <b class="ds-choice-name">{slot.scenario}</b>
            <OriginLine origin={slot.origin} />
          </div>
          <ChoiceFacts id={facts} slot={slot} analysis={a} now={now} />
          {!isSame(slot) && <Changes changes={slot.differences} few={4} />}
          <button
            type="button"
            class="ds-primary ds-choose"
            aria-describedby={facts}
            aria-current={on ? "true" : undefined}
            onClick={take}
          >
            Show slot {slot.slot}
          </button>
        </>
      )}
    </section>
  );
}

interface FactsProps extends Pick<ChoiceProps, "slot" | "now"> {
  id: string;
  analysis: Analysis;
}

function ChoiceFacts({ id, slot, analysis: a, now }: FactsProps) {
  return (
    <dl id={id} class="ds-facts ds-numbers">
      <dt>Won</dt>
      <dd>
        <b>{percent(a.win_rate)} %</b>, 95 % {percent(a.win_rate_low)} to {percent(a.win_rate_high)}
      </dd>
      <dt>Grade</dt>
      <dd>
        {a.grade}, {capital(a.grade_name)}, {a.tier_name}
      </dd>
      <dt>Similar</dt>
      <dd>
        {isSame(slot)
          ? "exactly the scenario on screen"
          : `${wholePercent(slot.similarity)} % to the scenario on screen`}
      </dd>
      <dt>Stored</dt>
      <dd>
        {age(slot.timestamp, now)}, generation {slot.generation}, {bytes(slot.compressed_size)}
      </dd>
    </dl>
  );
}
