import type {URI} from '../sip-js.js';
import {dropOldest} from '../../core/util/collections/newest.js';
import {strengthOf} from './digest.js';
import {readSipUri} from '../headers/grammar.js';
import {
  headOf,
  piecesOf,
  readFirstLine,
  readSequence,
  readVia,
  tagOf,
  type RawHeader,
} from '../headers/sip-reader.js';
import type {Log} from '../log.js';

const HEADER = {401: 'WWW-Authenticate', 407: 'Proxy-Authenticate'} as const;
const ANSWER = {401: 'authorization', 407: 'proxy-authorization'} as const;
type Challenging = keyof typeof HEADER;
const ANSWERS: ReadonlySet<string> = new Set(Object.values(ANSWER));

/** How many requests without a final response are remembered. */
const MOST_REQUESTS = 200;
/** How many dialogs that began here are remembered. */
const MOST_DIALOGS = 1_000;

/** The form of `qop` that sip.js recognizes; it ignores any other. */
const QOP = /^"auth(?:-int)?["\s,]/i;

/** Methods that begin a dialog. */
const BEGINNERS: ReadonlySet<string> = new Set(['INVITE', 'SUBSCRIBE', 'REFER']);

/** A request without a final response yet. */
interface Request {
  readonly method: string;
  /** Which of `Authorization` and `Proxy-Authorization` it has. */
  readonly answers: ReadonlySet<string>;
  /** The Call-ID and this side's tag. */
  readonly dialog: string;
  readonly inDialog: boolean;
  /** Whether its address is outside the account's domain. */
  readonly isForeign: boolean;
}

/** The relevant parameters of a challenge. */
interface Read {
  /** The received value, on one line. */
  readonly value: string;
  readonly algorithm: string;
  /** Whether it asks for a token (RFC 8898). */
  readonly isBearer: boolean;
  readonly realm: string;
  readonly qop: readonly string[] | undefined;
  /** Whether sip.js recognizes its `qop`. */
  readonly hasQop: boolean;
}

/** How hard it is to guess a password from the answer to a challenge. */
interface Strength {
  /** See `strengthOf`. */
  readonly algorithm: number;
  readonly hasQop: boolean;
  /** Whether a REGISTER was challenged. */
  readonly isRegistrar: boolean;
}

/**
 * Decides which challenges sip.js answers, and extends its support: to the strongest of several challenges, and to a
 * registrar that challenges after a proxy has, or vice versa (RFC 3261 §22.3). sip.js takes the second challenge for a
 * loop unless it is marked stale.
 *
 * An attacker who gets an answer to their own nonce can guess the password offline. So these challenges are answered:
 *
 * - of a request to a host of the account's domain. Inside a dialog, only if the dialog began here, if a proxy makes it
 *   (407), and if its realm has challenged a request outside a dialog.
 * - of a request to another domain that the user has called: only of a realm that has challenged a REGISTER. If another
 *   side supplied the address, none is answered (`Authentication.withhold`).
 *
 * Later challenges of a realm must be as strong as the earlier ones, by their algorithm and `qop`. For the registrar's
 * realm, that is the strength of challenges of a REGISTER alone: a callee could claim a stronger one, which would keep the
 * user from registering. Only a server on the way to a callee of the account's own domain can still look like the user's
 * server.
 *
 * A Bearer token need not be guessed: its receiver has it. So only the 401 to a REGISTER, which goes to the
 * account's server, asks for one.
 */
export class Challenges {
  readonly #log: Log;
  readonly #isOwn: (address: URI) => boolean;
  readonly #hasToken: () => boolean;
  /** By branch and method. */
  readonly #requests = new Map<string, Request>();
  readonly #begun = new Set<string>();
  /** Realms that challenged a request outside a dialog, with the strength of the strongest challenge of each. */
  readonly #realms = new Map<string, Strength>();
  /** The server whose realms they are. */
  #server = '';

  /**
   * @param isOwn - Whether an address leads to a host of the account's domain.
   * @param hasToken - Whether a challenge for a token has an answer.
   */
  constructor(log: Log, isOwn: (address: URI) => boolean, hasToken: () => boolean = () => false) {
    this.#log = log;
    this.#isOwn = isOwn;
    this.#hasToken = hasToken;
  }

