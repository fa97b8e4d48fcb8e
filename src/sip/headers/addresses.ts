import {NameAddrHeader, type IncomingMessage, type URI} from '../sip-js.js';
import type {ResolvedOptions} from '../../core/client/options.js';
import {dropOldest} from '../../core/util/collections/newest.js';
import {isNobody} from '../../core/util/number.js';
import {bracketed, normalizedHost} from '../../core/util/url.js';
import {SipError} from '../../errors.js';
import {decodedUser, escapedUser, readSipUri} from './grammar.js';

/** The most names of servers that are remembered: each server of an account has one or two. */
const MOST_NAMES = 20;

/**
 * Translates between numbers and SIP addresses. The number of a user of the account's domain is the user part; that of
 * another domain's user is `user@host`, so that no stranger passes for a user of the account's domain.
 *
 * The account's domain has several hosts: the domain, its servers, those that the page lists, and those by which a server
 * names itself. A PBX behind a proxy often writes its own address into the messages that it sends.
 */
export class Addresses {
  readonly #domain: string;
  readonly #hosts: ReadonlySet<string>;
  /** The hosts in the topmost Via of the server's requests: only the server itself writes it. */
  readonly #names = new Set<string>();

  constructor({domain, hosts}: Pick<ResolvedOptions, 'domain' | 'hosts'>) {
    this.#domain = domain;
    this.#hosts = hosts;
  }

  /** Notes a request of the server. */
  heard({via}: {readonly via: {readonly host: string}}): void {
    const name = normalizedHost(via.host);
    // Browsers have such names (RFC 7118 §5): no server does.
    if (name.endsWith('.invalid')) return;
    this.#names.delete(name);
    this.#names.add(name);
    dropOldest(this.#names, MOST_NAMES);
  }

  /** Whether a host is one of the account's domain. */
  owns(host: string): boolean {
    const name = normalizedHost(host);
    return this.#hosts.has(name) || this.#names.has(name);
  }

  /** Whether an address leads to a host of the account's domain; its `maddr` names the host instead (RFC 3261 §19.1.1). */
  isOwn(uri: URI): boolean {
    const host = uri.getParam('maddr');
    return this.owns(uri.host) && (host === undefined || this.owns(host ?? ''));
  }

  /** The number at an address; empty if the address has none. */
  numberOf({user = '', host, port}: Pick<URI, 'user' | 'host' | 'port'>): string {
    const number = decodedUser(user);
    if (isNobody(number) || (this.owns(host) && !number.includes('@'))) return number;
    return `${number}@${this.owns(host) ? this.#domain : host}${port && !this.owns(host) ? `:${port}` : ''}`;
  }

  /**
   * The number at the address in a document, which may be of a telephone or of presence; undefined if it has none.
   *
   * @param room - The address of a conference that the account's server has led to: its host counts as the account's.
   */
  numberAt(text: string, room?: string): string | undefined {
    const [, scheme = '', rest = ''] = /^(sips?|pres|tel):(.*)$/is.exec(text) ?? [];
    if (/^tel$/i.test(scheme)) return this.#telephoneNumber(rest) || undefined;
    const uri = scheme && readSipUri(`sip:${rest}`);
    if (!uri) return undefined;
    const isOfRoom = room !== undefined && readSipUri(room)?.host === uri.host;
    return (isOfRoom ? decodedUser(uri.user ?? '') : this.numberOf(uri)) || undefined;
  }

  /** The number in a `tel` URI; that of a local number whose context is a domain is `number@domain` (RFC 3966 §5.1.5). */
  #telephoneNumber(text: string): string {
    const [number = '', ...parameters] = text.split(';');
    const [context] = parameters.flatMap(
      (parameter) => /^phone-context=([^+].*)$/i.exec(parameter)?.[1] ?? [],
    );
    if (context === undefined || number.startsWith('+')) return decodedUser(number);
    const uri = readSipUri(`sip:${number}@${context}`);
    return uri ? this.numberOf(uri) : '';
  }

  /**
   * Builds the address of a number (RFC 3261 §19.1).
   *
   * @throws {SipError} `invalid-number`
   */
  uriOf(number: string): URI {
    const at = number.lastIndexOf('@');
    const [user, host] =
      at < 0 ? [number, bracketed(this.#domain)] : [number.slice(0, at), number.slice(at + 1)];
    const uri = readSipUri(`sip:${escapedUser(user)}@${host}`);
    if (!uri || /[;?]/.test(host)) throw new SipError('invalid-number', {subject: number});
    return uri;
  }
}

/** Parses a URI. @throws {SipError} `invalid-number` */
export function readUri(text: string): URI {
  const uri = readSipUri(text);
  if (!uri) throw new SipError('invalid-number', {subject: text});
  return uri;
}

/**
 * The address of the conference whose focus sent the message, from its Contact (RFC 4579 §4); undefined if no focus
 * sent it.
 */
export function focusOf(message: IncomingMessage): URI | undefined {
  const contact = message.hasHeader('contact') ? (message.parseHeader('contact') as unknown) : undefined;
  return contact instanceof NameAddrHeader && contact.hasParam('isfocus') ? contact.uri : undefined;
}

/** Whether an address is the other one, and names somebody. */
export function isSameParty({user = '', host}: URI, other: string | undefined): boolean {
  const {user: name, host: domain} = other === undefined ? {} : readUri(other);
  return !isNobody(user) && user === name && host === domain;
}
