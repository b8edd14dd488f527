import { PING, SUBPROTOCOL } from "../../../live/protocol.ts";
import { type Account, isUnauthorized } from "./account.ts";
import { backoffSec } from "./backoff.ts";
import { type LiveMessage, parseMessage } from "./live-class.ts";
import { afterClose } from "./live-end.ts";

export type ConnectionState =
  | { readonly is: "connecting" }
  | { readonly is: "live" }
  | { readonly is: "waiting"; readonly seconds: number }
  /** It will not come back by itself. */
  | { readonly is: "ended"; readonly why: "signed-out" | "not-your-class" };

export type Connection = {
  /** Tries at once, where it waits. */
  retry(): void;
  close(): void;
};

type Handlers = {
  onState(state: ConnectionState): void;
  onMessage(message: LiveMessage): void;
};

const PING_MS = 20_000;
/** So long without a word from the server, pongs included, and the connection counts as lost. */
const SILENCE_MS = 50_000;

/** Follows a class until closed: connects again after every loss, with a new token where the old one has run out. */
export function followClass(account: Account, classroomId: string, { onState, onMessage }: Handlers): Connection {
  const url = new URL(`/api/v1/teacher/classrooms/${classroomId}/live`, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  let socket: WebSocket | undefined;
  let hangUp: () => void = () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Tries since it last worked. */
  let attempt = 0;
  let closed = false;

  async function connect(renewed: boolean): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (attempt === 0) onState({ is: "connecting" });
    attempt++;
    const token = await account.token({ renewed });
    if (closed) return;
    if (token.ok) open(token.data);
    else if (isUnauthorized(token)) onState({ is: "ended", why: "signed-out" });
    else wait(backoffSec(attempt, Math.random()), renewed);
  }

  function open(token: string): void {
    const opened = new WebSocket(url, [SUBPROTOCOL, `token.${token}`]);
    socket = opened;
    let heardAtMs = Date.now();
    const pings = setInterval(() => {
      if (Date.now() - heardAtMs > SILENCE_MS) lost(1006);
      else if (opened.readyState === WebSocket.OPEN) opened.send(PING);
    }, PING_MS);

    function lost(code: number): void {
      if (socket !== opened) return;
      socket = undefined;
      clearInterval(pings);
      opened.close();
      const after = afterClose(code, attempt, Math.random());
      if (after.next === "end") onState({ is: "ended", why: after.why });
      else if (after.seconds === 0) void connect(after.renewed);
      else wait(after.seconds, after.renewed);
    }

    opened.addEventListener("message", ({ data }) => {
      if (socket !== opened) return;
      heardAtMs = Date.now();
      const message = parseMessage(String(data));
      if (message === undefined) return;
      // The first word of a connection is its snapshot: until then it may still be refused.
      if (message.type === "snapshot") {
        attempt = 0;
        onState({ is: "live" });
      }
      onMessage(message);
    });
    opened.addEventListener("close", ({ code }) => lost(code));
    hangUp = () => {
      socket = undefined;
      clearInterval(pings);
      opened.close(1000);
    };
  }

  function wait(seconds: number, renewed: boolean): void {
    onState({ is: "waiting", seconds });
    timer = setTimeout(() => void connect(renewed), seconds * 1000);
  }

  function retry(): void {
    if (timer !== undefined) void connect(false);
  }

  addEventListener("online", retry);
  void connect(false);
  return {
    retry,
    close() {
      closed = true;
      clearTimeout(timer);
      removeEventListener("online", retry);
      hangUp();
    },
  };
}
