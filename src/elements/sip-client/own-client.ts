import {SipClient} from '../../client.js';
import {parseIceServers} from '../../core/client/ice-servers.js';
import {DEFAULT_TIMEOUTS, OPTIONS, type SipClientOptions} from '../../core/client/options.js';
import {SipError, toSipError} from '../../errors.js';
import type {ClientAttributes} from './client-attributes.js';

/** Creates a client from the attributes of a `<sip-client>`, and a new one when they change. */
export class OwnClient {
  readonly #read: () => readonly [ClientAttributes, Partial<SipClientOptions>];
  readonly #onMade: (client: SipClient | undefined) => void;
  #client: SipClient | undefined;
  #source: readonly unknown[] = [];
  #failure: SipError | undefined;

  /**
   * @param read - Reads the attributes, and the options that have no attribute.
   * @param onMade - Receives each new client, or undefined once the attributes no longer make one.
   */
  constructor(
    read: () => readonly [ClientAttributes, Partial<SipClientOptions>],
    onMade: (client: SipClient | undefined) => void,
  ) {
    this.#read = read;
    this.#onMade = onMade;
  }

  /** The current client. */
  get current(): SipClient | undefined {
    return this.#client;
  }

  /** Whether the attributes have changed since the client was created. */
  get outdated(): boolean {
    return !!this.#client && this.#now.some((part, index) => part !== this.#source[index]);
  }

  /** Returns the client; creates it if there is none, or if it is outdated and no longer connected. */
  prepare(): SipClient | undefined {
    const before = this.#client;
    if (before && (!this.outdated || before.state.connection !== 'disconnected')) return before;
    void before?.recall.end(false);
    this.#client = undefined;
    try {
      this.#client = this.make();
      this.#source = this.#now;
      this.#failure = undefined;
    } catch (thrown) {
      const error = toSipError(thrown);
      // A repeated failure keeps its first error.
      if (error.message !== this.#failure?.message) this.#failure = error;
    }
    if (this.#client !== before) this.#onMade(this.#client);
    return this.#client;
  }

  /**
   * Creates a client from the current attributes.
   *
   * @throws {SipError} `bad-parameter`, with the missing or invalid attribute; `not-connected` if the client is to be that of
   *   the documented functions.
   */
  make(): SipClient {
    const [attributes, options] = this.#read();
    const {user, iceServers, functions, ...others} = attributes;
    if (functions) throw new SipError('not-connected');
    reportUnknown(options, OPTIONS);
    reportUnknown(options.timeouts, DEFAULT_TIMEOUTS);
    return new SipClient({
      user,
      ...Object.fromEntries(Object.entries(others).filter(([, value]) => value)),
      iceServers: typeof iceServers === 'string' ? parseIceServers(iceServers || '[]') : (iceServers ?? []),
      ...options,
    });
  }

  /** Why the attributes do not define a client. */
  get failure(): SipError | undefined {
    return this.#failure;
  }

  /** How much of the account and its server is set; a page may set the rest later. */
  get written(): 'nothing' | 'part' | 'all' {
    const [attributes, options] = this.#read();
    const {user, server, host} = {...attributes, ...options};
    if (user && (server || host)) return 'all';
    return user || server || host ? 'part' : 'nothing';
  }

  /**
   * Keeps nothing of what is heard any more once the page says so: it does not wait for the last call to end. A page that
   * has never said anything leaves it to a desk.
   */
  applyRecall(): void {
    const [attributes, options] = this.#read();
    const recall = options.recall ?? attributes.recall;
    if (recall === '' ? this.#client?.options.recall : !+recall) this.#client?.recall.turnOff();
  }

  /** Ends the client's calls and connection; the client can be used again. Calls that do not go on yet wait for another one. */
  async end(): Promise<void> {
    await this.#client?.leave(false);
  }

  get #now(): readonly unknown[] {
    const [attributes, options] = this.#read();
    const {iceServers} = attributes;
    // Compares lists by value and functions by identity.
    return [JSON.stringify(attributes), typeof iceServers === 'function' && iceServers, options];
  }
}

/** Warns the author of the page of keys that no row of a table has. */
function reportUnknown(given: object | undefined, table: object): void {
  const unknown = Object.keys(given ?? {}).filter((key) => !Object.hasOwn(table, key));
  if (unknown.length)
    import('./unknown-options.js').then(
      ({warnOfUnknown}) => warnOfUnknown(unknown, Object.keys(table)),
      () => {},
    );
}
