import { DurableObject } from "cloudflare:workers";
import { Hono } from "hono";

type Bindings = { FLOOR: DurableObjectNamespace<Floor> };

/** The least that a durable change can be: one row inserted, one updated, a reply of as many bytes. */
export class Floor extends DurableObject<Bindings> {
  constructor(state: DurableObjectState, bindings: Bindings) {
    super(state, bindings);
    const { sql } = state.storage;
    sql.exec("CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, body TEXT)");
    sql.exec("CREATE TABLE IF NOT EXISTS state (id INTEGER PRIMARY KEY, body TEXT)");
    sql.exec("INSERT OR IGNORE INTO state (id, body) VALUES (1, '')");
  }

  async change(bytes: number): Promise<string> {
    return this.#store("changed", bytes);
  }

  async answer(answer: object, bytes: number): Promise<string> {
    return this.#store(JSON.stringify(answer), bytes);
  }

  #store(event: string, bytes: number): string {
    const { storage } = this.ctx;
    storage.transactionSync(() => {
      storage.sql.exec("INSERT INTO events (body) VALUES (?)", event);
      storage.sql.exec("UPDATE state SET body = ? WHERE id = 1", String(Date.now()));
    });
    return "x".repeat(bytes);
  }
}

const app = new Hono<{ Bindings: Bindings }>();
app.get("/", (c) => c.json({ ok: true }));
app.post("/objects/:name/:bytes", async (c) => {
  const text = await c.env.FLOOR.getByName(c.req.param("name")).change(Number(c.req.param("bytes")));
  return c.body(text, 200, { "Content-Type": "application/json" });
});
// The same, but that it reads what it is sent, hands it to the object and stores it.
app.post("/answers/:name/:bytes", async (c) => {
  const object = c.env.FLOOR.getByName(c.req.param("name"));
  const text = await object.answer(await c.req.json(), Number(c.req.param("bytes")));
  return c.body(text, 200, { "Content-Type": "application/json" });
});

export default app;
