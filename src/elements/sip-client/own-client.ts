import {SipClient} from '../../client.js';
import type {DialPatterns} from '../../core/client/dial-patterns.js';
import {parseIceServers, type IceServers} from '../../core/client/ice-servers.js';
import type {SipClientOptions} from '../../core/client/options.js';
import {toSipError, type SipError} from '../../errors.js';

/** The attributes that make a client, as a page wrote them: empty where it wrote none. */
export interface ClientAttributes extends Required<DialPatterns> {
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly server: string;
  readonly user: string;
  readonly domain: string;
  readonly displayName: string;
  readonly profile: string;
  readonly dtmf: string;
  readonly expires: number;
  readonly api: string;
  readonly uploadUrl: string;
  readonly mailbox: string;
  readonly maxCalls: string;
  readonly parallelCalls: boolean;
  readonly allowMonitoring: boolean;
  readonly autoAnswer: boolean | string;
  readonly forceRelay: boolean;
  readonly history: string;
  readonly recordings: string;
  readonly recordingsLimit: string;
  readonly recordingsDays: string;
  readonly messageBytes: string;
  readonly password: string;
  /** The attribute's JSON, or what was set as a property. */
  readonly iceServers: string | IceServers | undefined;
}

/** The client that a `<sip-client>` makes from its attributes, and makes anew when they have changed. */
export class OwnClient {
  readonly #read: () => readonly [ClientAttributes, Partial<SipClientOptions>];
  readonly #onMade: (client: SipClient | undefined) => void;
  #client: SipClient | undefined;
  #source: readonly unknown[] = [];
  #failure: SipError | undefined;

  /**
   * @param read - Reads the attributes, and the options that are no attributes.
   * @param onMade - Told of each client, and where the attributes make one no more.
   */
  constructor(
    read: () => readonly [ClientAttributes, Partial<SipClientOptions>],
    onMade: (client: SipClient | undefined) => void,
  ) {
    this.#read = read;
    this.#onMade = onMade;
  }

  /** The client as it is. */
  get current(): SipClient | undefined {
    return this.#client;
  }

  /** Whether the client was made from other attributes than there are now. */
  get outdated(): boolean {
    return !!this.#client && this.#now.some((part, index) => part !== this.#source[index]);
  }

  /** The client, made now where there is none, or where an outdated one is not connected any more. */
  prepare(): SipClient | undefined {
    const before = this.#client;
    if (before && (!this.outdated || before.state.connection !== 'disconnected')) return before;
    this.#client = undefined;
    try {
      this.#client = this.make();
      this.#source = this.#now;
      this.#failure = undefined;
    } catch (thrown) {
      const error = toSipError(thrown);
      // The same failure is one, however often it was tried.
      if (error.message !== this.#failure?.message) this.#failure = error;
    }
    if (this.#client !== before) this.#onMade(this.#client);
    return this.#client;
  }

  /**
   * Makes a client from what there is now.
   *
   * @throws {SipError} `bad-parameter`, with what is missing or wrong.
   */
  make(): SipClient {
    const [attributes, options] = this.#read();
    const {user, expires, parallelCalls, allowMonitoring, forceRelay, iceServers, ...texts} = attributes;
    const written = Object.entries(texts).filter(([, text]) => text);
    const exclusive = !parallelCalls;
    return new SipClient({
      ...Object.fromEntries(written),
      user,
      expires,
      exclusive,
      allowMonitoring,
      forceRelay,
      iceServers: typeof iceServers === 'string' ? parseIceServers(iceServers || '[]') : (iceServers ?? []),
      ...options,
    });
  }

  /** Why the attributes make no client. */
  get failure(): SipError | undefined {
    return this.#failure;
  }

  /** What of the account and its server is written; a page may write the rest later. */
  get written(): 'nothing' | 'part' | 'all' {
    const [attributes, options] = this.#read();
    const {user, server, host} = {...attributes, ...options};
    if (user && (server || host)) return 'all';
    return user || server || host ? 'part' : 'nothing';
  }

  /** Ends the client's calls and connection; it can be used again. */
  async end(): Promise<void> {
    await this.#client?.disconnect();
  }

  get #now(): readonly unknown[] {
    const [attributes, options] = this.#read();
    const {iceServers} = attributes;
    // Lists are compared by what they say, functions by what they are.
    return [JSON.stringify(attributes), typeof iceServers === 'function' && iceServers, options];
  }
}
