import { ADMIN_RECIPES } from "./admin-calls.ts";
import { ASSIGNMENT_RECIPES } from "./assignment-calls.ts";
import { AWARD_RECIPES, VERIFY_PAGE } from "./award-calls.ts";
import { CLASSROOM_RECIPES } from "./classroom-calls.ts";
import { PDF_RECIPES } from "./pdf-calls.ts";
import { newEmail, newPerson, PASSWORD, type Session, signIn, someSubmission, startSession } from "./people.ts";
import type { Call, Recipe } from "./recipe.ts";
import { ROSTER_RECIPES } from "./roster-calls.ts";

type Schema = { readonly type?: string; readonly example?: unknown };
type Operation = {
  readonly operationId?: string;
  readonly "x-access"?: "anyone" | "guest" | "signed-in" | readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly example?: unknown;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content: Record<string, { readonly example?: unknown; readonly schema?: Schema }> };
  readonly responses: Record<string, unknown>;
};
type Document = { readonly paths: Record<string, Record<string, Operation>> };

const served = { withoutRedis: "served", withoutPostgres: "served", withoutPostgresCold: "served" } as const;

/** Practice under way: of a student, or of a guest. */
const inSession =
  (isGuest: boolean, body?: (session: Session) => unknown): NonNullable<Recipe["prepare"]> =>
  async (baseUrl) => {
    const token = isGuest ? undefined : (await newPerson(baseUrl)).access_token;
    const session = await startSession(baseUrl, token);
    return { id: session.id, token, ...(body ? { body: body(session) } : {}) };
  };
const underWay = (name: string, body?: (session: Session) => unknown): Recipe[] => [
  { ...served, name, prepare: inSession(false, body) },
  { ...served, name: `${name}, a guest`, prepare: inSession(true, body) },
];

/** Where the document's example is not enough, or the route does not need what it might answer 503 for. */
const RECIPES: Record<string, readonly Recipe[]> = {
  register: [
    {
      prepare: async () => ({
        body: { email: newEmail(), password: PASSWORD, full_name: "Pat Proof", grade_level: 5 },
      }),
    },
  ],
  login: [{ prepare: async () => ({ body: { email: "student@example.com", password: PASSWORD } }) }],
  refresh: [{ prepare: withRefreshToken }],
  logout: [{ prepare: withRefreshToken }],
  listSubjects: [served],
  listGrades: [served],
  listTopics: [served],
  listSkills: [served],
  readSkill: [served],
  renameSkill: [{ prepare: async () => ({ body: { title: "Multiply whole numbers" } }) }],
  startPractice: [
    { name: "startPractice, a new student", prepare: async (baseUrl) => tokenOf(newPerson(baseUrl)) },
    {
      ...served,
      name: "startPractice, resuming",
      prepare: async (baseUrl) => {
        const token = (await newPerson(baseUrl)).access_token;
        await startSession(baseUrl, token);
        return { token };
      },
    },
    {
      ...served,
      withoutPostgresCold: "503",
      name: "startPractice, another skill",
      prepare: async (baseUrl) => {
        const token = (await newPerson(baseUrl)).access_token;
        await startSession(baseUrl, token, 2);
        await startSession(baseUrl, undefined, 1);
        return { token };
      },
    },
    {
      ...served,
      withoutPostgresCold: "503",
      name: "startPractice, a guest",
      prepare: async (baseUrl) => {
        await startSession(baseUrl, undefined);
        return { token: undefined };
      },
    },
  ],
  getPracticeSession: underWay("getPracticeSession"),
  submitAnswer: underWay("submitAnswer", ({ current_question }) => someSubmission(current_question)),
  nextQuestion: underWay("nextQuestion"),
  practiceHeartbeat: underWay("practiceHeartbeat"),
  finishPractice: underWay("finishPractice"),
  ...CLASSROOM_RECIPES,
  ...ASSIGNMENT_RECIPES,
  ...ADMIN_RECIPES,
  ...ROSTER_RECIPES,
  ...AWARD_RECIPES,
  ...PDF_RECIPES,
  checkReadiness: [{ withoutRedis: "503" }],
};

/** What the document does not list: pages and itself. */
const PAGES = ["/", "/docs", "/favicon.ico", "/api/v1/openapi.json", "/nowhere"]
  .map((path): Call => ({ name: `GET ${path}`, ...served, prepare: async () => ({ method: "GET", path }) }))
  .concat(VERIFY_PAGE);

/** Every route of the product's OpenAPI document, one of its calls or more, and its pages. */
export async function callsOf(baseUrl: string): Promise<Call[]> {
  const response = await fetch(`${baseUrl}/api/v1/openapi.json`);
  const { paths } = (await response.json()) as Document;
  const documented = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) =>
      recipesFor(method, operation).map((recipe) => toCall(method, path, operation, recipe)),
    ),
  );
  return [...documented, ...PAGES];
}

/** The document's example will do where nothing else is said, but for what deletes. */
function recipesFor(method: string, { operationId = "" }: Operation): readonly Recipe[] {
  const known = RECIPES[operationId];
  if (known === undefined && method === "delete") {
    throw new Error(`bench/prove/calls.ts must say what ${operationId} may delete`);
  }
  return known ?? [{}];
}

/** Unless its recipe says more, a route that documents 503 cannot do without Postgres, and none needs Redis. */
function toCall(method: string, path: string, operation: Operation, recipe: Recipe): Call {
  const withoutPostgres = recipe.withoutPostgres ?? ("503" in operation.responses ? "503" : "served");
  return {
    name: recipe.name ?? operation.operationId ?? `${method} ${path}`,
    withoutRedis: recipe.withoutRedis ?? "served",
    withoutPostgres,
    withoutPostgresCold: recipe.withoutPostgresCold ?? withoutPostgres,
    prepare: async (baseUrl) => {
      const { id, ...own } = (await recipe.prepare?.(baseUrl)) ?? {};
      const token = "token" in own ? own.token : await tokenFor(baseUrl, operation["x-access"]);
      return {
        method: method.toUpperCase(),
        path: pathOf(path, operation, id),
        body: exampleBody(operation),
        ...own,
        token,
      };
    },
  };
}

function pathOf(template: string, { parameters = [] }: Operation, id: string | undefined): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = parameters.find((one) => one.in === "path" && one.name === name);
    const example = id ?? parameter?.example ?? parameter?.schema?.example;
    if (example === undefined) throw new Error(`${template}: say in bench/prove/calls.ts what {${name}} is`);
    return encodeURIComponent(String(example));
  });
}

function exampleBody({ requestBody }: Operation): unknown {
  const content = requestBody?.content["application/json"];
  return content?.example ?? content?.schema?.example;
}

async function tokenFor(baseUrl: string, access: Operation["x-access"] = "anyone"): Promise<string | undefined> {
  if (access === "anyone" || access === "guest") return undefined;
  const role = access === "signed-in" ? "STUDENT" : access[0];
  const isOpen = role === "STUDENT" || role === "PARENT";
  const tokens = isOpen ? newPerson(baseUrl, role) : signIn(baseUrl, String(role).toLowerCase());
  return (await tokens).access_token;
}

async function tokenOf(tokens: ReturnType<typeof newPerson>): Promise<{ token: string }> {
  return { token: (await tokens).access_token };
}

async function withRefreshToken(baseUrl: string) {
  const { refresh_token } = await newPerson(baseUrl);
  return { body: { refresh_token } };
}
