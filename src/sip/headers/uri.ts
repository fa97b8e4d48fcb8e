import {NameAddrHeader, type IncomingMessage, type URI} from 'sip.js/lib/core/index.js';
import {bracketed} from '../../core/util/url.js';
import {SipError} from '../../errors.js';
import {readSipUri} from './grammar.js';

/**
 * Builds the URI of a number at the domain (RFC 3261 §19.1).
 *
 * @throws {SipError} `invalid-number`
 */
export function uriOf(number: string, domain: string): URI {
  const uri = readSipUri(`sip:${number.replaceAll('#', '%23')}@${bracketed(domain)}`);
  if (!uri) throw new SipError('invalid-number', {subject: number});
  return uri;
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
  return user !== '' && user.toLowerCase() !== 'anonymous' && user === name && host === domain;
}
