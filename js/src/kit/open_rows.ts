// Which rows of a list are unfolded, while rows come and go before them. No DOM.

/** The numbers of the rows that are unfolded. */
export type Unfolded = readonly number[];

export const toggled = (rows: Unfolded, row: number): Unfolded =>
  rows.includes(row) ? rows.filter((each) => each !== row) : [...rows, row];

export const afterRemoval = (rows: Unfolded, gone: number): Unfolded =>
  rows.filter((each) => each !== gone).map((each) => (each > gone ? each - 1 : each));

/** The copy stands right behind the row that it is of, folded. */
export const afterDuplication = (rows: Unfolded, of: number): Unfolded =>
  rows.map((each) => (each > of ? each + 1 : each));

/** What becomes of them when a row is folded or unfolded, removed, or duplicated. */
export const CHANGES = { toggle: toggled, remove: afterRemoval, duplicate: afterDuplication };
