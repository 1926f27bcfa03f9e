// The shape of every view that the kernel sends, as `src/protocol/` declares it.

import type {
  CompareView,
  Contrast,
  Direction,
  Side,
  TimelineEnd,
} from "../src/protocol/comparison.js";
import type { FooterView } from "../src/protocol/footer.js";
import type { JobView } from "../src/protocol/jobs.js";
import type { Alive, Envelope, Taken } from "../src/protocol/messages.js";
import type {
  PartingView,
  ReplayCombatant,
  ReplayRow,
  ReplayView,
} from "../src/protocol/replay.js";
import type {
  Analysis,
  CombatantResult,
  OriginView,
  PerformanceMetrics,
  PreviewView,
  Quintile,
  SlotView,
  StripView,
  UnsavedView,
} from "../src/protocol/results.js";
import {
  either,
  flag,
  type Is,
  list,
  object,
  orNull,
  real,
  record,
  text,
  tuple,
  whole,
  word,
} from "./shape.js";

export { library, monster, scenario } from "./scenario_views.js";

export const job = object<JobView>({
  id: whole,
  scenario: text,
  priority: word("screen", "scripted"),
  status: word("queued", "running", "completed", "failed", "cancelled"),
  phase: text,
  percent: real,
  completed_runs: whole,
  total_runs: whole,
  current_round: whole,
  runs_per_second: orNull(real),
  seconds_left: orNull(real),
  seconds: orNull(real),
  finished: text,
  slot: orNull(whole),
  message: text,
  unsaved: flag,
});

const combatant = object<CombatantResult>({
  name: text,
  side: word("party", "monsters"),
  start_hp: whole,
  final_hp: whole,
  state: word("up", "dying", "stable", "dead", "waiting"),
  went_down_round: orNull(whole),
});

const quintile = object<Quintile>({
  name: text,
  first: whole,
  last: whole,
  run: whole,
  outcome: word("win", "loss", "unresolved"),
  score: whole,
  survivors: whole,
  rounds: whole,
  party_hp: whole,
  monster_hp: whole,
  win_share: real,
  combatants: list(combatant),
});

const analysis = object<Analysis>({
  runs: whole,
  wins: whole,
  losses: whole,
  unresolved: whole,
  win_rate: real,
  win_rate_low: real,
  win_rate_high: real,
  grade: text,
  grade_name: text,
  tier: whole,
  tier_name: text,
  label: text,
  suggestions: list(text),
  quintiles: list(quintile),
});

export const slots = list(
  object<SlotView>({
    slot: whole,
    place: text,
    state: word("empty", "ok", "damaged", "barred"),
    problem: text,
    newest: flag,
    pinned: flag,
    scenario: text,
    timestamp: text,
    origin: orNull(object<OriginView>({ file: text, imported: text, verified: flag, words: text })),
    generation: whole,
    generation_count: whole,
    compressed_size: whole,
    metrics: orNull(
      object<PerformanceMetrics>({
        simulation_seconds: real,
        disk_seconds: real,
        compression_ratio: real,
        peak_memory_bytes: whole,
      }),
    ),
    similarity: real,
    exact: flag,
    differences: list(text),
    versus: text,
    analysis: orNull(analysis),
  }),
);

export const preview = object<PreviewView>({
  runs: whole,
  analysis,
  versus: text,
  pending: flag,
  unsaved: orNull(object<UnsavedView>({ job: whole, reason: text })),
});

export const strip = object<StripView>({
  place: text,
  generation: whole,
  total: whole,
  blocks: list(whole),
  runs: list(whole),
  outcomes: text,
  survivors: list(whole),
  rounds: list(whole),
  party_hp: list(whole),
  monster_hp: list(whole),
});

const side = word("party", "monsters");
const state = word("up", "dying", "stable", "dead", "waiting");
export const kind = word(
  "initiative",
  "recharge",
  "miss",
  "hit",
  "critical",
  "save_failed",
  "save_made",
  "heal",
  "death_save",
  "damage",
  "effect",
  "effect_ended",
  "legendary_resistance",
  "reaction",
  "countered",
  "temporary_hp",
  "endured",
  "arrival",
  "option",
);

export const replay = object<ReplayView>({
  run: whole,
  runs: whole,
  place: text,
  generation: whole,
  scenario: text,
  problem: text,
  note: text,
  pending: flag,
  ending: text,
  combatants: list(
    object<ReplayCombatant>({ name: text, side, start_hp: whole, final_hp: whole, state }),
  ),
  rows: list(tuple<ReplayRow>(whole, whole, whole, whole, kind, text, orNull(whole), whole, whole)),
  words: list(text),
  events: whole,
});

export const parting = object<PartingView>({
  run: whole,
  place: text,
  at: orNull(whole),
  here: list(text),
  there: list(text),
  ending: text,
  runs: orNull(whole),
  first: orNull(whole),
  next: orNull(whole),
});

export const comparison = object<CompareView>({
  missing: text,
  sides: list(
    object<Side>({
      place: text,
      scenario: text,
      runs: whole,
      timelines: list(
        object<TimelineEnd>({
          name: text,
          outcome: word("win", "loss", "unresolved"),
          survivors: whole,
          rounds: whole,
          party_hp: whole,
          party_start: whole,
          monster_hp: whole,
          monster_start: whole,
        }),
      ),
    }),
  ),
  directions: list(
    object<Direction>({
      contrasts: list(
        object<Contrast>({
          name: text,
          unit: word("points", "characters", "rounds", "hit points"),
          here: text,
          there: text,
          delta: real,
          low: orNull(real),
          high: orNull(real),
          clear: flag,
          words: text,
          change: text,
        }),
      ),
      paired: flag,
      dice: text,
      verdict: text,
      changes: list(text),
    }),
  ),
});

export const footer = object<FooterView>({
  slots_bytes: whole,
  tables_bytes: whole,
  queue_bytes: whole,
  background_bytes: whole,
  process_bytes: whole,
  peak_bytes: whole,
  version: text,
});

export const fromKernel: Is<Alive | Taken> = either(
  either(
    object<{ type: "alive" }>({ type: word("alive") }),
    object<{ type: "alive"; busy: true }>({
      type: word("alive"),
      busy: (value): value is true => value === true,
    }),
  ),
  object<Taken>({ type: word("taken"), numbers: record(whole) }),
);
export const envelope = object<Envelope>({ sender: text, number: whole, oldest: whole });
