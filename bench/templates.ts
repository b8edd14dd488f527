/** `npm run bench:templates`: how fast question templates are read, validated and made into questions. */

import { readdirSync, readFileSync } from "node:fs";
import { makeInstance } from "../src/templates/make-instance.ts";
import { parseTemplate } from "../src/templates/parse-template.ts";
import { spaceSize, validateTemplate } from "../src/templates/validate-template.ts";

const EXAMPLES = new URL("../test/templates/examples/", import.meta.url);
const INSTANCES = 10_000;

const columns = (cells: readonly string[]) =>
  `${cells[0]?.padEnd(24)}${cells
    .slice(1)
    .map((cell) => cell.padStart(14))
    .join("")}`;

console.log(`Question templates, ${INSTANCES.toLocaleString("en")} instances each, one session\n`);
console.log(columns(["template", "read ms", "space ms", "validate ms", "instances/s", "µs each", "space"]));

let [made, spent] = [0, 0];
for (const file of readdirSync(EXAMPLES).toSorted()) {
  const body: unknown = JSON.parse(readFileSync(new URL(file, EXAMPLES), "utf8"));
  const started = performance.now();
  const parsed = parseTemplate(body);
  if (!parsed.ok) throw new Error(`${file}: ${JSON.stringify(parsed.faults)}`);
  const { template } = parsed;
  const read = performance.now();
  const { instances, exact } = spaceSize(template);
  const counted = performance.now();
  validateTemplate(template);
  const validated = performance.now();
  for (let number = 0; number < INSTANCES; number += 1) makeInstance(template, { seed: 1, number });
  const finished = performance.now();
  made += INSTANCES;
  spent += finished - validated;
  const perSecond = (INSTANCES / (finished - validated)) * 1_000;
  const cells = [read - started, counted - read, validated - counted].map((time) => time.toFixed(1));
  const size = `${exact ? "" : "≥ "}${instances.toLocaleString("en")}`;
  const speed = [Math.round(perSecond).toLocaleString("en"), (1e6 / perSecond).toFixed(1)];
  console.log(columns([file.replace(".json", ""), ...cells, ...speed, size]));
}
console.log(`\n${Math.round((made / spent) * 1_000).toLocaleString("en")} instances a second over all of them`);
