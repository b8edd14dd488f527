import { type Bytes, Failure } from "../engine.ts";

/** What a key can hold. */
export type Value =
  | { readonly type: "string"; text: Bytes }
  | { readonly type: "hash"; readonly fields: Map<Bytes, Bytes> }
  | { readonly type: "list"; readonly items: Bytes[] }
  | { readonly type: "set"; readonly members: Set<Bytes> }
  | { readonly type: "zset"; readonly scores: Map<Bytes, number> };

export type ValueOf<Type extends Value["type"]> = Extract<Value, { type: Type }>;

/** A key's value, when it ends (milliseconds since 1970), and its place in the order in which keys were made. */
export interface Entry {
  readonly id: number;
  value: Value;
  expiresAt: number | null;
}

const SMALLEST_SWEEP = 1024;

/** All keys. Nothing that has expired is ever seen; `now` stands still while a command or a script runs. */
export class Keyspace {
  now = 0;
  readonly #entries = new Map<Bytes, Entry>();
  #lastId = 0;
  #sweepAt = SMALLEST_SWEEP;

  find(key: Bytes): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || !this.#isOver(entry)) return entry;
    this.#entries.delete(key);
    return undefined;
  }

  /** The key's value if it holds one of that type, `undefined` if there is no key; throws WRONGTYPE otherwise. */
  get<Type extends Value["type"]>(key: Bytes, type: Type): ValueOf<Type> | undefined {
    const value = this.find(key)?.value;
    if (value === undefined) return undefined;
    if (!isOfType(value, type)) {
      throw new Failure("WRONGTYPE Operation against a key holding the wrong kind of value");
    }
    return value;
  }

  /** As `get`, making the key with `fresh` where there is none. */
  ensure<Type extends Value["type"]>(key: Bytes, type: Type, fresh: () => ValueOf<Type>): ValueOf<Type> {
    const existing = this.get(key, type);
    if (existing !== undefined) return existing;
    const value = fresh();
    this.put(key, value, null);
    return value;
  }

  /** Makes the key hold `value`, whatever it held. */
  put(key: Bytes, value: Value, expiresAt: number | null): void {
    const entry = this.find(key);
    if (entry !== undefined) {
      entry.value = value;
      entry.expiresAt = expiresAt;
      return;
    }
    if (this.#entries.size >= this.#sweepAt) this.#sweep();
    this.#lastId += 1;
    this.#entries.set(key, { id: this.#lastId, value, expiresAt });
  }

  delete(key: Bytes): boolean {
    return this.find(key) !== undefined && this.#entries.delete(key);
  }

  /** Removes the key if a command has emptied its collection: Redis keeps none that is empty. */
  dropIfEmpty(key: Bytes): void {
    const value = this.find(key)?.value;
    if (value !== undefined && sizeOf(value) === 0) this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Keys and entries in the order in which the keys were made. */
  *all(): Generator<readonly [Bytes, Entry]> {
    for (const [key, entry] of this.#entries) {
      if (!this.#isOver(entry)) yield [key, entry];
    }
  }

  #isOver(entry: Entry): boolean {
    return entry.expiresAt !== null && entry.expiresAt <= this.now;
  }

  /** Keys that nobody asks for again go when there have come to be twice as many. */
  #sweep(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#isOver(entry)) this.#entries.delete(key);
    }
    this.#sweepAt = Math.max(SMALLEST_SWEEP, this.#entries.size * 2);
  }
}

function isOfType<Type extends Value["type"]>(value: Value, type: Type): value is ValueOf<Type> {
  return value.type === type;
}

function sizeOf(value: Value): number {
  switch (value.type) {
    case "string":
      return 1;
    case "hash":
      return value.fields.size;
    case "list":
      return value.items.length;
    case "set":
      return value.members.size;
    case "zset":
      return value.scores.size;
  }
}
