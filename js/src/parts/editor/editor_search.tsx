// Search of the bestiary as you type.

import type { MonsterView } from "../../protocol/scenario.js";
import { coverage, rating, search } from "./bestiary_search.js";
import { Combobox } from "./editor_combobox.js";

interface Props {
  monsters: MonsterView[];
  label: string;
  add: (monster: MonsterView) => void;
  autofocus?: boolean;
  leave?: () => void;
}

const COVERAGE = { full: "full", partial: "partial", none: "no actions" };

export const MonsterSearch = ({ monsters, ...props }: Props) => (
  <Combobox
    {...props}
    listName="Monsters of the bestiary"
    find={(text) => search(monsters, text)}
    keyOf={({ key }) => key}
    about={coverage}
    nothing="No monster has such a name. Try a part of it, or “cr 5”."
    draw={(monster) => (
      <>
        <b>{monster.name}</b>
        <span class="ds-mute ds-numbers">
          CR {rating(monster.cr)} · {monster.max_hp} hp · AC {monster.armor_class}
        </span>
        <span class={`ds-coverage ds-${monster.coverage}`}>{COVERAGE[monster.coverage]}</span>
      </>
    )}
  />
);
