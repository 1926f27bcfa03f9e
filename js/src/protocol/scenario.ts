// The scenario on screen; mirrors dualslot_widgets/widgets/protocol/scenario.py.

export interface Field {
  path: string;
  label: string;
  value: number;
  min: number;
  max: number;
  slider: number[];
}

export interface CreatureView {
  name: string;
  side: "party" | "monsters";
  encounter: number;
  fields: Field[];
}

export interface ScenarioView {
  name: string;
  summary: string;
  revision: number;
  creatures: CreatureView[];
  settings: Field[];
}
