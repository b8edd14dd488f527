import { CLOSE, type Close, PING, PONG, SUBPROTOCOL } from "./protocol.ts";
import { afterMessage, type Badge, endsAtMs, newBadge, overdue, refusal, type Visitor } from "./socket-rules.ts";

/** What a server may say as it closes; codes that only stand for how a connection ended (RFC 6455, 7.4.1) are not among them. */
const NOT_TO_BE_SENT = new Set([1004, 1005, 1006, 1015]);
const NORMAL_CLOSURE = 1000;

/** The connections of one class. The platform keeps them, and their badges, while the object is out of memory. */
export class Sockets {
  readonly #state: DurableObjectState;

  constructor(state: DurableObjectState) {
    this.#state = state;
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  get areAny(): boolean {
    return this.#open().length > 0;
  }

  /** Lets a visitor in, with this as the first message, or ends the connection at once. */
  admit(visitor: Visitor, greeting: string, nowMs: number): Response {
    const connected = this.#open().map(({ badge }) => badge);
    const refused = refusal(visitor, connected, nowMs);
    if (refused) return closedSocket(refused);
    const { 0: client, 1: server } = new WebSocketPair();
    this.#state.acceptWebSocket(server);
    server.serializeAttachment(newBadge(visitor, nowMs));
    server.send(greeting);
    return upgraded(client);
  }

  /** Sends to all who are connected. */
  send(message: string): void {
    for (const { socket } of this.#open()) {
      try {
        socket.send(message);
      } catch {
        // It has gone in this moment, which its close event says as well.
      }
    }
  }

  /** Ends what is overdue. */
  endOverdue(nowMs: number): void {
    for (const { socket, badge } of this.#open()) {
      const why = overdue(badge, this.#lastPingMs(socket), nowMs);
      if (why) cut(socket, badge, why);
    }
  }

  /** Ends the connections of all but these teachers. */
  keepOnly(teacherIds: readonly string[]): void {
    for (const { socket, badge } of this.#open()) {
      if (!teacherIds.includes(badge.teacherId)) cut(socket, badge, CLOSE.notYourClass);
    }
  }

  /** Counts a message that is no ping, and ends a connection that sends too many. */
  count(socket: WebSocket, message: string | ArrayBuffer, nowMs: number): void {
    const badge = badgeOf(socket);
    if (badge.isCut) return;
    const length = typeof message === "string" ? message.length : message.byteLength;
    const counted = afterMessage(badge, length, nowMs);
    if (counted) socket.serializeAttachment(counted);
    else cut(socket, badge, CLOSE.tooMany);
  }

  /** When {@link endOverdue} has something to do next; null where nobody is connected. */
  nextEndMs(): number | null {
    const ends = this.#open().map(({ socket, badge }) => endsAtMs(badge, this.#lastPingMs(socket)));
    return ends.length === 0 ? null : Math.min(...ends);
  }

  #open(): { socket: WebSocket; badge: Badge }[] {
    return this.#state.getWebSockets().flatMap((socket) => {
      const badge = badgeOf(socket);
      return socket.readyState === WebSocket.OPEN && !badge.isCut ? [{ socket, badge }] : [];
    });
  }

  #lastPingMs(socket: WebSocket): number | null {
    return this.#state.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? null;
  }
}

/** Every socket gets its badge as it is accepted. */
const badgeOf = (socket: WebSocket) => socket.deserializeAttachment() as Badge;

function cut(socket: WebSocket, badge: Badge, { code, reason }: Close): void {
  socket.serializeAttachment({ ...badge, isCut: true } satisfies Badge);
  socket.close(code, reason);
}

/** Answers a client's close: the platform does not, and the client would see the connection break off. */
export function answerClose(socket: WebSocket, code: number): void {
  socket.close(NOT_TO_BE_SENT.has(code) ? NORMAL_CLOSURE : code);
}

/** A connection that is accepted only to say why it is none: browsers show no page the status of a refused one. */
export function closedSocket({ code, reason }: Close): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.close(code, reason);
  return upgraded(client);
}

/** The client's end as the response to its request, with headers that can still be added to. */
export function upgraded(client: WebSocket | null): Response {
  return new Response(null, { status: 101, webSocket: client, headers: { "Sec-WebSocket-Protocol": SUBPROTOCOL } });
}
