import { describe, expect, it } from "vitest";
import { subjects } from "../../src/db/tables.ts";
import { handleError } from "../../src/http/errors.ts";
import { type Create, idempotent } from "../../src/http/idempotency.ts";
import { newRouter } from "../../src/http/route.ts";
import { redis, withKey } from "../admin/admin.ts";
import { servicesWith } from "../worker/apps.ts";

describe("the kit", () => {
  const services = servicesWith({});
  const once = idempotent(services);

  /** An app of one route that does as told. */
  function routeWith(options: Parameters<typeof once>[1], work: (create: Create) => Response | Promise<Response>) {
    const router = newRouter();
    router.use(async (c, next) => {
      c.set("requestId", crypto.randomUUID());
      c.set("principal", { userId: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001", role: "ADMIN" });
      await next();
    });
    router.onError(handleError);
    router.post("/things/:id", (c) => once(c, options, async (create) => work(create)));
    return (headers: Record<string, string>, body = "{}", path = "/things/1") =>
      router.request(path, { method: "POST", headers, body });
  }

  it("keeps no reply that carries credentials, and lets a repeat run at once", async () => {
    let passwords = 0;
    const send = routeWith({ carriesCredentials: true }, () => Response.json({ password: ++passwords }));
    const headers = withKey();
    await redis("FLUSHDB");
    expect(await (await send(headers)).json()).toEqual({ password: 1 });
    expect(await redis("DBSIZE")).toBe(0);
    const again = await send(headers);
    expect(await again.json()).toEqual({ password: 2 });
    expect(again.headers.get("Idempotent-Replayed")).toBeNull();
  });

  it("gives a repeat the same ids, for the row and for parts of it, and any other request others", async () => {
    const send = routeWith({ carriesCredentials: true }, async ({ id, part }) =>
      Response.json([id, await part("a"), await part("b")]),
    );
    const ids = async (...request: Parameters<typeof send>) => (await send(...request)).json<string[]>();
    const headers = withKey();
    const first = await ids(headers);
    expect(new Set(first).size).toBe(3);
    for (const id of first) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(await ids(headers)).toEqual(first);
    const others = [
      await ids(withKey()),
      await ids(headers, "{ }"),
      await ids(headers, "{}", "/things/2"),
      await ids(headers, "{}", "/things/1?dry_run=true"),
      await ids({}),
      await ids({}),
    ];
    expect(new Set([first, ...others].flat()).size).toBe(21);
  });

  it("keeps what is no row's, such as an import's report, for a day", async () => {
    let runs = 0;
    const send = routeWith({}, () => Response.json({ run: ++runs }));
    const headers = withKey();
    expect(await (await send(headers)).json()).toEqual({ run: 1 });
    const again = await send(headers);
    expect(await again.json()).toEqual({ run: 1 });
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
  });

  it("holds what may take longer for as long as that", async () => {
    await redis("FLUSHDB");
    const ttl = async () => Response.json(await redis("TTL", String(((await redis("KEYS", "*")) as string[])[0])));
    const held: number = await (await routeWith({ longestSec: 180 }, ttl)(withKey())).json();
    expect(held).toBeGreaterThan(100);
  });

  it("lets a repeat run at once after a failure that nobody foresaw", async () => {
    let runs = 0;
    const send = routeWith({ row: subjects.createKey }, () => {
      runs += 1;
      if (runs === 1) throw new TypeError("a bug");
      return Response.json({ run: runs });
    });
    const headers = withKey();
    expect((await send(headers)).status).toBe(500);
    expect(await (await send(headers)).json()).toEqual({ run: 2 });
  });
});
