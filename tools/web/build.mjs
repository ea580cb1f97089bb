// Bundles what the pages load. Usage: npm ci && npm run build [-- FOLDER]
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = process.argv[2] ?? join(here, "../../src/siaga/serve/web/static/dist");

await mkdir(target, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: ["src/siaga.js"],
  outdir: target,
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  target: ["es2022"],
  legalComments: "none",
  logLevel: "warning",
});
await copyFile(join(here, "node_modules/htmx.org/LICENSE"), join(target, "htmx.LICENSE.txt"));
