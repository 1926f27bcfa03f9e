// The small buttons of things: those that duplicate and remove, with drawings of their own (no font has them all), and the one that unfolds.

interface Props {
  what: "duplicate" | "remove";
  /** Whose: the button is called "Ogre: remove". */
  owner: string;
  go: () => void;
  /** Why it cannot be done. */
  refused?: string;
}

const DRAWINGS = {
  duplicate: "M6 6h8v8h-8zM10 6v-4h-8v8h4",
  remove: "M3.5 3.5l9 9M12.5 3.5l-9 9",
};

export function Tool({ what, owner, go, refused }: Props) {
  return (
    <button
      type="button"
      class="ds-quiet ds-tool"
      aria-label={`${owner}: ${what}`}
      aria-disabled={refused !== undefined}
      title={refused ?? (what === "remove" ? "Remove" : "Duplicate")}
      onClick={() => refused === undefined && go()}
    >
      <svg viewBox="0 0 16 16" width="13" height="13" aria-hidden="true">
        <path
          d={DRAWINGS[what]}
          fill="none"
          stroke="currentColor"
          stroke-width="1.4"
          stroke-linejoin="round"
          stroke-linecap="round"
        />
      </svg>
    </button>
  );
}

interface UnfoldProps {
  owner: string;
  what: string;
  /** The id of what is unfolded. */
  id: string;
  open: boolean;
  go: () => void;
}

/** Unfolds and folds what belongs to something. */
export function Unfold({ owner, what, id, open, go }: UnfoldProps) {
  return (
    <button
      type="button"
      class="ds-quiet ds-unfold"
      aria-expanded={open}
      aria-controls={id}
      aria-label={`${owner}: ${what}`}
      onClick={go}
    >
      {what}
    </button>
  );
}
