import {HASHES} from './hashes.js';

/** A part: its name, its hash, and the places in the list of the parts that it imports at once. */
type Part = readonly [name: string, hash: string, ...imports: number[]];

declare global {
  /**
   * Loads a part of the loader if the page has asked for checked parts; undefined for any other file. The built parts call
   * it for what they load later.
   *
   * @param from - The address of the file that loads the part.
   */
  var sipElementsPart: ((part: string, from: string) => Promise<unknown> | undefined) | undefined;
}

/**
 * Checks each part of the loader before it is loaded, if the page has asked for that; returns whether it has: by the
 * attribute `integrity` of the loader's script, or by an import map with hashes of the loader's files, which a page's
 * Content-Security-Policy or an old browser may ignore.
 *
 * @param loader - The address of the loader.
 */
export function checkParts(loader: string): boolean {
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
  if (!script?.integrity && !isMapped) return false;
  const parts = new CheckedParts(folder, script);
  const before = globalThis.sipElementsPart;
  globalThis.sipElementsPart = (part, from) => parts.load(new URL(part, from).href) ?? before?.(part, from);
  return true;
}

/**
 * The parts of a loader whose hashes the browser checks.
 *
 * A `<link rel="modulepreload">` is the one way to give the hash of a module that is imported: the browser keeps the module
 * if it fits, and imports of its address take that one. It works under any Content-Security-Policy that allows the parts.
 */
class CheckedParts {
  readonly #folder: string;
  readonly #script: HTMLScriptElement | undefined;
  /** The parts that are being checked, or fit, by their addresses. */
  readonly #checks = new Map<string, Promise<void>>();
  #list: Promise<readonly Part[]> | undefined;

  /** @param script - The tag that the loader came by, if it was one. */
  constructor(folder: string, script: HTMLScriptElement | undefined) {
    this.#folder = folder;
    this.#script = script;
  }

  /** Loads a part, once it and all that it imports have been checked; undefined for a file of another folder. */
  load(url: string): Promise<unknown> | undefined {
    return url.startsWith(this.#folder) ? this.#load(url) : undefined;
  }

  async #load(url: string): Promise<unknown> {
    const list = await (this.#list ??= this.#loadList());
    const name = url.slice(this.#folder.length);
    // A file that is not in the list has no hash that fits.
    const needed = new Set<Part>([list.find((part) => part[0] === name) ?? [name, '']]);
    for (const [, , ...imports] of needed) for (const index of imports) needed.add(list[index]!);
    await Promise.all([...needed].map(([each, hash]) => this.#check(each, hash)));
    return import(url);
  }

  async #loadList(): Promise<readonly Part[]> {
    const {file, integrity} = HASHES;
    try {
      await this.#check(file, integrity);
      return ((await import(this.#folder + file)) as {readonly default: readonly Part[]}).default;
    } catch (error) {
      this.#list = undefined;
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
