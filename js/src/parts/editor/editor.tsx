// The editor: the party, the encounters and the settings of a scenario, each value changed in place.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Send } from "../../kit/link.js";
import { useSaved } from "../../kit/saved.js";
import type { Message } from "../../protocol/messages.js";
import type { ScenarioView } from "../../protocol/scenario.js";
import type { EditorState, KitState } from "../../protocol/state.js";
import { offersOf } from "./action_search.js";
import { type Editing, EditingContext } from "./editor_context.js";
import { AnyField } from "./editor_field.js";
import { NameField } from "./editor_fields.js";
import { CopyPanel, PastePanel, useCopy } from "./editor_json.js";
import { useReadOnly } from "./editor_read_only.js";
import { EncounterSection, NewEncounter, PartySection } from "./editor_sides.js";
import { useUndoKeys } from "./editor_undo.js";

interface Props {
  state: EditorState & KitState;
  send: Send;
}

/** What is said once the kernel has done what was asked for. */
function useSaid(revision: number, error: string, change: string) {
  const [said, setSaid] = useState({ text: "", number: 0 });
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

export function Editor({ state, send }: Props) {
  const scenario = state.scenario_view;
  const { revision } = scenario;
  const [epoch, setEpoch] = useState(0);
  const [pasting, setPasting] = useState(false);
  const root = useRef<HTMLDetailsElement>(null);
  const saved = useSaved();
  useReadOnly(root, saved);
  const { said, say, expect } = useSaid(revision, state.error, scenario.change);
  const { copy, byHand, close } = useCopy(state.scenario_json, send, say);
  const waiting = useRef(new Set<() => void>()).current;
  const offers = useMemo(
    () => offersOf(state.library, state.bestiary),
    [state.library, state.bestiary],
  );
  // The same object from one change to the next, so that a row that did not change is not drawn again.
  const editing = useMemo<Editing>(
    () => ({
      epoch,
      offers,
      answered: (callback) => {
        waiting.add(callback);
        return () => waiting.delete(callback);
      },
      edit: (path, value) => send({ type: "edit", path, value }),
      command: (message: Message, done: string) => {
        expect(done);
        send(message);
      },
    }),
    [epoch, offers],
  );
  useEffect(() => {
    for (const callback of [...waiting]) callback();
  }, [revision]);
  const [undone, redone] = scenario.steps;
  // Whether there is a step, the kernel knows: one may have been sent and not be drawn here yet.
  const travel = (way: "undo" | "redo") => {
    setEpoch((before) => before + 1);
    send({ type: way });
  };
  useUndoKeys(root, travel);
  const focus = (selector: string) => root.current?.querySelector<HTMLElement>(selector)?.focus();
  const step = (way: "undo" | "redo", title: string, steps: number | undefined, keys: string) => (
    <button
      type="button"
      aria-disabled={!steps}
      title={`${title} (Ctrl+${keys})`}
      onClick={() => steps && travel(way)}
    >
      {title}
    </button>
  );
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
        <div class="ds-row ds-toolbar">
          <NameField path="name" owner="Scenario" label="name" value={scenario.name} />
          <span class="ds-mute ds-said" aria-live="polite">
            <span key={said.number}>{said.text}</span>
          </span>
          <span class="ds-space" />
          <span class="ds-segments">
            {step("undo", "Undo", undone, "Z")}
            {step("redo", "Redo", redone, "Shift+Z")}
          </span>
          <span class="ds-segments">
            <button
              type="button"
              class="ds-paste"
              aria-expanded={pasting}
              onClick={() => setPasting(!pasting)}
            >
              Paste JSON
            </button>
            <button type="button" class="ds-copy" onClick={copy}>
              Copy JSON
            </button>
          </span>
        </div>
        {pasting && (
          <PastePanel
            paste={scenario.paste}
            send={send}
            close={(done) => {
              setPasting(false);
              if (done) say(done);
              focus(".ds-paste");
            }}
          />
        )}
        {byHand && (
          <CopyPanel
            json={byHand}
            close={() => {
              close();
              focus(".ds-copy");
            }}
          />
        )}
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
