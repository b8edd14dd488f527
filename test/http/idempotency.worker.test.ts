import { afterEach, describe, expect, it } from "vitest";
import { admin, ask, dataOf, fresh, redis, withKey } from "../admin/admin.ts";
import { appWith, bindings } from "../worker/apps.ts";
import { type Answer, api, clearFaults, setFault, signIn, sql } from "../worker/client.ts";
import { expectError } from "../worker/people.ts";

afterEach(() => clearFaults());

const subject = (slug = fresh("subject")) => ({ slug, title: "Music" });

const create = (body: object, headers: Record<string, string>) => ask("POST", "/subjects", body, headers);

const rows = ({ slug }: { slug: string }) => sql<{ id: number }>("select id from subjects where slug = $1", [slug]);

const told = ({ slug }: { slug: string }) =>
  sql("select action from audit_log where entity = 'subjects' and after ->> 'slug' = $1", [slug]);

const wasReplayed = ({ headers }: Answer) => headers.get("Idempotent-Replayed") === "true";

const five = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 5 }, work));

describe("a create that comes again with its key", () => {
  it("gets the first reply byte for byte, marked, and makes nothing", async () => {
    const body = subject();
    const headers = withKey();
    const first = await create(body, headers);
    expect(dataOf(first)).toEqual({ id: expect.any(Number), ...body });
    expect(wasReplayed(first)).toBe(false);
    const again = await create(body, headers);
    expect(again.status).toBe(200);
    expect(again.text).toBe(first.text);
    expect(wasReplayed(again)).toBe(true);
    expect(again.headers.get("Content-Type")).toBe("application/json");
    expect(again.headers.get("X-Request-Id")).not.toBe(first.headers.get("X-Request-Id"));
    expect(await rows(body)).toHaveLength(1);
    expect(await told(body)).toHaveLength(1);
  });

  it("gets the first reply also where the row was changed since", async () => {
    const body = subject();
    const headers = withKey();
    const first = await create(body, headers);
    await ask("PATCH", `/subjects/${dataOf(first).id}`, { title: "Changed" });
    expect((await create(body, headers)).text).toBe(first.text);
  });

  it("makes one row where five come at once, and tells the others that it is under way", async () => {
    const body = subject();
    const headers = withKey();
    const answers = await five(() => create(body, headers));
    const ids = new Set(answers.filter(({ status }) => status === 200).map((answer) => dataOf(answer).id));
    expect(ids.size).toBe(1);
    for (const answer of answers) if (answer.status !== 200) expectError(answer, 409, "idempotency_in_progress");
    expect(await rows(body)).toHaveLength(1);
    expect(await told(body)).toHaveLength(1);
    expect(wasReplayed(await create(body, headers))).toBe(true);
  });

  it("meets its own row where Redis was emptied in between, and is not told of twice", async () => {
    const body = subject();
    const headers = withKey();
    const first = await create(body, headers);
    await redis("FLUSHDB");
    const again = await create(body, headers);
    expect(wasReplayed(again)).toBe(false);
    expect(again.text).toBe(first.text);
    expect(await rows(body)).toHaveLength(1);
    expect(await told(body)).toHaveLength(1);
    expect(wasReplayed(await create(body, headers))).toBe(true);
  });

  it("makes one row where five come at once while Redis is emptied again and again", async () => {
    const body = subject();
    const headers = withKey();
    const [answers] = await Promise.all([
      five(async () => {
        await redis("FLUSHDB");
        return create(body, headers);
      }),
      five(() => redis("FLUSHDB")),
    ]);
    for (const answer of answers) expect([200, 409]).toContain(answer.status);
    expect(await rows(body)).toHaveLength(1);
    expect(await told(body)).toHaveLength(1);
  });

  it("is a request of its own with another body, key, path or user", async () => {
    const headers = withKey();
    const [one, other] = [subject(), subject()];
    await create(one, headers);
    expect(wasReplayed(await create(other, headers))).toBe(false);
    expect([...(await rows(one)), ...(await rows(other))]).toHaveLength(2);

    const topic = await ask("POST", "/topics", one, headers);
    expect(dataOf(topic)).toMatchObject({ slug: one.slug, is_published: true });

    expectError(await create(one, withKey()), 409, "conflict");
    const email = `${fresh("admin")}@example.com`;
    const account = { email, password: "Password123!", full_name: "Other Admin", role: "ADMIN" };
    dataOf(await ask("POST", "/users", account));
    const { token } = await signIn(email);
    expectError(await api("POST", "/admin/subjects", { token, body: one, headers }), 409, "conflict");
  });

  it("runs anew once its row is deleted", async () => {
    const body = subject();
    const headers = withKey();
    const first = dataOf(await create(body, headers));
    dataOf(await ask("DELETE", `/subjects/${first.id}`));
    const again = await create(body, headers);
    expect(wasReplayed(again)).toBe(false);
    expect(dataOf(again).id).not.toBe(first.id);
    expect((await create(body, headers)).text).toBe(again.text);
    expect(await rows(body)).toHaveLength(1);
  });

  it("is told 409 while the first is under way, and a first that died holds it for half a minute at most", async () => {
    const body = subject();
    const headers = withKey();
    await redis("FLUSHDB");
    await setFault({ target: "postgres", kind: "delay", ms: 1_500 });
    const first = create(body, headers);
    await expect.poll(() => redis("KEYS", "idempotency:*")).toHaveLength(1);
    const refused = await create(body, headers);
    expectError(refused, 409, "idempotency_in_progress");
    expect(refused.headers.get("Retry-After")).toBe("1");
    const keys = (await redis("KEYS", "idempotency:*")) as string[];
    expect(await redis("TTL", String(keys[0]))).toBeLessThanOrEqual(30);
    dataOf(await first);
    expect(await redis("TTL", String(keys[0]))).toBeGreaterThan(86_000);
    await clearFaults();
    expect(wasReplayed(await create(body, headers))).toBe(true);
  });
});

