// Bundles one file per widget, and its style, into the Python package (or into the folder named).
import { build } from "esbuild";

const outdir = process.argv[2] ?? "../dualslot_widgets/static";

await build({
  entryPoints: ["src/simulation_display.tsx", "src/simulation_display.css"],
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
