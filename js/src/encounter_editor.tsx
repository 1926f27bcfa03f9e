// EncounterEditor: the party, the monsters and the settings of a scenario, as inputs.

import { Editor } from "./editor.js";
import { type BodyProps, widget } from "./kit.js";
import type { EditorState, KitState } from "./protocol/state.js";

type State = KitState & EditorState;

export const TRAITS = ["error", "scenario_view"] as const;

function EncounterEditor({ state, send, alerts }: BodyProps<State>) {
  return (
    <>
      {alerts}
      <Editor
        scenario={state.scenario_view}
        edit={(path, value) => send({ type: "edit", path, value })}
      />
    </>
  );
}

export default widget<State>(TRAITS, EncounterEditor);