describe("a create without a key", () => {
  it("is a new request each time", async () => {
    const body = subject();
    dataOf(await create(body, {}));
    expectError(await create(body, {}), 409, "conflict");
  });
});

describe("a refusal", () => {
  it("is decided anew", async () => {
    const body = subject();
    const headers = withKey();
    const blocking = dataOf(await create(body, {}));
    expectError(await create(body, headers), 409, "conflict");
    const again = await create(body, headers);
    expectError(again, 409, "conflict");
    expect(wasReplayed(again)).toBe(false);
    dataOf(await ask("DELETE", `/subjects/${blocking.id}`));
    dataOf(await create(body, headers));
  });

  it("of a body that is not valid is decided anew", async () => {
    const headers = withKey();
    for (let n = 0; n < 2; n += 1) {
      const answer = await create({ slug: "Not A Slug", title: "" }, headers);
      expectError(answer, 422, "validation_error");
      expect(wasReplayed(answer)).toBe(false);
    }
  });

  it("of 503 is decided anew when Postgres is back", async () => {
    const body = subject();
    const headers = withKey();
    await setFault({ target: "postgres", kind: "refuse" });
    expectError(await create(body, headers), 503, "service_unavailable");
    await clearFaults();
    dataOf(await create(body, headers));
  });

  it.each(["", "with space", "x".repeat(256), "naïve"])("is what the key %j gets", async (key) => {
    const answer = await create(subject(), { "Idempotency-Key": key });
    expectError(answer, 400, "validation_error");
  });
});

describe.each(["refuse", "hang", "http_500", "wrong", "drop_reply"])("with a Redis that does as `%s` says", (kind) => {
  it("creates work, without a replay, and five equal ones make one row", async () => {
    const body = subject();
    const headers = withKey();
    await create(subject(), withKey());
    await setFault({ target: "redis", kind });
    const first = await create(body, headers);
    const answers = await five(() => create(body, headers));
    for (const answer of answers) {
      expect(wasReplayed(answer)).toBe(false);
      expect(answer.text).toBe(first.text);
    }
    expect(await rows(body)).toHaveLength(1);
    expect(await told(body)).toHaveLength(1);
  });
});

describe("a create that comes again while TOKEN_SECRET is replaced, in two steps", () => {
  const NEW = "a newer secret that has 32 characters and some more";
  const OLD = String(bindings.TOKEN_SECRET);
  const steps = [OLD, `${OLD},${NEW}`, `${NEW},${OLD}`, NEW].map((secrets) => appWith({ TOKEN_SECRET: secrets }));
  const [before, added, first, dropped] = steps;

  async function createAt(app: (typeof steps)[number] | undefined, body: object, headers: Record<string, string>) {
    const { token } = await admin();
    const response = await app?.request("/api/v1/admin/subjects", {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    expect(response?.status).toBe(200);
    return { text: await response?.text(), replayed: response?.headers.get("Idempotent-Replayed") === "true" };
  }

  it.each([
    ["the first step", before, added],
    ["the second", added, first],
    ["the last", first, dropped],
    ["the second, met by who has not taken it", first, added],
  ])("gets the first reply over %s", async (_step, from, to) => {
    const body = subject();
    const headers = withKey();
    const made = await createAt(from, body, headers);
    expect(await createAt(to, body, headers)).toEqual({ text: made.text, replayed: true });
    expect(await rows(body)).toHaveLength(1);
  });

  it("meets its own row where Redis was emptied in between", async () => {
    const body = subject();
    const headers = withKey();
    const made = await createAt(added, body, headers);
    await redis("FLUSHDB");
    expect(await createAt(first, body, headers)).toEqual({ text: made.text, replayed: false });
    expect(await rows(body)).toHaveLength(1);
  });
});
