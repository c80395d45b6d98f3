/** Tells one thing after the other, so that none overtakes an earlier one; of those that wait only the newest is told. */
export class Newest<T> {
  readonly #send: (value: T) => Promise<void>;
  #under: Promise<unknown> = Promise.resolve();
  #count = 0;

  constructor(send: (value: T) => Promise<void>) {
    this.#send = send;
  }

  /** True once it was told, false when something newer took its place; fails as the telling does. */
  tell(value: T): Promise<boolean> {
    this.#count += 1;
    const mine = this.#count;
    const told = this.#under.then(async () => {
      if (mine !== this.#count) return false;
      await this.#send(value);
      return true;
    });
    this.#under = told.catch(() => undefined);
    return told;
  }
}
