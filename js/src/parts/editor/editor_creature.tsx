// One kind of creature as a row: how many, hit points, armor class; the rest unfolds below it.

import { Component } from "preact";
import { useId } from "preact/hooks";
import type { CreatureView } from "../../protocol/scenario.js";
import { useEditing } from "./editor_context.js";
import { CreatureDetails } from "./editor_creature_details.js";
import { NumberField } from "./editor_fields.js";
import { Tool, Unfold } from "./editor_tools.js";

interface Props {
  creature: CreatureView;
  /** It is the last one, and one has to stay. */
  last: boolean;
  open: boolean;
  /** Fold or unfold it, or note that it is removed or duplicated. */
  change: (what: "toggle" | "remove" | "duplicate") => void;
}

/** Drawn again only when something of this creature changed: there may be sixty of them. */
export class CreatureRow extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const now = this.props;
    return (
      next.last !== now.last ||
      next.open !== now.open ||
      JSON.stringify(next.creature) !== JSON.stringify(now.creature)
    );
  }

  override render(props: Props) {
    return <Row {...props} />;
  }
}

/** What stands in its columns: how many, then the numbers with sliders. */
function Numbers({ creature: { name, fields } }: Pick<Props, "creature">) {
  const [count, ...numbers] = fields;
  return (
    <>
      {count && (
        <NumberField
          path={count.path}
          owner={name}
          label={count.label}
          value={count.value}
          bounds={[count.min, count.max]}
          stepper
        />
      )}
      {numbers.map(({ path, label, value, min, max, slider }) => (
        <NumberField
          key={path}
          path={path}
          owner={name}
          label={label}
          value={value}
          bounds={[min, max]}
          slider={slider}
        />
      ))}
    </>
  );
}

function Row({ creature, last, open, change }: Props) {
  const { command } = useEditing();
  const id = useId();
  const { name, path, side } = creature;
  return (
    <div
      class={`ds-creature ${side === "party" ? "ds-party" : "ds-foe"}`}
      role="group"
      aria-label={name}
    >
      <b>
        {name}
        {side === "party" && creature.level !== null && (
          <small class="ds-mute">level {creature.level}</small>
        )}
      </b>
      <Numbers creature={creature} />
      <span class="ds-tools">
        <Unfold owner={name} what="Actions" id={id} open={open} go={() => change("toggle")} />
        <Tool
          what="remove"
          owner={name}
          refused={last ? "The last one stays: add another one first" : undefined}
          go={() => {
            change("remove");
            command({ type: "remove", path }, `${name} removed`);
          }}
        />
      </span>
      <div id={id} class="ds-unfolded" hidden={!open}>
        {open && (
          <CreatureDetails
            creature={creature}
            duplicate={() => {
              change("duplicate");
              command({ type: "duplicate", path }, `${name} duplicated`);
            }}
          />
        )}
      </div>
    </div>
  );
}
