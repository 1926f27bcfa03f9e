// What is said once the kernel has done what was asked for.

import { useEffect, useRef, useState } from "preact/hooks";

export interface Said {
  text: string;
  /** Counts up, so that the same words are said again. */
  number: number;
}

export function useSaid(revision: number, error: string, change: string) {
  const [said, setSaid] = useState<Said>({ text: "", number: 0 });
  const waiting = useRef("");
  const say = (text: string) => setSaid(({ number }) => ({ text, number: number + 1 }));
  useEffect(() => {
    if (waiting.current && !error) say(waiting.current);
    waiting.current = "";
  }, [revision]);
  useEffect(() => {
    if (change) say(change);
  }, [revision, change]);
  return { said, say, expect: (words: string) => (waiting.current = words) };
}
