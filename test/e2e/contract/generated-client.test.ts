import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { generateSource } from "oazapfts";
import { beforeAll, expect, inject, test } from "vitest";
import { newStudent, PASSWORD } from "./practice.ts";

const run = promisify(execFile);
const folder = fileURLToPath(new URL("./client/", import.meta.url));
const tsc = fileURLToPath(new URL("../../../node_modules/.bin/tsc", import.meta.url));

beforeAll(async () => {
  const source = await generateSource(`${inject("baseUrl")}/api/v1/openapi.json`, { useUnknown: true });
  await mkdir(join(folder, "generated"), { recursive: true });
  await writeFile(join(folder, "generated", "api.ts"), source);
});

test("a client generated from the running product's document compiles, strictly, and so does its use", async () => {
  const { stdout } = await run(tsc, ["-p", folder]).catch((error: { stdout: string }) => error);
  expect(stdout).toBe("");
});

test("the generated client practises: it signs in, starts, submits, skips, finishes and reads the questions log", async () => {
  const { email } = await newStudent();
  const { stdout } = await run(process.execPath, [join(folder, "practise.ts"), inject("baseUrl"), email, PASSWORD]);
  expect(JSON.parse(stdout)).toEqual({ answered: 3, sessions: [{ isOurs: true, attempts: 3 }] });
});
