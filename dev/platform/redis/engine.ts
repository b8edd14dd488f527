/** A Redis string: bytes, one character each, so that whatever a script makes stays what it is. */
export type Bytes = string;

/** What a command answers. */
export type Reply = null | number | Bytes | Status | Failure | readonly Reply[];

/** A simple string such as OK or PONG, which Lua is told apart from a value. */
export class Status {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export const OK: Status = new Status("OK");

/** An error reply; its message is the whole line, code first, in `Bytes` as any reply. */
export class Failure extends Error {}

/** A Redis to send commands to, whichever it is. */
export interface RedisEngine {
  /** Runs one command; an error that Redis answers is a reply, and rejects only where there is no answer. */
  run(command: readonly Bytes[]): Promise<Reply>;
  /** Runs the commands in one transaction: one reply each, or the one failure that discarded them all. */
  runAtomically(commands: readonly (readonly Bytes[])[]): Promise<readonly Reply[] | Failure>;
  close(): Promise<void>;
}

/** A text's UTF-8 bytes. */
export function bytesOf(text: string): Bytes {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** The text that UTF-8 bytes stand for. */
export function textOf(bytes: Bytes): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
