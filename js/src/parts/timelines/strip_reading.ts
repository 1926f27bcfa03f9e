// What is read, walked to and selected on the strip of all runs, by pointer and by keys.

import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { StripView } from "../../protocol/results.js";
import { columnAfterKey } from "./strip_shape.js";

/** A pointer that moves less than this clicks. */
const DRAG_PIXELS = 4;

type Handlers = Record<`on${string}`, (event: never) => void>;

interface Range {
  from: number;
  to: number;
}

type Pick = (run: number, opener: HTMLElement) => void;

export interface Reading {
  box: RefObject<HTMLDivElement>;
  /** The column that keys start from. */
  cursor: number;
  /** The column that is read, if one is. */
  read: number | null;
  /** The column of the run that is selected; -1 where it is not shown. */
  chosen: number;
  /** The selected columns, first and end. */
  span: readonly [number, number] | null;
  clear: () => void;
  /** For the element of the strip. */
  handlers: Handlers;
}

export function useReading(strip: StripView, selected: number | null, pick: Pick): Reading {
  const box = useRef<HTMLDivElement>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [focused, setFocused] = useState(false);
  const [walked, setWalked] = useState<number | null>(null);
  const [range, setRange] = useState<Range | null>(null);
  const columns = strip.runs.length;
  const chosen = selected === null ? -1 : strip.runs.indexOf(selected);
  const cursor = Math.min(walked ?? (chosen >= 0 ? chosen : columns >> 1), columns - 1);
  const clear = () => setRange(null);
  const open = (column: number) => pick(strip.runs[column]!, box.current!);
  useEffect(clear, [strip.place, strip.generation, strip.total]); // it was of other runs
  const pointer = usePointer(box, columns, {
    hover: setHovered,
    drag: setRange,
    end: setWalked,
    click: (column) => {
      clear();
      open(column);
    },
  });
  const key = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === " ") open(cursor);
    else if (event.key === "Escape" && range) clear();
    else {
      const next = columnAfterKey(strip, cursor, event.key);
      if (next === null) return;
      setHovered(null);
      setWalked(next);
      setRange(event.shiftKey ? { from: range?.from ?? cursor, to: next } : null);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    box,
    cursor,
    read: hovered ?? (focused ? cursor : null),
    chosen,
    span: range && [Math.min(range.from, range.to), Math.max(range.from, range.to) + 1],
    clear,
    handlers: {
      ...pointer,
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
      onKeyDown: key,
    },
  };
}

interface Gestures {
  hover: (column: number | null) => void;
  drag: (range: Range) => void;
  /** The button was let go over a column. */
  end: (column: number) => void;
  click: (column: number) => void;
}

function usePointer(box: RefObject<HTMLDivElement>, columns: number, gestures: Gestures): Handlers {
  const press = useRef<{ x: number; column: number; dragged: boolean } | null>(null);
  const columnAt = (event: PointerEvent): number => {
    const { left, width } = box.current!.getBoundingClientRect();
    const at = Math.floor(((event.clientX - left) / Math.max(1, width)) * columns);
    return Math.max(0, Math.min(columns - 1, at));
  };
  const moved = (event: PointerEvent, x: number) => Math.abs(event.clientX - x) >= DRAG_PIXELS;
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      press.current = { x: event.clientX, column: columnAt(event), dragged: false };
      box.current!.setPointerCapture?.(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const column = columnAt(event);
      gestures.hover(column);
      const began = press.current;
      if (!began) return;
      began.dragged ||= moved(event, began.x);
      if (began.dragged) gestures.drag({ from: began.column, to: column });
    },
    onPointerUp: (event: PointerEvent) => {
      const began = press.current;
      press.current = null;
      if (!began) return;
      gestures.end(columnAt(event));
      if (!moved(event, began.x)) gestures.click(began.column);
    },
    onPointerCancel: () => {
      press.current = null;
    },
    onPointerLeave: () => gestures.hover(null),
  };
}
