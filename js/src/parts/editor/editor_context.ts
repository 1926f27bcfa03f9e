// What every input of the editor needs: how to send an edit, and when to take the kernel's value again.

import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Message, Value } from "../../protocol/messages.js";
import type { Offer } from "./action_search.js";

export interface Editing {
  /** Have a function called whenever the kernel has answered; returns what ends that. */
  answered: (callback: () => void) => () => void;
  /** Counts up when something is undone or redone: then the kernel's value wins everywhere. */
  epoch: number;
  edit: (path: string, value: Value) => void;
  /** The actions that can be added. */
  offers: Offer[];
  /** Send what changes more than one value, and say so when it is done. */
  command: (message: Message, done: string) => void;
}

export const EditingContext = createContext<Editing>({
  answered: () => () => undefined,
  epoch: 0,
  offers: [],
  edit: () => undefined,
  command: () => undefined,
});

export const useEditing = (): Editing => useContext(EditingContext);

export interface Typed {
  text: string;
  /** Take what is typed; `sent` if it goes to the kernel. */
  type: (text: string, sent: boolean) => void;
  hold: () => void;
  letGo: () => void;
}

/** What is typed until the kernel has answered: its value wins, but never under the user's hands. */
export function useTyped(value: string): Typed {
  const { answered, epoch } = useEditing();
  const [text, setText] = useState(value);
  const [held, setHeld] = useState(false);
  // Sent to the kernel, and not answered yet: a busy one may take its time.
  const [sent, setSent] = useState(false);
  useEffect(() => (sent ? answered(() => setSent(false)) : undefined), [sent, answered]);
  useEffect(() => {
    setHeld(false);
    setSent(false);
  }, [epoch]);
  useEffect(() => {
    if (!held && !sent) setText(value);
  }, [value, epoch, held, sent]);
  return {
    text,
    type: (typed, isSent) => {
      setText(typed);
      setSent(isSent);
    },
    hold: () => setHeld(true),
    letGo: () => setHeld(false),
  };
}
