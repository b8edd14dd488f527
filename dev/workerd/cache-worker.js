/**
 * What workerd's Cache API asks: GET (only if cached) for `match`, PUT with a whole HTTP message for `put`. Messages are
 * files, so that they outlast workerd; each URL has one of a fixed number of slots, so that they never fill the disk.
 */
const SLOTS = 512;
/** What a slot's first line says: until when, and of which URL. */
const LABEL = /^(\d+) (\S+)\n/;

const miss = () => new Response(null, { status: 504, headers: { "CF-Cache-Status": "MISS" } });

export default {
  async fetch(request, { FILES }) {
    const { method, url } = request;
    const file = `http://files/${await slotOf(url)}`;
    if (method === "PUT") {
      const message = await request.text();
      const lifetimeMs = 1000 * Number(/^cache-control:.*max-age=(\d+)/im.exec(headOf(message))?.[1] ?? 0);
      await FILES.fetch(file, { method: "PUT", body: `${Date.now() + lifetimeMs} ${url}\n${message}` });
      return new Response(null, { status: 204 });
    }
    if (method !== "GET") return new Response(null, { status: 405 });
    const found = await FILES.fetch(file);
    const text = await found.text();
    const [label, until, of] = LABEL.exec(text) ?? [];
    if (!found.ok || of !== url || Number(until) <= Date.now()) return miss();
    return responseOf(text.slice(label.length));
  },
};

async function slotOf(url) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(url));
  return `slot-${new DataView(digest).getUint32(0) % SLOTS}`;
}

const headOf = (message) => message.slice(0, message.indexOf("\r\n\r\n"));

function responseOf(message) {
  const [, ...fields] = headOf(message).split("\r\n");
  const headers = new Headers(fields.map((field) => field.split(/: ?(.*)/s, 2)));
  headers.delete("Content-Length");
  headers.set("CF-Cache-Status", "HIT");
  return new Response(message.slice(headOf(message).length + 4), { headers });
}
