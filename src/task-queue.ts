/** Runs tasks one after another, in the order in which they are given. A failed task does not keep the next from running. */
export class TaskQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs a task after the ones before it; resolves and rejects as the task. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#last.then(task);
    this.#last = run.catch(() => {});
    return run;
  }

  /** Resolves once the tasks that were given until now have ended; never rejects. */
  get idle(): Promise<unknown> {
    return this.#last;
  }
}
