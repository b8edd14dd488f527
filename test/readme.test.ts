import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, test } from "vitest";
import packages from "../package.json" with { type: "json" };
import { parseSettings } from "../src/env.ts";

const root = new URL("../", import.meta.url);
const textOf = (path: string) => readFile(new URL(path, root), "utf8");
const filesOf = (pattern: string) => globSync(pattern, { cwd: root });

const sections = (await textOf("README.md")).split(/^## /m);

/** The first cells of a section's tables. */
const cellsOf = (title: string): string[] => {
  const section = sections.find((text) => text.startsWith(`${title}\n`)) ?? "";
  return [...section.matchAll(/^\| ([^|]+) \|/gm)].map(([, cell = ""]) => cell);
};

/** What stands between backticks, in a cell or in all of a section's. */
const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
const namesOf = (title: string): string[] => cellsOf(title).flatMap(quoted);

describe("the README names what there is, and nothing else:", () => {
  test("scripts", () => {
    const named = namesOf("Scripts").map((name) => name.replace(/^npm (run )?/, ""));
    expect(named.toSorted()).toEqual(Object.keys(packages.scripts).toSorted());
  });

  test("settings", async () => {
    const settings = parseSettings(parseEnv(await textOf(".dev.vars.example")));
    expect(namesOf("Settings").toSorted()).toEqual(Object.keys(settings).toSorted());
  });

  test("packages", () => {
    const named = cellsOf("Dependencies").flatMap((cell) => cell.split(", "));
    const installed = Object.keys({ ...packages.dependencies, ...packages.devDependencies });
    const groups = installed.map((name) => name.replace(/^@types\/.*/, "@types/*"));
    expect(
      named
        .slice(1)
        .filter((name) => !name.startsWith("**"))
        .toSorted(),
    ).toEqual([...new Set(groups)].toSorted());
  });

  test("events of the log", async () => {
    const sources = await Promise.all(filesOf("src/**/*.ts").map(textOf));
    const logged = sources.flatMap((text) =>
      [...text.matchAll(/\blog(?:\("\w+", |Fault\(|NowAndThen\()"(\w+)"/g)].map(([, event = ""]) => event),
    );
    expect(namesOf("Operate").toSorted()).toEqual([...new Set(logged)].toSorted());
  });

  test("folders of src", () => {
    const named = namesOf("Where things are").flatMap((paths) => {
      const [first = "", ...others] = paths.split(" ");
      return [first, ...others.map((name) => `${dirname(first)}/${name}`)];
    });
    const files = filesOf("{src,drizzle,dev,bench,test}/**/*.*");
    expect(named.filter((path) => !files.some((file) => file.startsWith(path)))).toEqual([]);
    const folders = new Set(files.flatMap((file) => /^src\/[^/]+\//.exec(file) ?? []));
    expect([...folders].filter((folder) => !named.includes(folder))).toEqual([]);
  });

  test("files of tests", () => {
    const files = filesOf("test/**/*.test.ts").map((file) => withoutKind(file.replace(/^test\/|\.test\.ts$/g, "")));
    const named = testsNamed();
    const isNamed = (file: string) => named.some((paths) => paths.some((path) => matches(file, path)));
    expect(files.filter((file) => !isNamed(file))).toEqual([]);
    const isThere = (paths: readonly string[]) => files.some((file) => paths.some((path) => matches(file, path)));
    expect(named.filter((paths) => !isThere(paths))).toEqual([]);
  });
});

const withoutKind = (name: string) => name.replace(/\.(worker|services|embedded)$/, "");

/** Whether a file is the one that a path names, or one of those, in its last part. */
const matches = (file: string, path: string) =>
  path.includes("*") ? dirname(file) === dirname(path) && file.startsWith(path.replace("*", "")) : file === path;

const AT_THE_TOP = ["env", "readme"];

/** Each name of the table of tests, as the paths that it may stand for: in its heading's folders, or in that of the name before it. */
function testsNamed(): string[][] {
  let folders: string[] = [];
  return cellsOf("What the tests prove").flatMap((cell) => {
    if (cell.startsWith("**")) folders = cell.replaceAll("*", "").split(", ");
    let before: string[] = [];
    const names = cell.startsWith("**") || cell.startsWith("file in") ? [] : quoted(cell);
    return names
      .filter((name) => !name.startsWith("."))
      .map((name) => {
        if (name.includes("/")) before = [dirname(name)];
        const within = name.includes("/") || AT_THE_TOP.includes(name) ? [] : before.length > 0 ? before : folders;
        const path = withoutKind(name);
        return within.length > 0 ? within.map((folder) => `${folder}/${path}`) : [path];
      });
  });
}
