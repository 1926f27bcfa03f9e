// What the schema of scenarios declares, drawn by its kind: a number, one of a few words, a box to tick.

import type { Field } from "../../protocol/scenario.js";
import { NumberField } from "./editor_fields.js";
import { Choice, Flag } from "./editor_words.js";

interface Props {
  field: Field;
  owner: string;
  titled?: boolean;
}

export function AnyField({ field, owner, titled }: Props) {
  const { path, label } = field;
  const common = { path, owner, label, titled };
  if (field.kind === "number") {
    const { value, min, max, slider } = field;
    return <NumberField {...common} value={value} bounds={[min, max]} slider={slider} />;
  }
  if (field.kind === "flag") return <Flag {...common} value={field.value} />;
  const said = Object.fromEntries(field.choices.map(({ word, says }) => [word, says]));
  return (
    <Choice
      {...common}
      value={field.value}
      words={field.choices.map(({ word }) => word).filter(Boolean)}
      none={said[""]}
      say={(word) => said[word] ?? word}
    />
  );
}
