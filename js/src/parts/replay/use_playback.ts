// At which step of a run the player is, and whether it goes on by itself.

import { useEffect, useState } from "preact/hooks";
import type { ReplayView } from "../../protocol/replay.js";

/** Events a second, by name. */
export const SPEEDS = { slow: 1, steady: 3, fast: 10 } as const;
export type Speed = keyof typeof SPEEDS;

export interface Playback {
  /** Names the run. */
  key: string;
  step: number;
  plays: boolean;
  speed: Speed;
  setSpeed: (speed: Speed) => void;
  go: (step: number) => void;
  /** Play on, from the start where it has ended; or pause. */
  play: () => void;
}

export function usePlayback({ place, generation, run, rows }: ReplayView): Playback {
  const last = rows.length;
  // Another run begins at its start, in the same elements: that is twice as fast as new ones.
  const key = `${place} ${generation} ${run}`;
  const [at, setAt] = useState({ key, step: 0, playing: false });
  const { step: wish, playing } = at.key === key ? at : { step: 0, playing: false };
  const step = Math.min(wish, last);
  const [speed, setSpeed] = useState<Speed>("steady");
  const plays = playing && step < last;
  useEffect(() => {
    if (!plays) return;
    const timer = setInterval(
      () => setAt((now) => ({ ...now, step: now.step + 1 })),
      1000 / SPEEDS[speed],
    );
    return () => clearInterval(timer);
  }, [plays, speed, key]);
  return {
    key,
    step,
    plays,
    speed,
    setSpeed,
    go: (to) => setAt({ key, step: to, playing: false }),
    play: () => setAt({ key, step: step >= last ? 0 : step, playing: !plays }),
  };
}
