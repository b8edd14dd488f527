/** Work that is done by one at a time: who wants it while it is under way gets the one after it, together with all others. */
export class SharedWork<T> {
  readonly #work: () => Promise<T>;
  #underWay: Promise<T> | undefined;
  #following: Promise<T> | undefined;

  constructor(work: () => Promise<T>) {
    this.#work = work;
  }

  /** What the work comes to that begins from now on. */
  run(): Promise<T> {
    if (!this.#underWay) {
      this.#underWay = this.#work().finally(() => {
        this.#underWay = undefined;
      });
      return this.#underWay;
    }
    const follow = () => {
      this.#following = undefined;
      return this.run();
    };
    this.#following ??= this.#underWay.then(follow, follow);
    return this.#following;
  }
}
