import { describe, expect, it } from "vitest";
import texts from "../../../../tests/fixtures/protocol/replay_text.json";
import { momentOf } from "../../../src/parts/replay/replay_state.js";
import {
  afterKey,
  asText,
  heading,
  nextDown,
  roundBack,
  roundOn,
  roundsOf,
} from "../../../src/parts/replay/replay_steps.js";
import { replay } from "../../fixtures.js";

const RUN = replay("told");
const ROUNDS = roundsOf(RUN);
const LAST = RUN.rows.length;
const key = (step: number, name: string, shift = false) => afterKey(RUN, ROUNDS, step, name, shift);

describe("the ways through a run", () => {
  it("know its rounds, which hold all events one after the other", () => {
    expect(ROUNDS.map(heading)).toEqual([
      "Encounter 1, initiative",
      "Encounter 1, round 1",
      "Encounter 1, round 2",
      "Encounter 1, round 3",
      "Encounter 2, initiative",
      "Encounter 2, round 2",
      "Encounter 2, round 3",
      "Encounter 2, round 4",
      "Encounter 2, round 5",
    ]);
    expect(ROUNDS.map(({ first }) => first)).toEqual([
      0,
      ...ROUNDS.slice(0, -1).map(({ end }) => end),
    ]);
    expect(ROUNDS.at(-1)!.end).toBe(LAST);
  });

  it("lead from event to event and never past an end", () => {
    expect([
      key(0, "ArrowLeft"),
      key(0, "ArrowRight"),
      key(LAST, "ArrowRight"),
      key(LAST, "ArrowLeft"),
    ]).toEqual([0, 1, LAST, LAST - 1]);
    expect([key(9, "Home"), key(9, "End"), key(9, "a")]).toEqual([0, LAST, null]);
  });

  it("lead forth round by round to the end, and back to the start", () => {
    const forth = [0];
    while (forth.at(-1)! < LAST) forth.push(key(forth.at(-1)!, "ArrowRight", true)!);
    expect(forth.slice(1)).toEqual(ROUNDS.map(({ end }) => end));
    const back = [LAST];
    while (back.at(-1)! > 0) back.push(key(back.at(-1)!, "ArrowLeft", true)!);
    expect(back.slice(1)).toEqual(ROUNDS.map(({ first }) => first).reverse());
    expect([roundOn(ROUNDS, LAST), roundBack(ROUNDS, 0)]).toEqual([LAST, 0]);
  });

  it("lead to everybody who goes down, and to nobody else", () => {
    const found: string[] = [];
    for (let step = nextDown(RUN, 0); step !== null; step = nextDown(RUN, step)) {
      found.push(RUN.words[step - 1]!);
      expect(momentOf(RUN, step).people[RUN.rows[step - 1]![3]]!.hp).toBe(0);
    }
    expect(found).toEqual(RUN.words.filter((said) => said.endsWith("goes down")));
  });
});

describe("the text that is copied", () => {
  it("is the run as the kernel prints it", () => {
    expect(asText(RUN)).toBe(texts.told);
  });

  it("says so when it is not all of the run", () => {
    expect(asText({ ...RUN, events: 20_412 })).toMatch(
      new RegExp(`\\n\\(${LAST} of 20412 events\\)$`),
    );
  });
});
