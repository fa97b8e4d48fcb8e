/** The documentation site, which is built when it is first requested. */
export class Documentation {
  #state: 'building' | 'built' | Error | undefined;

  /**
   * @param folder Where the built site is.
   * @param build Builds it if it is missing or old; without it, the folder is served as it is.
   */
  constructor(
    readonly folder: string,
    private readonly build?: () => Promise<void>,
  ) {}

  /** Begins to build the site at the first request. Returns the state of the build; an error if it failed. */
  refresh(): 'building' | 'built' | Error {
    if (!this.build) return 'built';
    if (this.#state) return this.#state;
    this.build().then(
      () => (this.#state = 'built'),
      (thrown: unknown) => (this.#state = thrown as Error),
    );
    return (this.#state = 'building');
  }
}
