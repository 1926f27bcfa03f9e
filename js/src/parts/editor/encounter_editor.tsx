// EncounterEditor: the party, the monsters and the settings of a scenario, as inputs.

import { type BodyProps, widget } from "../../kit/kit_widget.js";
import type { EditorState, KitState } from "../../protocol/state.js";
import { Editor } from "./editor.js";

type State = KitState & EditorState;

export const TRAITS = ["error", "scenario_view", "scenario_json", "bestiary", "library"] as const;

function EncounterEditor({ state, send, alerts }: BodyProps<State>) {
  return (
    <>
      {alerts}
      <Editor state={state} send={send} />
    </>
  );
}

export default widget<State>(TRAITS, EncounterEditor);
