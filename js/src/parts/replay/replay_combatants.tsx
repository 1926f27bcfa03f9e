// Everybody at a moment of a run: hit points, who acts on whom, who is down, and under which effects.

import type { ReplayCombatant, State } from "../../protocol/replay.js";
import type { Moment, Standing } from "./replay_state.js";

const WORDS: Record<State, string> = {
  up: "",
  dying: "down",
  stable: "stable",
  dead: "dead",
  waiting: "to come",
};

interface Props {
  people: ReplayCombatant[];
  moment: Moment;
}

export function Combatants({ people, moment }: Props) {
  const side = (wanted: "party" | "monsters") =>
    people
      .map((who, index) => ({ who, index, now: moment.people[index]! }))
      .filter(({ who, now }) => who.side === wanted && now.here);
  return (
    <div class="ds-people">
      <Side title="Party" color="ds-party" all={side("party")} moment={moment} />
      <Side title="Monsters" color="ds-foe" all={side("monsters")} moment={moment} />
    </div>
  );
}

interface Somebody {
  who: ReplayCombatant;
  index: number;
  now: Standing;
}

function Side({
  title,
  color,
  all,
  moment,
}: {
  title: string;
  color: string;
  all: Somebody[];
  moment: Moment;
}) {
  return (
    <ul class={all.length > 8 ? "ds-troop ds-crowd" : "ds-troop"} aria-label={title}>
      {all.map(({ who, index, now }) => {
        const acts = moment.row?.[2] === index;
        const met =
          moment.row !== null && moment.row[3] === index && moment.row[3] !== moment.row[2];
        const role = [acts ? "acts" : met ? "target" : "", WORDS[now.state]]
          .filter(Boolean)
          .join(", ");
        return (
          <li
            key={index}
            class={`ds-who ds-${now.state}${acts ? " ds-acts" : ""}${met ? " ds-met" : ""}`}
          >
            <span class="ds-name" title={who.name}>
              {who.name}
            </span>
            <span class="ds-role">{role}</span>
            <span class="ds-meter" aria-hidden="true">
              <i class={color} style={{ width: `${(100 * now.hp) / who.start_hp}%` }} />
            </span>
            <span class="ds-mute ds-numbers">
              {now.hp} / {who.start_hp}
            </span>
            {now.effects.length > 0 && (
              <span class="ds-marks">
                {now.effects.map((effect) => (
                  <span key={effect}>{effect}</span>
                ))}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
