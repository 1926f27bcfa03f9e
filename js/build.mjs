// Bundles one file per widget, and the style of all, into the Python package (or into the folder named).
import { build } from "esbuild";

const outdir = process.argv[2] ?? "../dualslot_widgets/static";

await build({
  entryPoints: [
    "src/kit/kit.css",
    "src/parts/compare/compare.tsx",
    "src/parts/editor/encounter_editor.tsx",
    "src/parts/jobs/job_monitor.tsx",
    "src/parts/replay/run_replay.tsx",
    "src/parts/slots/slot_browser.tsx",
    "src/parts/timelines/quintile_timelines.tsx",
    "src/simulation_display.tsx",
  ],
  entryNames: "[name]",
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
