import type { Handler } from "hono";
import { RESPONSE_HEADERS } from "./http/documented-headers.ts";
import type { AppEnv, Router } from "./http/route.ts";
import { withExamples } from "./openapi-examples.ts";

export const OPENAPI_PATH = "/api/v1/openapi.json";

const DESCRIPTION = `The API of Ascent, an open backend for skills practice.

**Replies.** Success is status 200 with \`{"data": …}\`, lists with \`meta\`. An error is
\`{"error": {"code", "message", "details"?}, "request_id"}\` with its status; \`code\` is what programs should look at.

**Signing in.** \`POST /api/v1/auth/login\` gives an access token, good for \`expires_in\` seconds: send it as
\`Authorization: Bearer <token>\`. Here: press *Authorize* and paste it.

**Guests.** The practice routes work without a token too.

**Lists.** Most come whole, and \`meta.truncated\` says where one was cut. Some take \`page\` and \`page_size\`, and \`meta.total\` counts
all. Long reports go on where \`meta.next_cursor\` is: send it as \`cursor\`; without one that was all.

**Repeats.** With an \`Idempotency-Key\`, where a route takes one, a request that was lost may be sent again: it counts once, and
the repeat gets the first reply, with \`Idempotent-Replayed: true\`.

**Limits.** 429 and 503 say in \`Retry-After\` after how many seconds to try again.`;

const TAGS = [
  { name: "Authentication", description: "Accounts, signing in and tokens" },
  { name: "Users", description: "The caller's own account" },
  { name: "Catalog", description: "Subjects, grades, topics and skills: what there is to practise" },
  { name: "Practice", description: "Sessions: questions, answers, SmartScore and active time" },
  { name: "Classrooms", description: "Classes, their students and teachers, and the live view" },
  { name: "Assignments", description: "What a class is to practise, and how far everybody is" },
  { name: "Analytics", description: "What was practised, how long and how well" },
  { name: "Reports", description: "The same on paper and as tables" },
  { name: "Awards", description: "Certificates, and checking them" },
  { name: "Admin", description: "Keeping the catalog and the accounts" },
  { name: "Operations", description: "Whether the service and what it needs answer" },
];

/** Serves the OpenAPI 3.1 document of every route that `app` has when it is first asked for; made once an isolate. */
export function openApiDocument(app: Router): Handler<AppEnv> {
  app.openAPIRegistry.registerComponent("securitySchemes", "bearerAuth", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "An access token, from `POST /api/v1/auth/login`",
  });
  for (const [name, header] of Object.entries(RESPONSE_HEADERS)) {
    app.openAPIRegistry.registerComponent("headers", name, header);
  }
  let text: string | undefined;
  return (c) => {
    text ??= JSON.stringify(describe(app));
    return c.body(text, 200, { "Content-Type": "application/json", "Cache-Control": "public, max-age=60" });
  };
}

function describe(app: Router) {
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Ascent",
      version: "1.0.0",
      description: DESCRIPTION,
      license: { name: "MIT", url: "https://opensource.org/license/mit" },
    },
    servers: [{ url: "/", description: "This Worker" }],
  });
  const used = new Set(Object.values(document.paths ?? {}).flatMap(tagsOf));
  return withExamples({ ...document, tags: TAGS.filter(({ name }) => used.has(name)) });
}

function tagsOf(path: object): string[] {
  return Object.values(path).flatMap((operation: { tags?: string[] }) => operation.tags ?? []);
}
