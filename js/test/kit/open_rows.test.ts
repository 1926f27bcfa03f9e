import { expect, it } from "vitest";
import { afterDuplication, afterRemoval, toggled } from "../../src/kit/open_rows.js";

it("rows fold and unfold", () => {
  expect(toggled([], 2)).toEqual([2]);
  expect(toggled([1, 2], 1)).toEqual([2]);
});

it("rows behind one that is removed stay as they were", () => {
  expect(afterRemoval([0, 2, 3], 2)).toEqual([0, 2]);
  expect(afterRemoval([0, 2], 1)).toEqual([0, 1]);
});

it("rows behind one that is duplicated stay as they were, and the copy is folded", () => {
  expect(afterDuplication([0, 1, 2], 1)).toEqual([0, 1, 3]);
});
