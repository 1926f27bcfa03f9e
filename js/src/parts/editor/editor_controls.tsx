// The controls of one thing of the scenario, each by its key: a number, dice, a word, a box to tick.

import type { Bounds } from "../../protocol/vocabulary.js";
import { DiceField } from "./editor_dice.js";
import { NumberField } from "./editor_fields.js";
import { Choice, Flag } from "./editor_words.js";

interface More {
  optional?: boolean;
  absent?: string;
  slider?: number[];
}

/** Makes controls with titles for the values of what is at a path. */
export const controlsOf = (path: string, owner: string) => {
  const common = (key: string, label: string) => ({
    key,
    path: `${path}.${key}`,
    owner,
    label,
    titled: true,
  });
  return {
    number: (key: string, label: string, value: number | null, bounds: Bounds, more: More = {}) => (
      <NumberField {...common(key, label)} value={value} bounds={bounds} {...more} />
    ),
    dice: (key: string, label: string, value: string | null, optional = false) => (
      <DiceField {...common(key, label)} value={value} optional={optional} />
    ),
    word: (
      key: string,
      label: string,
      value: string | null,
      words: readonly string[],
      none?: string,
    ) => <Choice {...common(key, label)} value={value} words={words} none={none} />,
    flag: (key: string, label: string, value: boolean, title?: string) => (
      <Flag {...common(key, label)} value={value} title={title} />
    ),
  };
};
