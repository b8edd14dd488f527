import { once } from "node:events";
import { createServer } from "node:net";

export const HOST = "127.0.0.1";
const DEFAULT_PORT = 8787;
const LAST_PORT = 65_535;
/** The local platform's port, counted from the Worker's, where it is free. */
const PLATFORM_OFFSET = 3;

/** Whether nothing listens on this loopback port. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, HOST);
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/** `port`, or the next one after it that is free. */
async function nextFreePort(port: number): Promise<number> {
  for (let candidate = port; candidate <= LAST_PORT; candidate += 1) {
    if (await isFree(candidate)) return candidate;
  }
  throw new Error(`No port from ${port} on is free.`);
}

/** The Worker's port, which `PORT` asks for, else 8787, and one for its platform; throws, and says what to do, where it is no port or busy. */
export async function portsToServe(script: string): Promise<{ readonly port: number; readonly platformPort: number }> {
  const text = process.env.PORT ?? "";
  const port = text === "" ? DEFAULT_PORT : Number(text);
  const last = LAST_PORT - PLATFORM_OFFSET;
  if (!Number.isInteger(port) || port < 1 || port > last) {
    throw new Error(`PORT is "${text}": it must be a number from 1 to ${last}.`);
  }
  if (await isFree(port)) return { port, platformPort: await nextFreePort(port + PLATFORM_OFFSET) };
  const other = await nextFreePort(port + 1);
  throw new Error(
    `Port ${port} is busy, perhaps with another run of this. Stop that, or choose another port: PORT=${other} npm run ${script}`,
  );
}
