// The editor: the party, the encounters and the settings of a scenario, each value changed in place.

import { useRef } from "preact/hooks";
import type { Send } from "../../kit/link.js";
import { useSaved } from "../../kit/saved.js";
import type { ScenarioView } from "../../protocol/scenario.js";
import type { EditorState, KitState } from "../../protocol/state.js";
import { EditingContext } from "./editor_context.js";
import { AnyField } from "./editor_field.js";
import { useEditorLink } from "./editor_link.js";
import { useReadOnly } from "./editor_read_only.js";
import { useSaid } from "./editor_said.js";
import { EncounterSection, NewEncounter, PartySection } from "./editor_sides.js";
import { Toolbar } from "./editor_toolbar.js";
import { useUndoKeys } from "./editor_undo.js";

interface Props {
  state: EditorState & KitState;
  send: Send;
}

export function Editor({ state, send }: Props) {
  const scenario = state.scenario_view;
  const root = useRef<HTMLDetailsElement>(null);
  const saved = useSaved();
  useReadOnly(root, saved);
  const { said, say, expect } = useSaid(scenario.revision, state.error, scenario.change);
  const { editing, travel } = useEditorLink(state, send, expect);
  useUndoKeys(root, travel);
  return (
    <EditingContext.Provider value={editing}>
      <details class="ds-panel ds-editor" open ref={root}>
        <summary>
          Scenario{" "}
          <span class="ds-mute">
            {saved
              ? "as it was when this was saved"
              : "change anything: it is previewed at once, then played and stored"}
          </span>
        </summary>
        <Toolbar state={state} send={send} said={said} say={say} travel={travel} />
        <Sides scenario={scenario} monsters={state.bestiary} />
        <Settings scenario={scenario} />
      </details>
    </EditingContext.Provider>
  );
}

function Sides({
  scenario,
  monsters,
}: {
  scenario: ScenarioView;
  monsters: EditorState["bestiary"];
}) {
  const { creatures, encounters } = scenario;
  return (
    <div class="ds-sides">
      <PartySection party={creatures.filter(({ side }) => side === "party")} />
      <div>
        {encounters.map((encounter, index) => (
          <EncounterSection
            key={index}
            encounter={encounter}
            number={index + 1}
            of={encounters.length}
            foes={creatures.filter((creature) => creature.encounter === index + 1)}
            monsters={monsters}
          />
        ))}
        <NewEncounter number={encounters.length + 1} monsters={monsters} />
      </div>
    </div>
  );
}

const Settings = ({ scenario }: { scenario: ScenarioView }) => (
  <div class="ds-settings" role="group" aria-label="Settings">
    {scenario.settings.map((field) => (
      <AnyField key={field.path} field={field} owner="Settings" titled />
    ))}
  </div>
);
