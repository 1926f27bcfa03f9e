// Number fields for what people change most; each with a slider where a range makes sense.

import { useEffect, useState } from "preact/hooks";
import type { Field, ScenarioView } from "./protocol.js";

interface FieldProps {
  field: Field;
  owner: string;
  revision: number;
  edit: (path: string, value: number) => void;
}

function NumberField({ field, owner, revision, edit }: FieldProps) {
  const [text, setText] = useState(String(field.value));
  const [editing, setEditing] = useState(false);
  // The kernel's value wins, but never under the user's hands.
  useEffect(() => {
    if (!editing) setText(String(field.value));
  }, [field.value, revision, editing]);

  const take = (typed: string) => {
    setText(typed);
    const value = Number(typed);
    const whole = typed.trim() !== "" && Number.isInteger(value);
    if (whole && value >= field.min && value <= field.max) edit(field.path, value);
  };
  const wrong = !(Number.isInteger(Number(text)) && Number(text) >= field.min && Number(text) <= field.max) || text.trim() === "";
  const name = `${owner}: ${field.label}`;
  const [low, high] = field.slider;
  return (
    <div class="ds-field">
      <span title={field.label}>{field.label}</span>
      <input
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

interface Props {
  scenario: ScenarioView;
  edit: (path: string, value: number) => void;
}

export function Editor({ scenario, edit }: Props) {
  const encounters = new Set(scenario.creatures.map((creature) => creature.encounter)).size - 1;
  return (
    <details class="ds-panel ds-editor" open>
      <summary>
        Numbers <span class="ds-mute">change one: it is previewed, then played and stored</span>
      </summary>
      {scenario.creatures.map((creature, index) => (
        <div class="ds-creature" key={`${creature.side}${index}`} role="group" aria-label={creature.name}>
          <b class={creature.side === "party" ? "ds-party" : "ds-foe"}>
            {creature.name}
            {encounters > 1 && creature.encounter > 0 && (
              <small class="ds-mute"> encounter {creature.encounter}</small>
            )}
          </b>
          <div class="ds-fields">
            {creature.fields.map((field) => (
              <NumberField
                key={field.path}
                field={field}
                owner={creature.name}
                revision={scenario.revision}
                edit={edit}
              />
            ))}
          </div>
        </div>
      ))}
      <div class="ds-creature" role="group" aria-label="Settings">
        <b>Settings</b>
        <div class="ds-fields">
          {scenario.settings.map((field) => (
            <NumberField
              key={field.path}
              field={field}
              owner="Settings"
              revision={scenario.revision}
              edit={edit}
            />
          ))}
        </div>
      </div>
    </details>
  );
}
