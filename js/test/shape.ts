// Says whether a value has exactly the shape of a type; the compiler keeps shape and type together.

export type Is<T> = (value: unknown) => value is T;
type Shape<T> = { [Key in keyof T]-?: Is<T[Key]> };

export const text: Is<string> = (value): value is string => typeof value === "string";
export const flag: Is<boolean> = (value): value is boolean => typeof value === "boolean";
export const real: Is<number> = (value): value is number => Number.isFinite(value);
export const whole: Is<number> = (value): value is number => Number.isSafeInteger(value);

export const word =
  <Word extends string>(...words: Word[]): Is<Word> =>
  (value): value is Word =>
    words.includes(value as Word);

export const list =
  <T>(each: Is<T>): Is<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(each);

export const orNull =
  <T>(is: Is<T>): Is<T | null> =>
  (value): value is T | null =>
    value === null || is(value);

export const either =
  <A, B>(one: Is<A>, other: Is<B>): Is<A | B> =>
  (value): value is A | B =>
    one(value) || other(value);

/** An object of any keys to values of one kind. */
export const record =
  <T>(each: Is<T>): Is<Record<string, T>> =>
  (value): value is Record<string, T> =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(each);

/** An object with these keys and no others. */
export const object =
  <T extends object>(shape: Shape<T>): Is<T> =>
  (value): value is T =>
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).sort().join() === Object.keys(shape).sort().join() &&
    Object.entries<Is<unknown>>(shape).every(([key, is]) =>
      is((value as Record<string, unknown>)[key]),
    );

/** A list of exactly these, in this order. */
export const tuple =
  <T extends unknown[]>(...shape: { [Key in keyof T]: Is<T[Key]> }): Is<T> =>
  (value): value is T =>
    Array.isArray(value) &&
    value.length === shape.length &&
    shape.every((is, index) => (is as Is<unknown>)(value[index]));
