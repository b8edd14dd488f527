/** What sets off the planned flush while the object is in memory. */
export class FlushTimer {
  readonly #ring: () => void;
  #set: { readonly id: ReturnType<typeof setTimeout>; readonly atMs: number } | null = null;

  /** `ring` is called when the time has come. It never throws: there is nobody to catch it. */
  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Has it ring then and at no other time; never where null. */
  set(atMs: number | null): void {
    if (this.#set?.atMs === atMs) return;
    if (this.#set) clearTimeout(this.#set.id);
    this.#set = null;
    if (atMs === null) return;
    const id = setTimeout(() => this.#rings(), Math.max(0, atMs - Date.now()));
    this.#set = { id, atMs };
  }

  #rings(): void {
    this.#set = null;
    this.#ring();
  }
}
