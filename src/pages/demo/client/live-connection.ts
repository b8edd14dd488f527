import { CLOSE, PING, SUBPROTOCOL } from "../../../live/protocol.ts";
import { type Account, isUnauthorized } from "./account.ts";
import { backoffSec } from "./backoff.ts";
import { type LiveMessage, parseMessage } from "./live-class.ts";
import { afterClose } from "./live-end.ts";

export type ConnectionState =
  | { readonly is: "connecting" }
  | { readonly is: "live" }
  | { readonly is: "waiting" }
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
/** So long the server has for its first word, and for a word after each ping; then the connection counts as lost. */
const PATIENCE_MS = 15_000;

/**
 * Follows a class until closed: connects again after every loss, with a new token where the old one has run out. A page that
 * nobody sees has its timers slowed down and may ping too seldom: it connects again when it is seen.
 */
export function followClass(account: Account, classroomId: string, { onState, onMessage }: Handlers): Connection {
  const url = new URL(`/api/v1/teacher/classrooms/${classroomId}/live`, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  let socket: WebSocket | undefined;
  let hangUp: () => void = () => undefined;
  let ping: () => void = () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWaiting = false;
  /** Tries since it last worked. */
  let attempt = 0;
  let closed = false;

  async function connect(renewed: boolean): Promise<void> {
    clearTimeout(timer);
    isWaiting = false;
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
    let patience: ReturnType<typeof setTimeout> | undefined;
    ping = () => {
      if (socket !== opened || opened.readyState !== WebSocket.OPEN) return;
      opened.send(PING);
      expectWord();
    };
    const pings = setInterval(ping, PING_MS);

    // Counted from the oldest word that is due: a timer that rings late finds that the word has come.
    function expectWord(): void {
      patience ??= setTimeout(() => lost(1006), PATIENCE_MS);
    }

    function heard(): void {
      clearTimeout(patience);
      patience = undefined;
    }

    function letGo(): void {
      socket = undefined;
      clearInterval(pings);
      clearTimeout(patience);
    }

    function lost(code: number): void {
      if (socket !== opened) return;
      letGo();
      opened.close();
      const after = afterClose(code, attempt, Math.random());
      if (code === CLOSE.noPing.code && document.hidden) rest();
      else if (after.next === "end") onState({ is: "ended", why: after.why });
      else if (after.seconds === 0) void connect(after.renewed);
      else wait(after.seconds, after.renewed);
    }

    opened.addEventListener("message", ({ data }) => {
      if (socket !== opened) return;
      heard();
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
      letGo();
      opened.close(1000);
    };
    expectWord();
  }

  /** Waits until it is told to try again. */
  function rest(): void {
    isWaiting = true;
    onState({ is: "waiting" });
  }

  function wait(seconds: number, renewed: boolean): void {
    rest();
    timer = setTimeout(() => void connect(renewed), seconds * 1000);
  }

  function retry(): void {
    if (isWaiting) void connect(false);
  }

  function seen(): void {
    if (document.hidden) return;
    ping();
    retry();
  }

  addEventListener("online", retry);
  document.addEventListener("visibilitychange", seen);
  void connect(false);
  return {
    retry,
    close() {
      closed = true;
      clearTimeout(timer);
      removeEventListener("online", retry);
      document.removeEventListener("visibilitychange", seen);
      hangUp();
    },
  };
}
