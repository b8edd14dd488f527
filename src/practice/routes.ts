import type { Context } from "hono";
import { addressOf, admit, rateLimitHeaders } from "../http/admission.ts";
import type { Access } from "../http/authentication.ts";
import { dataOf, doneReply, okText } from "../http/envelope.ts";
import { ApiError } from "../http/errors.ts";
import { idempotencyKeyIn } from "../http/idempotency-key.ts";
import { type AppEnv, defineRoute, newRouter, type Router } from "../http/route.ts";
import type { Services } from "../services.ts";
import { sha256Hex } from "../sha256.ts";
import type { CommandReply } from "./commands.ts";
import { onSession } from "./on-session.ts";
import { noSuchSession, type Refusal, sessionFinished } from "./refusal.ts";
import {
  heartbeatBody,
  nextBody,
  nextReplySchema,
  type SessionView,
  sessionParams,
  sessionSchema,
  startBody,
  submitBody,
  submitReplySchema,
} from "./schemas.ts";
import { startSession } from "./start-session.ts";

const TAGS: [string] = ["Practice"];
const PATH = "/practice/sessions";

/** Practice: whoever is signed in practises as themselves, without a token as a guest, where guests are let in. */
export function practiceRoutes(services: Services): Router {
  const { tokens, settings } = services;
  const router = newRouter();
  const access: Access = settings.PRACTICE_GUESTS ? "guest" : "signed-in";

  const start = defineRoute(tokens, {
    method: "post",
    path: PATH,
    operationId: "startPractice",
    tags: TAGS,
    summary: "Start or resume practising a skill",
    description:
      "Resumes the caller's unfinished session of that skill, with the same question; without a token always a new session.",
    access,
    body: startBody,
    response: dataOf(sessionSchema),
    errors: ["forbidden", "not_found", "no_questions_available", "rate_limited", "service_unavailable"],
  });
  router.openapi(start, async (c) => {
    const principal = c.get("principal");
    if (!principal) await admit(c, [services.limits.guestStarts.check(addressOf(c))]);
    const { skill_id: skillId } = c.req.valid("json");
    return answer(await startSession(services, { principal, skillId }));
  });

  const read = defineRoute(tokens, {
    method: "get",
    path: `${PATH}/{id}`,
    operationId: "getPracticeSession",
    tags: TAGS,
    summary: "A practice session of one's own, of any age",
    description: "Reading moves no clock and no score.",
    access,
    params: sessionParams,
    response: dataOf(sessionSchema),
    errors: ["not_found", "service_unavailable"],
  });
  router.openapi(read, async (c) => {
    const { id: sessionId } = c.req.valid("param");
    return answer(await onSession(services, meant(c, sessionId), (stub) => stub.session(sessionId), JSON.stringify));
  });

  const submit = defineRoute(tokens, {
    method: "post",
    path: `${PATH}/{id}/submit`,
    operationId: "submitAnswer",
    tags: TAGS,
    summary: "Answer the current question",
    description:
      "The reply has the right answer, what it did to the SmartScore, the session and the next question, so that no other " +
      "request is needed until the next answer. An answer of the wrong form for its question is 400 and counts nothing. " +
      "With an `Idempotency-Key` a repeat gets the first reply again, byte for byte, with `Idempotent-Replayed: true`.",
    access,
    params: sessionParams,
    body: submitBody,
    replayed: true,
    response: dataOf(submitReplySchema),
    errors: [
      "subscription_required",
      "forbidden",
      "not_found",
      "question_not_current",
      "already_answered",
      "session_finished",
      "idempotency_mismatch",
      "rate_limited",
      "service_unavailable",
    ],
  });
  router.openapi(submit, async (c) => {
    const { id: sessionId } = c.req.valid("param");
    const body = c.req.valid("json");
    const clientKey = idempotencyKeyIn(c);
    const command = {
      sessionId,
      questionId: body.question_id,
      answer: body.submitted_answer,
      claimedSec: body.time_spent_sec,
      key: clientKey ?? `worker:${crypto.randomUUID()}`,
      bodyHash: clientKey === undefined ? "" : await sha256Hex(await c.req.text()),
    };
    const over = ifOver(sessionFinished);
    return answer(await onSession(services, meant(c, sessionId), (stub) => stub.submit(command), over));
  });

  const next = defineRoute(tokens, {
    method: "post",
    path: `${PATH}/{id}/next`,
    operationId: "nextQuestion",
    tags: TAGS,
    summary: "The current question again, or on a skip another in its place",
    description:
      "A skip costs no score and ends no streak. On a finished session `finished` is true and `question` null.",
    access,
    params: sessionParams,
    body: nextBody,
    bodyRequired: false,
    response: dataOf(nextReplySchema),
    errors: ["subscription_required", "forbidden", "not_found", "rate_limited", "service_unavailable"],
  });
  router.openapi(next, async (c) => {
    const { id: sessionId } = c.req.valid("param");
    const { skip = false } = c.req.valid("json");
    const command = { sessionId, skip, ...(skip ? { key: `worker:${crypto.randomUUID()}` } : {}) };
    const over = ifOver(() => '{"finished":true,"question":null}');
    return answer(await onSession(services, meant(c, sessionId), (stub) => stub.next(command), over));
  });

  const heartbeat = defineRoute(tokens, {
    method: "post",
    path: `${PATH}/{id}/heartbeat`,
    operationId: "practiceHeartbeat",
    tags: TAGS,
    summary: "Say that the student is still at it",
    description:
      "Every 30 seconds or so while the page is open: a gap up to `inactivity_threshold_seconds` counts as active time, the " +
      "rest of a longer one does not. On a finished session nothing changes.",
    access,
    params: sessionParams,
    body: heartbeatBody,
    bodyRequired: false,
    response: dataOf(sessionSchema),
    errors: ["forbidden", "not_found", "rate_limited", "service_unavailable"],
  });
  router.openapi(heartbeat, async (c) => {
    const { id: sessionId } = c.req.valid("param");
    const { is_active = true, focus = true, interaction = true } = c.req.valid("json");
    const command = { sessionId, isActive: is_active && focus && interaction };
    const over = ifOver(JSON.stringify);
    return answer(await onSession(services, meant(c, sessionId), (stub) => stub.heartbeat(command), over));
  });

  const finish = defineRoute(tokens, {
    method: "post",
    path: `${PATH}/{id}/finish`,
    operationId: "finishPractice",
    tags: TAGS,
    summary: "End a session",
    description:
      "The next start of the skill makes a new one, from the SmartScore of this one unless that is switched off. On a " +
      "finished session nothing changes.",
    access,
    params: sessionParams,
    response: doneReply,
    errors: ["forbidden", "not_found", "service_unavailable"],
  });
  router.openapi(finish, async (c) => {
    const { id: sessionId } = c.req.valid("param");
    const over = ifOver(() => '{"ok":true}');
    return answer(await onSession(services, meant(c, sessionId), (stub) => stub.finish(sessionId), over));
  });

  return router;
}

const meant = (c: Context<AppEnv>, sessionId: string) => ({ principal: c.get("principal"), sessionId });

/** What is said of a session on record that is over; one that is not, and that the object does not have, is nowhere. */
const ifOver = (say: (session: SessionView) => CommandReply) => (session: SessionView) =>
  session.finished_at === null ? noSuchSession() : say(session);

function answer(reply: CommandReply) {
  if (typeof reply === "string") return okText(reply);
  if (!reply.ok) throw toApiError(reply.refusal);
  const response = okText(reply.body);
  response.headers.set("Idempotent-Replayed", "true");
  return response;
}

/** A refusal as the error that becomes its reply. */
function toApiError({ code, message, status, details, limit }: Refusal): ApiError {
  const headers = limit ? rateLimitHeaders([{ ...limit, limit: limit.quota, remaining: 0 }]) : {};
  const retryAfterSec = code === "service_unavailable" ? 5 : limit?.resetSec;
  return new ApiError(code, message, {
    ...(status ? { status } : {}),
    ...(retryAfterSec === undefined ? {} : { retryAfterSec }),
    details,
    headers,
  });
}
