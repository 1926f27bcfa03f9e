// Compare: slot against slot, or one data set against another.

import { type BodyProps, widget } from "../../kit/kit_widget.js";
import type { CompareState, KitState } from "../../protocol/state.js";
import { Comparison } from "./comparison.js";

type State = KitState & CompareState;

export const TRAITS = ["error", "comparison"] as const;

function Compare({ state, alerts }: BodyProps<State>) {
  return (
    <>
      {alerts}
      <Comparison comparison={state.comparison} />
    </>
  );
}

export default widget<State>(TRAITS, Compare);
