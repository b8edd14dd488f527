// Fills dist/assets/ with what the pages load: Swagger UI's files from the installed package, our own, and the demo page's
// modules as one script and one style sheet. Plain JavaScript, as wrangler runs it on whichever Node it has; a file that is
// right already is left alone.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const from = new URL("../src/pages/assets/", import.meta.url);
const to = new URL("../dist/assets/", import.meta.url);
const swagger = new URL("./", import.meta.resolve("swagger-ui-dist/package.json"));

const files = [
  { folder: swagger, names: ["swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt", "swagger-ui.css"] },
  { folder: from, names: ["favicon.svg", "pages.css", "swagger-init.js"] },
];

await mkdir(to, { recursive: true });
for (const { folder, names } of files) {
  for (const name of names) {
    await put(name, withoutSourceMap(await readFile(new URL(name, folder), "utf8")));
  }
}
await putDemo();

/** The demo page's files have a name by their content; `demo.json` tells the page which it is. Older ones go. */
async function putDemo() {
  const demo = fileURLToPath(new URL("../src/pages/demo/", import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [
      { in: `${demo}client/main.ts`, out: "demo" },
      { in: `${demo}demo.css`, out: "demo" },
    ],
    entryNames: "[name]-[hash]",
    outdir: fileURLToPath(to),
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome111", "firefox113", "safari16.4"],
    legalComments: "none",
    write: false,
  });
  const made = outputFiles.map(({ path, text }) => ({ name: basename(path), text }));
  for (const { name, text } of made) await put(name, text);
  const named = (ending) => made.find(({ name }) => name.endsWith(ending))?.name;
  await put("demo.json", JSON.stringify({ script: named(".js"), style: named(".css") }));
  const old = (await readdir(to)).filter(
    (name) => /^demo-.+\.(css|js)$/.test(name) && made.every((one) => one.name !== name),
  );
  for (const name of old) await rm(new URL(name, to), { force: true });
}

async function put(name, text) {
  const target = new URL(name, to);
  if ((await readFile(target, "utf8").catch(() => undefined)) !== text) await writeFile(target, text);
}

/** The maps are not served: a reference to one would be a 404 in every open console. */
function withoutSourceMap(text) {
  return text.replace(/\n(?:\/\/|\/\*)# sourceMappingURL=.*$/m, "");
}
