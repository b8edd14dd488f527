import { afterEach, describe, expect, it } from "vitest";
import { appWith, post, servicesWith } from "../worker/apps.ts";
import { api, clearFaults, outboundRequests, setFault } from "../worker/client.ts";
import {
  expectError,
  from,
  login,
  logout,
  newAddress,
  newEmail,
  newPerson,
  PASSWORD,
  refresh,
  tokensIn,
} from "../worker/people.ts";

afterEach(() => clearFaults());

/** So long that no test meets its end. */
const WINDOW_SEC = 2_592_000;

const appWithLimits = (variables: Record<string, string> = {}) =>
  appWith({ AUTH_RATE_WINDOW_SEC: String(WINDOW_SEC), ...variables });

const limited = appWithLimits();

const wrong = (email: string, address: string) =>
  post(limited, "/auth/login", { email, password: "Wrong123!" }, address);

/** The statuses of so many sign-ins with a wrong password, one after the other. */
async function statuses(times: number, email: string, address: string): Promise<number[]> {
  const seen: number[] = [];
  for (let i = 0; i < times; i++) seen.push((await wrong(email, address)).status);
  return seen;
}

const times = (n: number, status: number): number[] => Array(n).fill(status);

describe("sign-in limits", () => {
  it("are 10 a minute for an account and address and 300 for an address, said with every reply", async () => {
    const answer = await login({ email: newEmail(), password: PASSWORD });
    expect(answer.headers.get("RateLimit-Policy")).toBe('"sign-in";q=10;w=60, "sign-in-address";q=300;w=60');
    expect(answer.headers.get("RateLimit")).toMatch(/^"sign-in";r=9;t=\d+, "sign-in-address";r=299;t=\d+$/);
  });

  it("allow 10 to an account and address, then answer 429 and when to come back", async () => {
    const [email, address] = [newEmail(), newAddress()];
    expect(await statuses(10, email, address)).toEqual(times(10, 401));
    const refused = await wrong(email, address);
    expectError(refused, 429, "rate_limited");
    const seconds = Number(refused.headers.get("Retry-After"));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(WINDOW_SEC);
    expect(refused.headers.get("RateLimit")).toMatch(/^"sign-in";r=0;t=\d+, "sign-in-address";r=289;t=\d+$/);
  });

  it("hold back the right password too, and whatever the case of the name", async () => {
    const { email } = await newPerson();
    const address = newAddress();
    await statuses(10, email, address);
    const right = { email: email.toUpperCase(), password: PASSWORD };
    expectError(await post(limited, "/auth/login", right, address), 429, "rate_limited");
  });

  it("know a name in all letters that Postgres lowers to the same", async () => {
    const [name, address] = [`mika.${crypto.randomUUID()}`, newAddress()];
    const signIn = async (username: string) =>
      (await post(limited, "/auth/login", { username, password: "Wrong123!" }, address)).status;
    for (let i = 0; i < 10; i++) expect(await signIn(name)).toBe(401);
    // A capital I with a dot, as Turkish has it, and the sign of the kelvin.
    for (const spelled of [name.toUpperCase(), name.replace("i", "\u0130"), name.replace("k", "\u212a")]) {
      expect(await signIn(spelled)).toBe(429);
    }
  });

  it("hold back neither another account at the address, nor the account elsewhere", async () => {
    const { email } = await newPerson();
    const other = await newPerson();
    const address = newAddress();
    await statuses(10, email, address);
    tokensIn(await post(limited, "/auth/login", { email: other.email, password: PASSWORD }, address));
    tokensIn(await post(limited, "/auth/login", { email, password: PASSWORD }));
  });

  it("count a whole /64 network of IPv6 as one address, and its neighbour apart", async () => {
    const email = newEmail();
    expect(await statuses(10, email, "2001:db8:aaaa:1::1")).toEqual(times(10, 401));
    expect((await wrong(email, "2001:0db8:AAAA:0001:ffff::2")).status).toBe(429);
    expect((await wrong(email, "2001:db8:aaaa:2::1")).status).toBe(401);
  });

  it("allow an address 30 times as much, whatever the accounts", async () => {
    const app = appWithLimits({ AUTH_RATE_LIMIT: "1" });
    const address = newAddress();
    const seen: number[] = [];
    for (let i = 0; i < 31; i++) {
      seen.push((await post(app, "/auth/login", { email: newEmail(), password: PASSWORD }, address)).status);
    }
    expect(seen).toEqual([...times(30, 401), 429]);
  });

  it("count registrations and password changes as well", async () => {
    const app = appWithLimits({ AUTH_RATE_LIMIT: "1" });
    const [email, address] = [newEmail(), newAddress()];
    const body = { email, password: PASSWORD, full_name: "Sam" };
    expect((await post(app, "/auth/register", body, address)).status).toBe(200);
    expect((await post(app, "/auth/register", body, address)).status).toBe(429);

    const { access_token } = await newPerson();
    const change = () =>
      app.request("/api/v1/users/me/password", {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${access_token}`, ...from(address) },
        body: JSON.stringify({ current_password: "Wrong123!", new_password: PASSWORD }),
      });
    expect((await change()).status).toBe(422);
    expect((await change()).status).toBe(429);
  });

  it("count refreshing and signing out by address alone, apart from sign-ins", async () => {
    const address = newAddress();
    for (const answer of [await refresh("nonsense", address), await logout("nonsense", address)]) {
      expect(answer.headers.get("RateLimit-Policy")).toBe('"refresh-address";q=300;w=60');
    }
    const app = appWithLimits({ AUTH_RATE_LIMIT: "1" });
    const seen: number[] = [];
    for (let i = 0; i < 31; i++) {
      seen.push((await post(app, "/auth/refresh", { refresh_token: "nonsense" }, address)).status);
    }
    expect(seen.at(-1)).toBe(429);
    expect((await post(app, "/auth/login", { email: newEmail(), password: PASSWORD }, address)).status).toBe(401);
  });

  it("are off where they are 0", async () => {
    const app = appWith({ AUTH_RATE_LIMIT: "0" });
    const [email, address] = [newEmail(), newAddress()];
    const before = await outboundRequests();
    for (let i = 0; i < 12; i++) {
      const answer = await post(app, "/auth/login", { email, password: PASSWORD }, address);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("RateLimit")).toBeNull();
    }
    expect((await outboundRequests()).redis).toBe(before.redis);
  });

  it("hold before anything is hashed", async () => {
    const services = servicesWith({ AUTH_RATE_LIMIT: "1", AUTH_RATE_WINDOW_SEC: String(WINDOW_SEC) });
    let hashes = 0;
    const check: typeof services.passwords.check = (...input) => {
      hashes += 1;
      return services.passwords.check(...input);
    };
    const app = appWith({}, { ...services, passwords: { ...services.passwords, check } });
    const [email, address] = [newEmail(), newAddress()];
    for (let i = 0; i < 3; i++) await post(app, "/auth/login", { email, password: PASSWORD }, address);
    expect(hashes).toBe(1);
  });

  it("keep neither names nor addresses in Redis", async () => {
    const [email, address] = [newEmail(), "192.0.2.123"];
    await wrong(email, address);
    const keys = await servicesWith({}).redis.keys("*");
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      expect(key).not.toContain(email);
      expect(key).not.toContain(address);
    }
  });
});

describe.each(["refuse", "hang", "http_500", "wrong"])("with a Redis that does as `%s` says, sign-in", (kind) => {
  it("holds to a stricter limit, which the isolate keeps by itself", async () => {
    await setFault({ target: "redis", kind });
    const [email, address] = [newEmail(), newAddress()];
    expect(await statuses(5, email, address)).toEqual(times(5, 401));
    const refused = await wrong(email, address);
    expectError(refused, 429, "rate_limited");
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
    expect(refused.headers.get("RateLimit-Policy")).toMatch(/^"sign-in";q=5;w=\d+, "sign-in-address";q=150;w=\d+$/);
  });

  it("works", async () => {
    await setFault({ target: "redis", kind });
    const { email, refresh_token, access_token } = await newPerson();
    tokensIn(await login({ email, password: PASSWORD }));
    tokensIn(await refresh(refresh_token));
    const body = { current_password: PASSWORD, new_password: "Better456!" };
    const headers = from(newAddress());
    expect((await api("POST", "/users/me/password", { token: access_token, body, headers })).status).toBe(200);
    expect((await logout(refresh_token)).status).toBe(200);
  });
});

describe("with a Postgres that refuses, sign-in", () => {
  it("is answered 503 with Retry-After", async () => {
    await setFault({ target: "postgres", kind: "refuse" });
    const answers = [
      await login({ email: newEmail(), password: PASSWORD }),
      await refresh("a".repeat(43)),
      await logout("a".repeat(43)),
    ];
    for (const answer of answers) {
      expectError(answer, 503, "service_unavailable");
      expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
    }
  });
});

describe("the round trips of", () => {
  /** What a call costs, once Redis knows the limits' script. */
  async function costOf(work: () => Promise<unknown>) {
    await wrong(newEmail(), newAddress());
    const before = await outboundRequests();
    await work();
    const after = await outboundRequests();
    return { postgres: after.postgres - before.postgres, redis: after.redis - before.redis };
  }

  it("registration: one to each", async () => {
    expect(await costOf(() => newPerson())).toEqual({ postgres: 1, redis: 1 });
  });

  it("sign-in: the account and the limits at once, then the new family", async () => {
    const { email } = await newPerson();
    expect(await costOf(() => login({ email, password: PASSWORD }))).toEqual({ postgres: 2, redis: 1 });
    expect(await costOf(() => wrong(email, newAddress()))).toEqual({ postgres: 1, redis: 1 });
  });

  it("a refresh and a sign-out: one to each", async () => {
    const { refresh_token } = await newPerson();
    expect(await costOf(() => refresh(refresh_token))).toEqual({ postgres: 1, redis: 1 });
    expect(await costOf(() => logout(refresh_token))).toEqual({ postgres: 1, redis: 1 });
    expect(await costOf(() => refresh("nonsense"))).toEqual({ postgres: 0, redis: 1 });
  });

  it("one's own account: one to Postgres", async () => {
    const { access_token: token } = await newPerson();
    const one = { postgres: 1, redis: 0 };
    expect(await costOf(() => api("GET", "/users/me", { token }))).toEqual(one);
    expect(await costOf(() => api("PATCH", "/users/me", { token, body: { school: "Hilltop" } }))).toEqual(one);
    expect(await costOf(() => api("GET", "/users/me", { token: "bad" }))).toEqual({ postgres: 0, redis: 0 });
  });

  it("a change of password: the account and the limits at once, then the change", async () => {
    const { access_token: token } = await newPerson();
    const body = { current_password: PASSWORD, new_password: "Better456!" };
    const change = () => api("POST", "/users/me/password", { token, body, headers: from(newAddress()) });
    expect(await costOf(change)).toEqual({ postgres: 2, redis: 1 });
  });
});
