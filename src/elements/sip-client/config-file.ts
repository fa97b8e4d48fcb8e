/** What a `<sip-client config>` loads. It imports nothing that the element has already, so that pages without it stay small. */
import type {SipClientOptions} from '../../core/client/options.js';
import type {SipError, SipErrorOptions} from '../../errors.js';
import {CONFIG_FIELDS, kindOf} from './config-fields.js';
import {warnOfUnknown} from './unknown-options.js';

const EXPECTED = '{"server": "wss://…", "user": "1001"}';

/** How long a file may take, in milliseconds. */
const LOADING_MS = 10_000;

/** An element with a configuration file. */
interface ConfiguredElement extends HTMLElement {
  readonly config: string;
  readonly configIntegrity: string;
  requestUpdate(): void;
}

/** Makes the error `config-failed`. */
type Failed = (options: SipErrorOptions) => SipError;

const files = new WeakMap<ConfiguredElement, ConfigFile>();

/** Loads the file of an element unless it is loaded already. `Failure` makes its errors. */
export function followConfig(host: ConfiguredElement, Failure: typeof SipError): ConfigFile {
  const file = files.get(host) ?? new ConfigFile(host, (options) => new Failure('config-failed', options));
  files.set(host, file);
  return file.follow();
}

/** The configuration file of a `<sip-client config>`. */
export class ConfigFile {
  readonly #host: ConfiguredElement;
  readonly #failed: Failed;
  readonly #internals: ElementInternals;
  #wanted = '';
  #loading: Promise<void> | undefined;
  #read: Partial<SipClientOptions> | undefined;
  #error: SipError | undefined;
  /** What the link of the page names; undefined before it was read, null if the address has none. */
  #link: ConfigLink | null | undefined;
  #merged:
    {readonly of: string; readonly and: object; readonly options: Partial<SipClientOptions>} | undefined;

  constructor(host: ConfiguredElement, failed: Failed) {
    this.#host = host;
    this.#failed = failed;
    this.#internals = host.attachInternals();
  }

  /** Whether the file was read, this one or the one before it. */
  get ready(): boolean {
    return this.#read !== undefined;
  }

  /** Why the file could not be used. */
  get error(): SipError | undefined {
    return this.#error;
  }

  /** Loads the file unless it is loaded already. */
  follow(): this {
    const {config, configIntegrity} = this.#host;
    const wanted = `${configIntegrity} ${config}`;
    if (wanted !== this.#wanted) {
      this.#wanted = wanted;
      this.#loading = this.#load(config, configIntegrity, wanted);
    }
    return this;
  }

