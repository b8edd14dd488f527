import { classroomParams } from "../classrooms/schemas.ts";
import { CSV, CSV_WITH_HEADER, csvLine } from "../csv/cells.ts";
import { principalIn } from "../http/authentication.ts";
import { asReplied, dataOf, ok } from "../http/envelope.ts";
import { ApiError } from "../http/errors.ts";
import { prefers } from "../http/negotiation.ts";
import { defineRoute, newRouter, type Router } from "../http/route.ts";
import type { Services } from "../services.ts";
import { connect } from "./connect.ts";
import { SUBPROTOCOL } from "./protocol.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { LIVE_COLUMNS, type LiveSnapshot, liveQuery, liveSnapshot } from "./schemas.ts";

/** The live view of a class: a WebSocket, or what it would begin with as JSON or CSV. */
export function liveRoutes(services: Services): Router {
  const router = newRouter();

  // Ahead of the route, whose token comes in a header: browsers cannot send one with a WebSocket.
  router.get("/teacher/classrooms/:id/live", async (c, next) => {
    if (c.req.header("Upgrade")?.toLowerCase() !== "websocket") return next();
    const params = classroomParams.safeParse(c.req.param());
    if (!params.success) throw new ApiError("validation_error", "The classroom's id is no UUID.", { status: 400 });
    return connect(services, c.req.header("Sec-WebSocket-Protocol"), params.data.id);
  });

  const route = defineRoute(services.tokens, {
    method: "get",
    path: "/teacher/classrooms/{id}/live",
    operationId: "readLiveClassroom",
    tags: ["Classrooms"],
    summary: "What each student of a class is doing now",
    description:
      `With \`Upgrade: websocket\` and the subprotocols \`${SUBPROTOCOL}\` and \`token.<access token>\` a connection: first ` +
      '`{"type":"snapshot","at","students"}`, which comes again whenever students come or go, then ' +
      '`{"type":"update","at","student"}`. Send `ping` every 20 s; `pong` comes back. Close codes: 4401 the token is not ' +
      "valid or has run out, 4403 not (or no longer) your class, 4408 no ping for 60 s, 4429 too many messages, 1013 too " +
      "many connections. Without it, the snapshot.",
    access: ["TEACHER"],
    params: classroomParams,
    query: liveQuery,
    response: dataOf(liveSnapshot),
    alsoAnswers: { [CSV]: CSV_EXAMPLE },
    errors: ["not_found", "service_unavailable"],
  });
  router.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    const { format = prefers(c.req.header("Accept"), CSV) ? "csv" : "json" } = c.req.valid("query");
    const snapshot = await readSnapshot(services, principalIn(c), id);
    if (format === "json") return ok(c, snapshot);
    const headers = {
      "Content-Type": CSV_WITH_HEADER,
      "Content-Disposition": `attachment; filename="live-${id}.csv"`,
    };
    return asReplied(c.body(toCsv(snapshot), 200, headers));
  });

  return router;
}

const CSV_EXAMPLE =
  csvLine(LIVE_COLUMNS) + csvLine("0190a0de-0000-7000-8000-000000000003,Sam Student,OFFLINE,,,0,0,0,,,".split(","));

/** The snapshot as a table; a cell is the JSON's value, and empty where that is null. */
const toCsv = ({ students }: LiveSnapshot) =>
  [LIVE_COLUMNS, ...students.map((student) => LIVE_COLUMNS.map((name) => String(student[name] ?? "")))]
    .map(csvLine)
    .join("");
