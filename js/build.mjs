// Bundles one file per widget, and the style of all, into the Python package (or into the folder named).
import { build } from "esbuild";

const outdir = process.argv[2] ?? "../dualslot_widgets/static";

const WIDGETS = [
  "compare",
  "encounter_editor",
  "job_monitor",
  "quintile_timelines",
  "run_replay",
  "simulation_display",
  "slot_browser",
];

await build({
  entryPoints: [...WIDGETS.map((name) => `src/${name}.tsx`), "src/kit.css"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  charset: "utf8",
  outdir,
  logLevel: "warning",
});