  /** Resolves once the file was read; tries again after a failure. @throws {SipError} `config-failed` */
  async wait(): Promise<void> {
    if (this.#error) this.#wanted = '';
    this.follow();
    await this.#loading;
    if (this.#error) throw this.#error;
  }

  /**
   * Returns the options of the file with those of the page, which win.
   *
   * @param settings - The values of the element's attributes and properties: those that the page has written win too.
   */
  with(options: Partial<SipClientOptions>, settings: object): Partial<SipClientOptions> {
    const given = Object.entries(settings).flatMap(([name, value]) =>
      this.#isGiven(name, value) ? [name] : [],
    );
    const of = given.join();
    // The same object as long as nothing changes: a new one would make a new client.
    if (this.#merged?.of !== of || this.#merged.and !== options) {
      const own = Object.entries(this.#read ?? {}).filter(([name]) => !given.includes(name));
      this.#merged = {of, and: options, options: {...Object.fromEntries(own), ...options}};
    }
    return this.#merged.options;
  }

  /** Whether a page has written the option; its initial value is empty, false or that of `expires`. */
  #isGiven(name: string, value: unknown): boolean {
    const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return this.#host.hasAttribute(attribute) || (!!value && !(name === 'expires' && value === 60));
  }

  /** Reads the link of the page once; later ones change nothing. @throws {SipError} `config-failed` */
  #linked(config: string, integrity: string): ConfigLink | null {
    const expected = 'config="/desks/#config"';
    if (integrity) throw this.#failed({subject: 'config-integrity', expected});
    const [folder, name] = config.split('#') as [string, string];
    if (!folder.endsWith('/') || !name) throw this.#failed({subject: `config “${config}”`, expected});
    if (this.#link === undefined) {
      this.#link = takeLink(folder, name, this.#failed);
      keepAddress(this.#host);
    }
    return this.#link;
  }

  async #load(url: string, integrity: string, wanted: string): Promise<void> {
    this.#internals.states.add('loading');
    let read: Partial<SipClientOptions> | undefined;
    let error: SipError | undefined;
    try {
      const link = url.includes('#') ? this.#linked(url, integrity) : undefined;
      read = link === null ? {} : await readConfig(link?.address ?? url, integrity, this.#failed, link);
    } catch (thrown) {
      error = thrown as SipError;
    }
    if (wanted !== this.#wanted) return;
    this.#internals.states.delete('loading');
    this.#error = error;
    if (read && JSON.stringify(read) !== JSON.stringify(this.#read)) {
      this.#read = read;
      this.#merged = undefined;
    }
    this.#host.requestUpdate();
  }
}

/** What the link of a page names. */
interface ConfigLink {
  /** The address of the file. */
  readonly address: string;
  /** What the file is asked for with, once; empty if the link has none. */
  readonly token: string;
}

/** The characters of a token (RFC 6750 §2.1). */
const TOKEN = /^[\w.~+/-]{0,4096}=*$/;

/**
 * Takes a link such as `#config=/desks/7.json&token=…` from the address of the page; the token leaves the address at once.
 *
 * Anybody can write a link: it may only name a file of this site, in the folder of the page.
 *
 * @param folder - The folder that the files are in, with a final slash.
 * @param name - The field of the link with the address.
 * @returns Null if the address has no link.
 * @throws {SipError} `config-failed`
 */
function takeLink(folder: string, name: string, configFailed: Failed): ConfigLink | null {
  const fields = new URLSearchParams(location.hash.slice(1));
  const given = fields.get(name);
  if (given === null) return null;
  const token = fields.get('token') ?? '';
  if (fields.has('token')) {
    fields.delete('token');
    history.replaceState(history.state, '', `#${fields.toString().replaceAll('%2F', '/')}`);
  }
  const base = new URL(folder, document.baseURI);
  const address = URL.canParse(given, base) ? new URL(given, base) : undefined;
  const isInside =
    address?.origin === location.origin &&
    base.origin === location.origin &&
    address.pathname.startsWith(base.pathname) &&
    // Some servers decode a path before they look for its file, or cut parameters off its parts.
    !/%(?:2e|2f|5c|25|3b)|;/i.test(address.pathname) &&
    !address.username &&
    !address.password;
  if (!isInside || !TOKEN.test(token))
    throw configFailed({
      subject: `#${name}=${given.slice(0, 80)}`,
      expected: `#${name}=${base.pathname}….json`,
    });
  return {address: address.href, token};
}

/** A link that is opened while the phone runs changes nothing: the address of the page becomes that of its own link again. */
function keepAddress(host: HTMLElement): void {
  const {hash} = location;
  const element = new WeakRef(host);
  const keep = (): void => {
    if (!element.deref()?.isConnected) return removeEventListener('hashchange', keep);
    if (location.hash !== hash)
      history.replaceState(history.state, '', location.pathname + location.search + hash);
  };
  addEventListener('hashchange', keep);
}

/**
 * Loads a configuration file and checks it.
 *
 * @param integrity - Its hash, which a file of another site needs.
 * @param link - The link of the page that names it, if one does.
 * @throws {SipError} `config-failed`, which names the file and the field
 */
async function readConfig(
  url: string,
  integrity: string,
  configFailed: Failed,
  link?: ConfigLink,
): Promise<Partial<SipClientOptions>> {
  const address = URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI) : undefined;
  const isOwn = address?.origin === location.origin;
  const name = `config “${isOwn ? address.pathname : address ? address.origin + address.pathname : url}”`;
  const failed = (reason: string, cause?: unknown): SipError =>
    configFailed({subject: `${name}: ${reason}`, cause});
  const unusable = (field: string, expected: string): SipError =>
    configFailed({subject: name + field, expected});
  if (!address || !/^https?:$/.test(address.protocol)) throw unusable('', 'config="/phone.json"');
  if (!isOwn && !integrity)
    throw unusable('', `${name.replace(/[“”]/g, '"').replace(' ', '=')} config-integrity="sha384-…"`);
  let text: string | undefined;
  let status: number;
  try {
    const response = await fetch(address, {
      // A redirect to another site would need a hash as well.
      ...(integrity ? {integrity, mode: 'cors', credentials: 'omit'} : {mode: 'same-origin'}),
      // A redirect may lead out of the folder, and a token is for this file alone.
      ...(link && {redirect: 'error'}),
      ...(link?.token && {headers: {Authorization: `Bearer ${link.token}`}, cache: 'no-store'}),
      signal: AbortSignal.timeout(LOADING_MS),
    });
    text = response.ok ? await response.text() : undefined;
    status = response.status;
  } catch (cause) {
    throw failed(cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (text === undefined) throw failed(String(status));
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw unusable('', EXPECTED);
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw unusable('', EXPECTED);
  const fields = Object.entries(given).filter(([field]) => field !== '$schema');
  // Everybody can read the file.
  if (Object.hasOwn(given, 'password'))
    throw unusable(', password', 'options = {credentials: async () => …}');
  warnOfUnknown(
    fields.map(([field]) => field).filter((field) => !kindOf(field)),
    Object.keys(CONFIG_FIELDS),
  );
  const known = fields.filter(([field]) => kindOf(field));
  for (const [field, value] of known) {
    const kind = kindOf(field)!;
    if (!kind.fits(value)) throw unusable(`, ${field}`, kind.expected);
  }
  return Object.fromEntries(known);
}
