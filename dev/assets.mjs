// Fills dist/assets/ with what the pages load: Swagger UI's files from the installed package, and our own. Plain
// JavaScript, as wrangler runs it on whichever Node it has; a file that is right already is left alone.
import { mkdir, readFile, writeFile } from "node:fs/promises";

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
    const text = withoutSourceMap(await readFile(new URL(name, folder), "utf8"));
    const target = new URL(name, to);
    if ((await readFile(target, "utf8").catch(() => undefined)) !== text) await writeFile(target, text);
  }
}

/** The maps are not served: a reference to one would be a 404 in every open console. */
function withoutSourceMap(text) {
  return text.replace(/\n(?:\/\/|\/\*)# sourceMappingURL=.*$/m, "");
}
