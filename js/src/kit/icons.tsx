// The signs on the buttons that step through a run, drawn so that no font has to have them.

const SHAPES = {
  event: ["M4 3l6 5-6 5z"],
  round: ["M2.5 3.5l5 4.5-5 4.5z", "M8 3.5l5 4.5-5 4.5z"],
  end: ["M3 3l6.5 5L3 13z", "M12 3v10"],
};

interface Props {
  shape: keyof typeof SHAPES;
  /** Drawn the other way round. */
  back?: boolean;
}

export function Icon({ shape, back = false }: Props) {
  return (
    <svg class={back ? "ds-icon ds-back" : "ds-icon"} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[shape].map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}
