/** What of a WebSocket a client of the live view needs; workerd's and Node's both have it. */
export type LiveSocket = {
  send(text: string): void;
  close(): void;
  addEventListener(type: "message" | "close", listener: (event: { data?: unknown; code?: number }) => void): void;
};

/** A student as the live view shows them, as far as it is looked at here. */
export type LiveStudent = {
  readonly student_id: string;
  readonly full_name: string;
  readonly status: string;
  readonly session_id: string | null;
  readonly skill_id: number | null;
  readonly questions_answered: number;
  readonly correct: number;
  readonly incorrect: number;
  readonly smartscore: number | null;
  readonly zone: string | null;
  readonly last_activity_at: string | null;
};

type Message =
  | { readonly type: "snapshot"; readonly at: string; readonly students: readonly LiveStudent[] }
  | { readonly type: "update"; readonly at: string; readonly student: LiveStudent };

const PING_EVERY_MS = 20_000;
const RETRY_AFTER_MS = 250;
/** What a new connection does not mend without somebody doing something first. */
const FINAL_CODES = [4401, 4403];

/**
 * A client of the live view as a teacher's page is one: keeps the class's picture by what it is sent, pings, and connects
 * again when the connection breaks off.
 */
export class LiveClient {
  readonly #connect: () => Promise<LiveSocket>;
  readonly #watchers = new Set<() => void>();
  #socket: LiveSocket | undefined;
  #isStopped = false;
  /** The class by the students' ids. */
  picture = new Map<string, LiveStudent>();
  snapshots = 0;
  updates: LiveStudent[] = [];
  pongs = 0;
  /** The codes with which connections ended. */
  readonly closes: number[] = [];
  /** Called with each update as it arrives. */
  onUpdate: (student: LiveStudent) => void = () => {};

  private constructor(connect: () => Promise<LiveSocket>) {
    this.#connect = connect;
  }

  /** Resolves with the first snapshot, or when the first connection has ended for good. */
  static async watch(connect: () => Promise<LiveSocket>): Promise<LiveClient> {
    const client = new LiveClient(connect);
    void client.#open();
    await client.until(() => client.snapshots > 0 || client.closes.length > 0);
    return client;
  }

  /** Resolves as soon as this holds: looked at whenever something has come. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#watchers.add(resolve));
  }

  /** The student as they are shown, once this holds of them. */
  async see(studentId: string, holds: (student: LiveStudent) => boolean = () => true): Promise<LiveStudent> {
    const seen = () => [this.picture.get(studentId)].find((student) => student && holds(student));
    await this.until(() => seen() !== undefined);
    return seen() ?? this.see(studentId, holds);
  }

  send(text: string): void {
    this.#socket?.send(text);
  }

  /** Leaves for good; resolves when the connection has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const before = this.closes.length;
    const socket = this.#socket;
    socket?.close();
    if (socket) await this.until(() => this.closes.length > before);
  }

  async #open(): Promise<void> {
    try {
      const socket = await this.#connect();
      if (this.#isStopped) return socket.close();
      const pinging = setInterval(() => socket.send("ping"), PING_EVERY_MS);
      socket.addEventListener("message", ({ data }) => this.#take(String(data)));
      socket.addEventListener("close", ({ code = 0 }) => {
        clearInterval(pinging);
        this.#socket = undefined;
        this.closes.push(code);
        this.#tellWatchers();
        if (!FINAL_CODES.includes(code)) this.#retry();
      });
      this.#socket = socket;
    } catch {
      this.#retry();
    }
  }

  #retry(): void {
    setTimeout(() => !this.#isStopped && this.#open(), RETRY_AFTER_MS);
  }

  #take(text: string): void {
    if (text === "pong") this.pongs += 1;
    else this.#show(JSON.parse(text) as Message);
    this.#tellWatchers();
  }

  #show(message: Message): void {
    if (message.type === "snapshot") {
      this.snapshots += 1;
      this.picture = new Map(message.students.map((student) => [student.student_id, student]));
      return;
    }
    const { student } = message;
    this.updates.push(student);
    this.picture.set(student.student_id, student);
    this.onUpdate(student);
  }

  #tellWatchers(): void {
    const waiting = [...this.#watchers];
    this.#watchers.clear();
    for (const resolve of waiting) resolve();
  }
}
