import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { oneAtATime } from "../../src/auth/turns.ts";

const FOREVER = new Promise<never>(() => {});

describe("one at a time", () => {
  it("runs one piece of work at a time, in the order of arrival", async () => {
    const inTurn = oneAtATime({ bound: 10, goneAfterMs: 10_000, workGoneAfterMs: 10_000 });
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await pause(2);
      log.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([inTurn(work("a")), inTurn(work("b")), inTurn(work("c"))])).toEqual(["a", "b", "c"]);
    expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  it("lets replies be read between two pieces of work, which takes several events each", async () => {
    const inTurn = oneAtATime({ bound: 10, goneAfterMs: 10_000, workGoneAfterMs: 10_000 });
    const log: string[] = [];
    const readReply = async () => {
      for (let event = 0; event < 5; event++) await pause(0);
      log.push("a reply is read");
    };
    let reply: Promise<void> | undefined;
    const begin = () => {
      log.push("work");
      reply ??= readReply();
      return Promise.resolve();
    };
    await Promise.all([inTurn(begin), inTurn(begin), inTurn(begin)]);
    await reply;
    expect(log).toEqual(["work", "a reply is read", "work", "work"]);
  });

  it("refuses with 503 and Retry-After whoever comes when too many wait, and only them", async () => {
    const inTurn = oneAtATime({ bound: 2, goneAfterMs: 10_000, workGoneAfterMs: 10_000 });
    const [first, second, third] = await Promise.allSettled([1, 2, 3].map((n) => inTurn(async () => n)));
    expect(first).toMatchObject({ status: "fulfilled", value: 1 });
    expect(second).toMatchObject({ status: "fulfilled", value: 2 });
    expect(third).toMatchObject({
      status: "rejected",
      reason: { code: "service_unavailable", status: 503, headers: { "Retry-After": "2" } },
    });
    expect(await inTurn(async () => "room again")).toBe("room again");
  });

  it("goes on after work that failed", async () => {
    const inTurn = oneAtATime({ bound: 1, goneAfterMs: 10_000, workGoneAfterMs: 10_000 });
    await expect(inTurn(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await inTurn(async () => "next")).toBe("next");
  });

  it("goes on without those whose request the runtime has stopped", async () => {
    const inTurn = oneAtATime({ bound: 2, goneAfterMs: 20, workGoneAfterMs: 20 });
    void inTurn(() => FOREVER);
    void inTurn(() => FOREVER);
    await pause(30);
    expect(await inTurn(async () => "next")).toBe("next");
  });

  it("waits for who was stopped at work for as long as work may take, not for as long as one may wait", async () => {
    const inTurn = oneAtATime({ bound: 3, goneAfterMs: 60_000, workGoneAfterMs: 20 });
    const stopped = inTurn(() => FOREVER);
    expect(await Promise.race([inTurn(async () => "next"), stopped])).toBe("next");
  });

  it("leaves the turn of who has waited long to their work", async () => {
    const inTurn = oneAtATime({ bound: 3, goneAfterMs: 30, workGoneAfterMs: 10_000 });
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await pause(50);
      log.push(`${name} ends`);
    };
    await Promise.all([inTurn(work("a")), inTurn(work("b"))]);
    expect(log).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });

  it("is kept waiting by nobody who was stopped before their work began", async () => {
    let events = 0;
    // Of two who come together, the first is stopped after one event.
    const nextEvent = (): Promise<void> => (++events === 3 ? FOREVER : pause(0));
    const inTurn = oneAtATime({ bound: 3, goneAfterMs: 60_000, workGoneAfterMs: 60_000, nextEvent });
    const stopped = inTurn(async () => "the first");
    expect(await Promise.race([inTurn(async () => "the second"), stopped])).toBe("the second");
  });
});