  /** Notes a message that is sent to a server. */
  sent(message: string, server: string): void {
    const {start, headers} = headOf(message);
    const [method = '', uri = ''] = start.split(' ', 2);
    if (/^SIP\//i.test(method) || method === 'ACK' || method === 'CANCEL') return;
    const dialog = `${valueOf(headers, 'call-id')} ${tagOf(valueOf(headers, 'from'))}`;
    const inDialog = tagOf(valueOf(headers, 'to')) !== undefined;
    const answers = new Set(headers.map(({name}) => name).filter((name) => ANSWERS.has(name)));
    // Another server may have another configuration.
    if (server !== this.#server) this.#realms.clear();
    this.#server = server;
    const address = readSipUri(uri);
    const isForeign = !address || !this.#isOwn(address);
    this.#requests.set(keyOf(headers), {method, answers, dialog, inDialog, isForeign});
    if (!inDialog && BEGINNERS.has(method)) this.#begun.add(dialog);
    dropOldest(this.#requests, MOST_REQUESTS);
    dropOldest(this.#begun, MOST_DIALOGS);
  }

  /** Returns a received message as sip.js should read it. */
  received(message: string): string {
    const {status = 0} = readFirstLine(message.slice(0, message.indexOf('\r\n'))) ?? {};
    if (status < 200) return message;
    const {start, headers, rest} = headOf(message);
    const key = keyOf(headers);
    const request = this.#requests.get(key);
    this.#requests.delete(key);
    if (status !== 401 && status !== 407) return message;
    const [own, other] = status === 401 ? ([401, 407] as const) : ([407, 401] as const);
    const name = HEADER[own].toLowerCase();
    const best = strongestOf(
      headers.filter((header) => header.name === name),
      request?.method === 'REGISTER' && this.#hasToken(),
    );
    const refusal = best ? this.#refusalOf(own, request, best) : 'it cannot be understood';
    const others = headers.filter((header) => header.name !== name).map(({raw}) => raw);
    if (!best || refusal) {
      this.#log('warning', `a challenge is not answered: ${refusal}`);
      return [start, ...others].join('\r\n') + rest;
    }
    if (!best.isBearer) this.#learn(request, best);
    const isAnother = request && request.answers.has(ANSWER[other]) && !request.answers.has(ANSWER[own]);
    // sip.js takes the last of two values of a parameter.
    const challenge = `${HEADER[own]}: ${best.value}${isAnother ? ', stale=true' : ''}`;
    return [start, challenge, ...others].join('\r\n') + rest;
  }

  #learn(request: Request | undefined, read: Read): void {
    const {realm, hasQop} = read;
    const isRegistrar = request?.method === 'REGISTER';
    const before = this.#strengthOf(realm, request);
    if (request?.inDialog || (before?.isRegistrar && !isRegistrar)) return;
    this.#realms.set(realm, {
      algorithm: Math.max(before?.algorithm ?? 0, strengthOf(read)),
      hasQop: before?.hasQop || hasQop,
      isRegistrar,
    });
  }

  /** The strength of the realm's challenges so far; for a REGISTER, only that of other REGISTERs. */
  #strengthOf(realm: string, request: Request | undefined): Strength | undefined {
    const before = this.#realms.get(realm);
    return request?.method === 'REGISTER' && !before?.isRegistrar ? undefined : before;
  }

  /** The reason not to answer a challenge; undefined if it is answered. */
  #refusalOf(status: Challenging, request: Request | undefined, read: Read): string | undefined {
    if (!request) return 'no request waits for it';
    const {realm, hasQop} = read;
    if (read.isBearer)
      return status === 401 && request.method === 'REGISTER'
        ? undefined
        : 'it asks for a token, and is not of a REGISTER';
    const before = this.#strengthOf(realm, request);
    if (before?.hasQop && !hasQop) return 'it has no qop, and one before it had';
    if (before && strengthOf(read) < before.algorithm) return 'its algorithm is weaker than one before it';
    if (request.isForeign && (request.inDialog || !before?.isRegistrar)) return 'it is of another domain';
    if (!request.inDialog) return undefined;
    if (status === 401) return 'it is a 401 inside a dialog';
    if (!this.#begun.has(request.dialog)) return 'it is inside a dialog that the other side began';
    return before ? undefined : 'its realm is not one of the server';
  }
}

function valueOf(headers: readonly RawHeader[], name: string): string {
  return headers.find((header) => header.name === name)?.value ?? '';
}

function keyOf(headers: readonly RawHeader[]): string {
  const branch = readVia(valueOf(headers, 'via'))?.parameters.get('branch') ?? '';
  return `${branch} ${readSequence(valueOf(headers, 'cseq'))?.method ?? ''}`;
}

/**
 * The strongest challenge that can be answered; of equal ones, one with a `qop`, then the first. RFC 8760 §2.4 leaves
 * the choice to this side, and sip.js reads only one.
 *
 * @param prefersToken - Whether one for a token comes before all others.
 */
function strongestOf(headers: readonly RawHeader[], prefersToken: boolean): Read | undefined {
  const rank = (read: Read): number =>
    read.isBearer ? (prefersToken ? 9 : -1) : 2 * strengthOf(read) + (read.hasQop ? 1 : 0);
  return headers
    .flatMap(({value}) => challengesIn(value))
    .map(read)
    .filter((challenge) => challenge !== undefined)
    .reduce<Read | undefined>((one, other) => (one && rank(one) >= rank(other) ? one : other), undefined);
}

/** Splits a header into its challenges; commas also separate the parameters of one challenge. */
function challengesIn(value: string): string[] {
  const challenges: string[][] = [];
  for (const piece of piecesOf(value).filter(Boolean)) {
    if (/^(?:[\w-]+\s+[\w-]+\s*=|bearer$)/i.test(piece) || challenges.length === 0) challenges.push([piece]);
    else challenges.at(-1)!.push(piece);
  }
  return challenges.map((pieces) => pieces.join(', '));
}

/** Reads a challenge; undefined if a parameter occurs twice. A scheme other than Digest gets an unknown algorithm. */
function read(value: string): Read | undefined {
  const parameters = new Map<string, string>();
  const isBearer = /^bearer(?:\s|$)/i.test(value);
  let hasQop = false;
  for (const piece of piecesOf(value.replace(/^(?:[\w-]+\s+|bearer$)/i, '')).filter(Boolean)) {
    const equals = piece.indexOf('=');
    const name = piece.slice(0, equals).trim().toLowerCase();
    const text = piece.slice(equals + 1).trim();
    if (equals < 0 || parameters.has(name)) return undefined;
    hasQop ||= name === 'qop' && QOP.test(text);
    parameters.set(name, text.startsWith('"') ? text.slice(1, -1) : text);
  }
  return {
    value,
    isBearer,
    algorithm: /^digest\s/i.test(value) ? (parameters.get('algorithm') ?? 'MD5') : 'none',
    realm: parameters.get('realm') ?? '',
    qop: parameters
      .get('qop')
      ?.toLowerCase()
      .split(',')
      .map((name) => name.trim()),
    hasQop,
  };
}
