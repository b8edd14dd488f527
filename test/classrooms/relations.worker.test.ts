import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { api, call } from "../worker/client.ts";
import { begin } from "../worker/practice.ts";
import { errorReply } from "../worker/shapes.ts";
import type { Call, Row } from "./relation-rows.ts";
import { RELATIONS } from "./relations.ts";
import { CALLERS, type Caller, newScene, type Scene, SECRET, type Setting } from "./scene.ts";
import type { Person } from "./school.ts";

type Operation = { readonly operationId: string; readonly tags: readonly string[]; readonly "x-access"?: unknown };
type OpenApi = { readonly paths: Record<string, Record<string, Operation>> };

/** Whatever has to do with classes or with somebody's practice, but for practising itself. */
const TAGS = ["Classrooms", "Assignments", "Analytics", "Reports", "Awards"];

it("every route of classes, assignments, reports and awards has its row", async () => {
  const { paths }: OpenApi = (await call("GET", "/api/v1/openapi.json")).json();
  const concerned = Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .filter(({ tags, "x-access": access }) => access !== "anyone" && tags.some((tag) => TAGS.includes(tag)));
  const rows = new Set(Object.keys(RELATIONS).map((name) => name.split(" ")[0]));
  expect([...rows].toSorted()).toEqual(concerned.map(({ operationId }) => operationId).toSorted());
});

const scenes = new Map<Setting, Promise<Scene>>();

/** The scene that all share who change nothing. */
function sharedScene(setting: Setting): Promise<Scene> {
  const scene = scenes.get(setting) ?? newScene(setting);
  scenes.set(setting, scene);
  return scene;
}

async function ask({ call: callIn }: Row, scene: Scene, caller: Caller): Promise<Response> {
  const { method, path, body } = callIn(scene);
  const headers = { Authorization: `Bearer ${scene.people[caller].token}`, "Content-Type": "application/json" };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  return exports.default.fetch(new Request(`https://ascent.test/api/v1${path}`, init));
}

/** Those of whom a caller may read nothing in whatever they are let through to, unless it is themselves. */
function strangersTo({ people, student }: Scene, caller: Caller): Person[] {
  const strangers: readonly Caller[] = ["removed", "otherStudent", "otherParent"];
  return strangers.filter((each) => each !== caller && people[each] !== student).map((each) => people[each]);
}

/**
 * What a caller was answered. Where it is a refusal, nothing in it may tell of the scene; else it holds what the row says,
 * and nothing of strangers.
 */
async function toSeen(row: Row, scene: Scene, caller: Caller): Promise<number> {
  const response = await ask(row, scene, caller);
  const { status } = response;
  // Whatever it is: a PDF too is looked through as if it were text.
  const text = new TextDecoder().decode(await response.arrayBuffer());
  if (status < 400) {
    for (const told of row.tells?.(scene) ?? []) expect(text).toContain(told);
    for (const { id, name } of strangersTo(scene, caller)) {
      expect(text).not.toContain(id);
      expect(text).not.toContain(name);
    }
    return status;
  }
  errorReply.parse(JSON.parse(text));
  expect(text).not.toContain(SECRET);
  return status;
}

const cases = Object.entries(RELATIONS).flatMap(([name, row]) =>
  Object.entries(row.answers).map(([setting, answers]) => ({ name, setting: setting as Setting, row, answers })),
);

describe.each(["open", "archived", "removed"] as const)("about a class and a student: %s", (setting) => {
  it.each(cases.filter((each) => each.setting === setting))("$name", async ({ row, answers }) => {
    const seen: Partial<Record<Caller, number>> = {};
    const scene = row.changes ? await newScene(setting) : await sharedScene(setting);
    const callers = CALLERS.filter((caller) => answers[caller] !== undefined);
    const isChanging = (caller: Caller) => row.changes === true && answers[caller] === 200;
    const refused = callers.filter((caller) => !isChanging(caller));
    for (const caller of refused) seen[caller] = await toSeen(row, scene, caller);
    // The first who changes something does so where all refusals have gone before, each of the others in a scene of their own.
    const [first, ...others] = callers.filter(isChanging);
    if (first) seen[first] = await toSeen(row, scene, first);
    for (const caller of others) seen[caller] = await toSeen(row, await newScene(setting), caller);
    expect(seen).toEqual(answers);
  });
});

describe("a list of one's own", () => {
  const lists = Object.entries(RELATIONS).flatMap(([name, row]) =>
    row.shows ? [{ name, row, shows: row.shows }] : [],
  );

  it.each(lists)("$name holds what is one's own and nothing else", async ({ row, shows }) => {
    const scene = await sharedScene("open");
    const seen = await Promise.all(
      CALLERS.map(async (caller) => ({ caller, text: await (await ask(row, scene, caller)).text() })),
    );
    const holding = seen.filter(({ text }) => text.includes(shows.what(scene)));
    expect(holding.map(({ caller }) => caller)).toEqual(shows.to);
  });
});

it("nobody but the student acts on a session of theirs, or reads it as it runs: not their teachers, not their parents", async () => {
  const scene = await newScene("open");
  const { people } = scene;
  const session = await begin(people.child);
  const path = `/practice/sessions/${session.id}`;
  const answer = { question_id: session.current_question.id, submitted_answer: { choice: "A" }, time_spent_sec: 1 };
  const calls: readonly Call[] = [
    { method: "GET", path },
    { method: "POST", path: `${path}/submit`, body: answer },
    { method: "POST", path: `${path}/next`, body: { skip: true } },
    { method: "POST", path: `${path}/heartbeat`, body: {} },
    { method: "POST", path: `${path}/finish`, body: {} },
  ];
  for (const caller of CALLERS.filter((each) => each !== "child")) {
    for (const acting of calls) {
      const status = await toSeen({ call: () => acting, answers: {} }, scene, caller);
      expect({ caller, path: acting.path, status }).toEqual({ caller, path: acting.path, status: 404 });
    }
  }
  const after = (await api("GET", path, { token: people.child.token })).json().data;
  expect(after).toEqual(session);
});
