import { setTimeout as sleep } from "node:timers/promises";

/** How often a request that got no reply is sent again, and after what pause. */
const RESENDS = 10;
const RESEND_PAUSE_MS = 500;

export type ApiClient = {
  get<Data>(path: string): Promise<Data>;
  /** The same request, key included, is sent again where no reply came: it counts once. */
  post<Data>(path: string, body: object): Promise<Data>;
};

/**
 * Speaks to the API at `baseUrl` as the holder of `token`; waits out a 429 and tells `onWait` for how many seconds. Rejects,
 * in words, with any other error and where nothing answers.
 */
export function apiClient(baseUrl: string, token: string | undefined, onWait: (seconds: number) => void): ApiClient {
  async function request<Data>(path: string, init: RequestInit): Promise<Data> {
    const headers = {
      "Content-Type": "application/json",
      "Idempotency-Key": crypto.randomUUID(),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    };
    for (let resends = 0; ; ) {
      const response = await fetch(`${baseUrl}/api/v1${path}`, { ...init, headers }).catch(() => undefined);
      if (response === undefined) {
        if (++resends > RESENDS) throw new Error(`Nothing answers at ${baseUrl}: start it with \`npm run dev\`.`);
        await sleep(RESEND_PAUSE_MS);
      } else if (response.status === 429) {
        const seconds = Number(response.headers.get("Retry-After") ?? "1");
        await response.body?.cancel();
        onWait(seconds);
        await sleep(seconds * 1000);
      } else if (response.ok) {
        // What the reply looks like is the caller's knowledge, from the API's schemas.
        return ((await response.json()) as { data: Data }).data;
      } else {
        throw new Error(`${init.method} ${path} answered ${response.status}: ${await response.text()}`);
      }
    }
  }
  return {
    get: (path) => request(path, { method: "GET" }),
    post: (path, body) => request(path, { method: "POST", body: JSON.stringify(body) }),
  };
}
