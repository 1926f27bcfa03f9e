// The button that adds more damage or a condition to what an action does.

import { useEditing } from "./editor_context.js";

interface Props {
  /** Of what it is added to. */
  path: string;
  name: "damage" | "condition";
  label: string;
  /** What the button is called. */
  title: string;
  /** What is said once it is there. */
  done: string;
}

export function AddRider({ path, name, label, title, done }: Props) {
  const { command } = useEditing();
  return (
    <button
      type="button"
      class="ds-quiet"
      aria-label={title}
      onClick={() => command({ type: "add_rider", path, name }, done)}
    >
      + {label}
    </button>
  );
}
