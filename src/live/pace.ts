/** Says something of each of many at most once in so many milliseconds: at once, or as soon as they are over. */
export class Pace {
  readonly #everyMs: number;
  readonly #say: (id: string) => void;
  /** Of whom something was said so recently, and whether there is more to say. */
  readonly #recent = new Map<string, boolean>();

  constructor(everyMs: number, say: (id: string) => void) {
    this.#everyMs = everyMs;
    this.#say = say;
  }

  /** There is something to say, as it then is. */
  say(id: string): void {
    if (this.#recent.has(id)) {
      this.#recent.set(id, true);
      return;
    }
    this.#recent.set(id, false);
    setTimeout(() => this.#pass(id), this.#everyMs);
    this.#say(id);
  }

  #pass(id: string): void {
    const isMore = this.#recent.get(id);
    this.#recent.delete(id);
    if (isMore) this.say(id);
  }
}
