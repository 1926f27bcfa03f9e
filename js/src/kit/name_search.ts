// Finds things by parts of their names, the nearest first. No DOM.

/** As many are listed at once. */
export const MOST_LISTED = 40;

export interface Found<T> {
  listed: T[];
  /** How many more there are. */
  more: number;
}

export const wordsOf = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

/** Those whose names hold every word; the given order decides between equals. */
export function nearest<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  words: string[],
): Found<T> {
  const ranked = items
    .map((item) => ({ item, rank: rank(nameOf(item).toLowerCase(), words) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
  return { listed: ranked.slice(0, MOST_LISTED), more: Math.max(0, ranked.length - MOST_LISTED) };
}

const NOT_FOUND = 4;

/** The lower, the nearer. */
function rank(name: string, words: string[]): number {
  if (!words.every((word) => name.includes(word))) return NOT_FOUND;
  const whole = words.join(" ");
  if (name === whole) return 0;
  if (name.startsWith(whole)) return 1;
  const starts = name.split(/[\s,(-]+/);
  return words.every((word) => starts.some((start) => start.startsWith(word))) ? 2 : 3;
}
