// Draws on a page and finds things there as people do: by role, by label, by what is written on them.

import { type ComponentChild, render } from "preact";
import { act } from "preact/test-utils";

/** Draw one component; returns what it was drawn into. */
export function draw(component: ComponentChild): HTMLElement {
  const el = document.createElement("div");
  document.body.replaceChildren(el);
  act(() => render(component, el));
  return el;
}

export const all = (el: Element, selector: string): HTMLElement[] => [
  ...el.querySelectorAll<HTMLElement>(selector),
];

/** The only element that a selector finds. */
export function one<T extends HTMLElement = HTMLElement>(el: Element, selector: string): T {
  const found = all(el, selector);
  if (found.length !== 1) throw new Error(`${found.length} elements for ${selector}, wanted one`);
  return found[0] as T;
}

/** Words as they are read, each stretch of white space as one blank. */
export const words = (el: Element): string => (el.textContent ?? "").replace(/\s+/g, " ").trim();

export const buttons = (el: Element): string[] => all(el, "button").map(words);

export function click(el: Element, label: string | RegExp): void {
  const found = all(el, "button").filter((button) =>
    typeof label === "string" ? words(button) === label : label.test(words(button)),
  );
  if (found.length !== 1)
    throw new Error(`${found.length} buttons "${label}" among: ${buttons(el).join(", ")}`);
  act(() => found[0]!.click());
}

/** Type into a number input, or drag a slider. */
export function type(input: HTMLInputElement, value: string): void {
  act(() => {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** Press a key where the focus is. */
export const press = (target: Element, key: string, more: KeyboardEventInit = {}): void => {
  act(() => {
    target.dispatchEvent(
      new KeyboardEvent("keydown", {
        key,
        bubbles: true,
        cancelable: true,
        composed: true,
        ...more,
      }),
    );
  });
};

export const tell = (target: Element, event: string): void => {
  act(() => {
    target.dispatchEvent(new Event(event, { bubbles: event !== "focus" && event !== "blur" }));
  });
};
