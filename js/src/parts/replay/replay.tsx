// One run: its title, and its player or why there is none.

import { useEffect, useRef } from "preact/hooks";
import { CopyText } from "../../kit/copy_text.js";
import type { PartingView, ReplayView } from "../../protocol/replay.js";
import { Parting } from "./replay_parting.js";
import { type Keys, Player } from "./replay_player.js";
import { asText } from "./replay_steps.js";

interface Props {
  replay: ReplayView | null;
  /** Where it parts from the other slot's, once that is known. */
  parting: PartingView | null;
  selected: number | null;
  /** Replay another run. */
  turn: (run: number) => void;
  /** Absent where the replay is alone and cannot be closed. */
  close?: () => void;
  /** Whether the browser asked for this run, and so wants to read it. */
  wanted: boolean;
}

export function Replay({ replay, parting, selected, turn, close, wanted }: Props) {
  const waits = replay === null || replay.run !== selected || replay.pending;
  const shown = waits ? null : replay;
  const region = useReader(wanted, shown?.run ?? null);
  const player: Keys = useRef(null);
  const key = (event: KeyboardEvent) => {
    if (event.key === "Escape" && close) {
      event.stopPropagation();
      close();
    } else player.current?.(event);
  };
  return (
    <section
      ref={region}
      class="ds-replay"
      aria-label="Replay"
      aria-busy={waits}
      data-lm-suppress-shortcuts="true"
      onKeyDown={key}
    >
      <div class="ds-row ds-caption">
        <h3>Run {selected}</h3>
        {shown?.ending && <span>{shown.ending}</span>}
        {shown && (
          <span class="ds-mute">
            {shown.place ? `${shown.place}: ${shown.scenario}` : shown.scenario}
          </span>
        )}
        <span class="ds-space" />
        <span class="ds-row ds-together">
          {shown && shown.rows.length > 0 && <CopyText text={() => asText(shown)} />}
          {close && (
            <button
              type="button"
              class="ds-small ds-close ds-asks"
              aria-label="Close the replay"
              onClick={close}
            >
              Close
            </button>
          )}
        </span>
      </div>
      <Body
        replay={shown}
        parting={parting?.run === selected ? parting : null}
        turn={turn}
        pending={replay?.pending ? replay.note : ""}
        keys={player}
      />
    </section>
  );
}

/** Puts the focus on a run that the browser asked for, once it is there. */
function useReader(wanted: boolean, run: number | null) {
  const region = useRef<HTMLElement>(null);
  const served = useRef<number | null>(null);
  useEffect(() => {
    if (!wanted) served.current = null;
    // Once a run: it may come again, as of another slot, while somebody is elsewhere.
    if (!wanted || run === null || served.current === run) return;
    served.current = run;
    const box = region.current!;
    const start =
      box.querySelector<HTMLElement>(".ds-time") ?? box.querySelector<HTMLElement>(".ds-close");
    start?.focus({ preventScroll: true });
    box.scrollIntoView?.({ block: "nearest" });
  }, [wanted, run]);
  return region;
}

interface BodyProps extends Pick<Props, "replay" | "parting" | "turn"> {
  pending: string;
  keys: Keys;
}

function Body({ replay, parting, turn, pending, keys }: BodyProps) {
  if (replay === null) {
    return (
      <p class="ds-mute ds-replay-word" role="status">
        {pending || "Reading the run…"}
      </p>
    );
  }
  if (replay.problem) {
    return (
      <p class="ds-replay-word" role="alert">
        <b class="ds-failed">This run cannot be told.</b> {replay.problem}
      </p>
    );
  }
  return (
    <Player replay={replay} keys={keys}>
      {(go) => parting && <Parting parting={parting} replay={replay} go={go} turn={turn} />}
    </Player>
  );
}
