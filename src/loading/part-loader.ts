import {HASHES, PARTS} from './parts.js';

declare global {
  /**
   * Loads a part of the loader, and what it imports at the same time; undefined for any other file. The built parts call it
   * for what they load later.
   *
   * @param from - The address of the file that loads the part.
   */
  var sipElementsPart: ((part: string, from: string) => Promise<unknown> | undefined) | undefined;
}

/**
 * Prepares the loading of parts. Each is checked before, if the page has asked for that: by the attribute `integrity` of the
 * loader's script, or by an import map with hashes of the loader's files, which a page's Content-Security-Policy or an old
 * browser may ignore. Returns whether they are checked.
 *
 * @param loader - The address of the loader.
 */
export function prepareParts(loader: string): boolean {
  const scripts = [...document.scripts];
  const folder = new URL('.', loader).href;
  // The page has another address of a script that its server redirects.
  const script =
    scripts.find(({src}) => src === loader) ??
    scripts.find(({type, integrity}) => /^module$/i.test(type) && integrity);
  const isMapped = scripts.some(
    ({type, text}) =>
      /^importmap$/i.test(type) &&
      text.includes('"integrity"') &&
      (text.includes('sip-elements-loader.js') || text.includes(folder)),
  );
  const isChecked = !!script?.integrity || isMapped;
  const parts = new PartLoader(folder, isChecked ? new PartCheck(folder, script) : undefined);
  const before = globalThis.sipElementsPart;
  globalThis.sipElementsPart = (part, from) => parts.load(new URL(part, from).href) ?? before?.(part, from);
  return isChecked;
}

/** Loads the parts of a loader. */
class PartLoader {
  readonly #folder: string;
  readonly #check: PartCheck | undefined;
  /** The places in the list, by the addresses of the parts: one that is large lies beside the folder. */
  readonly #places: ReadonlyMap<string, number>;

  constructor(folder: string, check: PartCheck | undefined) {
    this.#folder = folder;
    this.#check = check;
    this.#places = new Map(PARTS.map(([file], place) => [new URL(file, folder).href, place]));
  }

  /** Loads a part; undefined for a file of another folder. */
  load(url: string): Promise<unknown> | undefined {
    const place = this.#places.get(url);
    if (place === undefined && !url.startsWith(this.#folder)) return undefined;
    const file = url.slice(this.#folder.length);
    const needed = new Set([place ?? -1]);
    for (const index of needed)
      for (const imported of PARTS[index]?.slice(1) ?? []) needed.add(imported as number);
    if (this.#check) return this.#check.all(needed, file).then(() => import(url));
    // At once, and not one behind the other as the browser finds them. What fails fails the part that needs it.
    for (const index of needed) if (PARTS[index]) import(this.#folder + PARTS[index][0]).catch(() => {});
    return import(url);
  }
}

/**
 * Has the browser check the hashes of a loader's parts.
 *
 * A `<link rel="modulepreload">` is the one way to give the hash of a module that is imported: the browser keeps the module
 * if it fits, and imports of its address take that one. It works under any Content-Security-Policy that allows the parts.
 */
class PartCheck {
  readonly #folder: string;
  readonly #script: HTMLScriptElement | undefined;
  /** The parts that are being checked, or fit, by their addresses. */
  readonly #checks = new Map<string, Promise<void>>();
  #hashes: Promise<readonly string[]> | undefined;

  /** @param script - The tag that the loader came by, if it was one. */
  constructor(folder: string, script: HTMLScriptElement | undefined) {
    this.#folder = folder;
    this.#script = script;
  }

  /**
   * Resolves once all parts have been checked.
   *
   * @param file - What is named if it is not in the list, and so has no hash that fits.
   */
  async all(places: Iterable<number>, file: string): Promise<void> {
    const hashes = await (this.#hashes ??= this.#loadHashes());
    await Promise.all(
      [...places].map((place) => this.#check(PARTS[place]?.[0] ?? file, hashes[place] ?? '')),
    );
  }

  async #loadHashes(): Promise<readonly string[]> {
    const {file, integrity} = HASHES;
    try {
      await this.#check(file, integrity);
      return ((await import(this.#folder + file)) as {readonly default: readonly string[]}).default;
    } catch (error) {
      this.#hashes = undefined;
      throw error;
    }
  }

  #check(name: string, hash: string): Promise<void> {
    const url = this.#folder + name;
    const check = this.#checks.get(url) ?? this.#preload(url, hash);
    this.#checks.set(url, check);
    // The next element that needs the part tries again.
    check.catch(() => this.#checks.delete(url));
    return check;
  }

  async #preload(url: string, integrity: string): Promise<void> {
    const own = this.#script?.crossOrigin ?? null;
    try {
      // Firefox refuses a module that the page has imported already by a script with another `crossorigin`.
      await this.#link(url, integrity, own).catch(() => this.#link(url, integrity, own ? null : 'anonymous'));
    } catch {
      const reason = `${url} was not loaded: it does not have the hash that the loader expects, or cannot be fetched.`;
      console.error(`SIP Elements: ${reason}`);
      throw new Error(reason);
    }
  }

  async #link(href: string, integrity: string, crossOrigin: string | null): Promise<void> {
    const link = document.createElement('link');
    try {
      await new Promise((resolve, reject) => {
        link.onload = resolve;
        link.onerror = reject;
        if (!integrity || !link.relList.supports('modulepreload')) return reject(new Error('no check'));
        const {nonce = ''} = this.#script ?? {};
        Object.assign(link, {rel: 'modulepreload', integrity, crossOrigin, nonce, href});
        document.head.append(link);
      });
    } finally {
      link.remove();
    }
  }
}
