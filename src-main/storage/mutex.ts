/** One at a time, in order of asking. */
export class Mutex {
  private tail: Promise<unknown> = Promise.resolve()

  /** Runs `work` when all earlier work is done, whether that went well or not. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.tail.then(work, work)
    this.tail = result.catch(() => undefined)
    return result
  }
}
