/** The documentation site, which is built when it is first requested. */
export class Documentation {
  #building: Promise<void> | undefined;
  #built = false;

  /**
   * @param folder Where the built site is.
   * @param build Builds it if it is missing or old; without it, the folder is served as it is.
   */
  constructor(
    readonly folder: string,
    private readonly build?: () => Promise<void>,
  ) {
    this.#built = build === undefined;
  }

  /** Begins to build the site if nobody has requested it before. Returns whether it is being built. */
  refresh(): boolean {
    if (this.#built) return false;
    const end = (): void => void (this.#built = true);
    this.#building ??= this.build?.().then(end, end);
    return true;
  }
}
