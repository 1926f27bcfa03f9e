// Number fields for what people change most; each with a slider where a range makes sense.

import { useEffect, useState } from "preact/hooks";
import type { Field, ScenarioView } from "./protocol/scenario.js";

interface FieldProps {
  field: Field;
  owner: string;
  revision: number;
  edit: (path: string, value: number) => void;
}

function NumberField({ field, owner, revision, edit }: FieldProps) {
  const [text, setText] = useState(String(field.value));
  const [editing, setEditing] = useState(false);
  // Told to the kernel, and not answered yet: a busy one may take its time.
  const [told, setTold] = useState(false);
  useEffect(() => setTold(false), [field.value, revision]);
  // The kernel's value wins, but never under the user's hands.
  useEffect(() => {
    if (!editing && !told) setText(String(field.value));
  }, [field.value, revision, editing, told]);

  const take = (typed: string) => {
    setText(typed);
    const value = Number(typed);
    const whole = typed.trim() !== "" && Number.isInteger(value);
    const possible = whole && value >= field.min && value <= field.max;
    setTold(possible);
    if (possible) edit(field.path, value);
  };
  const wrong = !(Number.isInteger(Number(text)) && Number(text) >= field.min && Number(text) <= field.max) || text.trim() === "";
  const name = `${owner}: ${field.label}`;
  const [low, high] = field.slider;
  return (
    <div class="ds-field">
      <span title={field.label}>{field.label}</span>
      <input
        class={low === undefined ? "ds-wide" : undefined}
        type="number"
        aria-label={name}
        aria-invalid={wrong}
        title={wrong ? `a whole number from ${field.min} to ${field.max}` : name}
        min={field.min}
        max={field.max}
        step={1}
        value={text}
        data-path={field.path}
        onFocus={() => setEditing(true)}
        onBlur={() => setEditing(false)}
        onInput={(event) => take(event.currentTarget.value)}
      />
      {low !== undefined && (
        <input
          type="range"
          // JupyterLab would take the arrow keys to walk between cells.
          data-lm-suppress-shortcuts="true"
          aria-label={`${name}, slider`}
          min={low}
          max={high}
          step={1}
          value={text}
          data-slider={field.path}
          onPointerDown={() => setEditing(true)}
          onPointerUp={() => setEditing(false)}
          onInput={(event) => take(event.currentTarget.value)}
        />
      )}
    </div>
  );
}

interface RowProps {
  name: string;
  note?: string;
  color?: string;
  fields: Field[];
  revision: number;
  edit: (path: string, value: number) => void;
}

function Row({ name, note, color, fields, revision, edit }: RowProps) {
  return (
    <div class="ds-creature" role="group" aria-label={name}>
      <b class={color}>
        {name}
        {note && <small class="ds-mute">{note}</small>}
      </b>
      <div class="ds-fields">
        {fields.map((field) => (
          <NumberField key={field.path} field={field} owner={name} revision={revision} edit={edit} />
        ))}
      </div>
    </div>
  );
}

interface Props {
  scenario: ScenarioView;
  edit: (path: string, value: number) => void;
}

export function Editor({ scenario, edit }: Props) {
  const encounters = Math.max(...scenario.creatures.map((creature) => creature.encounter));
  const rows = (side: "party" | "monsters", color: string) =>
    scenario.creatures
      .filter((creature) => creature.side === side)
      .map((creature, index) => (
        <Row
          key={index}
          name={creature.name}
          note={side === "monsters" && encounters > 1 ? `encounter ${creature.encounter}` : undefined}
          color={color}
          fields={creature.fields}
          revision={scenario.revision}
          edit={edit}
        />
      ));
  return (
    <details class="ds-panel ds-editor" open>
      <summary>
        Numbers <span class="ds-mute">change one: it is previewed at once, then played and stored</span>
      </summary>
      <div class="ds-sides">
        <div>{rows("party", "ds-party")}</div>
        <div>
          {rows("monsters", "ds-foe")}
          <Row name="Settings" fields={scenario.settings} revision={scenario.revision} edit={edit} />
        </div>
      </div>
    </details>
  );
}
