import { describe, expect, it } from "vitest";
import type { Failure } from "../../../src/pages/demo/client/api.ts";
import { backoffSec } from "../../../src/pages/demo/client/backoff.ts";
import { afterClose } from "../../../src/pages/demo/client/live-end.ts";
import { resendAfterSec } from "../../../src/pages/demo/client/sending.ts";
import { ago, clockTime } from "../../../src/pages/demo/client/times.ts";
import { failureWords, nextGoal, signInWords, waitingWords } from "../../../src/pages/demo/client/wording.ts";

const offline: Failure = { kind: "offline" };
const refused = (status: number, code = "a_code", retryAfterSec?: number): Failure => ({
  kind: "refused",
  status,
  code,
  message: "What the server says.",
  retryAfterSec,
});

describe("pauses between attempts", () => {
  it("double up to half a minute", () => {
    const longest = Array.from({ length: 8 }, (_, at) => backoffSec(at + 1, 1));
    expect(longest).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
  });

  it("differ from client to client, in the upper half", () => {
    expect(backoffSec(4, 0)).toBe(4);
    expect(backoffSec(4, 0.5)).toBe(6);
  });
});

describe("an answer is sent again", () => {
  it("where nobody knows whether it counted", () => {
    expect(resendAfterSec(offline, 1, 1)).toBe(1);
    expect(resendAfterSec(refused(500), 2, 1)).toBe(2);
    expect(resendAfterSec(refused(409, "idempotency_in_progress"), 1, 1)).toBe(1);
  });

  it("when the server says that there is room again", () => {
    expect(resendAfterSec(refused(429, "rate_limited", 17), 1, 1)).toBe(17);
    expect(resendAfterSec(refused(429), 1, 1)).toBe(5);
    expect(resendAfterSec(refused(503, "service_unavailable", 5), 1, 1)).toBe(5);
  });

  it.each([
    [400, "validation_error"],
    [401, "unauthorized"],
    [402, "subscription_required"],
    [404, "not_found"],
    [409, "already_answered"],
    [409, "question_not_current"],
    [409, "session_finished"],
    [422, "idempotency_mismatch"],
  ])("but not after %i %s, which is final", (status, code) => {
    expect(resendAfterSec(refused(status, code), 1, 1)).toBeUndefined();
  });
});

describe("when the live view closes", () => {
  it("a token that has run out is replaced at once, and only then with patience", () => {
    expect(afterClose(4401, 1, 1)).toEqual({ next: "connect", seconds: 0, renewed: true });
    expect(afterClose(4401, 3, 1)).toEqual({ next: "connect", seconds: 4, renewed: true });
  });

  it("a class that is not one's own stays closed", () => {
    expect(afterClose(4403, 1, 1)).toEqual({ next: "end", why: "not-your-class" });
  });

  it.each([1006, 1001, 1011, 4408])("it connects again after %i", (code) => {
    expect(afterClose(code, 2, 1)).toEqual({ next: "connect", seconds: 2, renewed: false });
  });

  it("it waits longer where it was too much", () => {
    expect(afterClose(4429, 1, 1)).toEqual({ next: "connect", seconds: 30, renewed: false });
  });
});

describe("times", () => {
  const NOW = Date.parse("2026-11-22T08:00:00.000Z");

  it.each([
    [-3, "just now"],
    [4, "just now"],
    [12, "12 s ago"],
    [59.9, "59 s ago"],
    [60, "1 min ago"],
    [3599, "59 min ago"],
    [7300, "2 h ago"],
    [90_000, "yesterday"],
    [300_000, "3 days ago"],
  ])("%d seconds before now is %s", (seconds, words) => {
    expect(ago(NOW - seconds * 1000, NOW)).toBe(words);
  });

  it.each([
    [0, "0:00"],
    [7.9, "0:07"],
    [760, "12:40"],
    [3909, "1:05:09"],
    [-1, "0:00"],
  ])("%d seconds on the clock are %s", (seconds, words) => {
    expect(clockTime(seconds)).toBe(words);
  });
});

describe("words", () => {
  it("say what to do about a failure", () => {
    expect(failureWords(offline)).toMatch(/connection/);
    expect(failureWords(refused(429, "rate_limited", 12))).toMatch(/in 12 s\.$/);
    expect(failureWords(refused(503))).toMatch(/in a moment\.$/);
    expect(failureWords(refused(401))).toMatch(/Sign in again/);
    expect(failureWords(refused(402))).toBe("What the server says.");
  });

  it("tell a wrong password from a server that is away", () => {
    expect(signInWords(refused(401))).toMatch(/password/);
    expect(signInWords(offline)).not.toMatch(/password/);
  });

  it("say that an answer is kept while it waits", () => {
    for (const failure of [offline, refused(429), refused(503)]) expect(waitingWords(failure)).toMatch(/kept/);
  });

  it.each([
    [0, "70 to Refining"],
    [70, "20 to Challenge"],
    [90, "10 to mastery"],
    [100, "Mastered"],
  ])("at %i the next goal is: %s", (score, goal) => {
    expect(nextGoal(score)).toBe(goal);
  });
});
