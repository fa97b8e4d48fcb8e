import {SipError} from '../../errors.js';
import type {TrackProcessor} from '../devices/devices-state.js';
import type {EncryptionOptions} from '../types.js';
import {cleanNumber, isNumber} from '../util/number.js';
import {withoutSecrets} from '../util/url.js';
import {parseQuietHours} from '../ringing/quiet-hours.js';

/** Checks nothing. */
export const asGiven = <T>(given: T | undefined): T | undefined => given;

/** Returns a check for a switch. */
export const flag =
  (initial: boolean) =>
  (given: boolean | undefined): boolean =>
    given ?? initial;

/** Returns a check for a text, which may be empty. */
export const text =
  (initial = '') =>
  (given: string | undefined): string =>
    given || initial;

/** Returns a check for one of `values`, the first by default. */
export const oneOf =
  <const T extends string>(...values: readonly [T, ...T[]]) =>
  (given: T | undefined, name: string): T => {
    if (!given) return values[0];
    if (!values.includes(given))
      throw new SipError('bad-parameter', {subject: `${name} “${given}”`, expected: values.join(', ')});
    return given;
  };

const encryptionMode = oneOf('prefer', 'require');

/** Returns how calls are encrypted; undefined if they are not. @throws {SipError} `bad-parameter` */
export function encryptionOf(
  given: EncryptionOptions['mode'] | EncryptionOptions | undefined,
  name: string,
): EncryptionOptions | undefined {
  if (!given) return undefined;
  const options = typeof given === 'string' ? {mode: given} : given;
  // What is misspelled must not be a plain call.
  return {...options, mode: encryptionMode(options.mode, name)};
}

/** Returns a check for an integer from `least` to `most`; it accepts a string too. */
export const count =
  (initial: number, most = Number.MAX_SAFE_INTEGER, least = 1) =>
  (given: unknown, name: string): number => {
    const value = typeof given === 'string' && given.trim() ? Number(given) : (given ?? initial);
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new SipError('bad-parameter', {
      subject: `${name} “${String(given)}”`,
      expected: most < 1e9 ? `${least}–${most}` : '1, 2, 3 …',
    });
  };

/** A host name or an IP address, without a port. */
const HOST = /^(?:[\w.-]+|\[?[\da-f]*:[\da-f:.]+\]?)$/i;

/** A user's number or name, without its domain. */
export const USER = /^[^\s@<>";:,]+$/;

/** Returns the user's number. @throws {SipError} `bad-parameter`, with the correct options for an address of record */
export function checkedUser(given: string | undefined): string {
  const user = String(given ?? '').trim();
  if (USER.test(user)) return user;
  const [, name, domain] = /^(?:sips?:)?([^\s@<>";:,]+)@([^\s@<>";,]+)$/i.exec(user) ?? [];
  const expected = name ? `user="${name}" domain="${domain!}"` : 'user="1001"';
  throw new SipError('bad-parameter', {subject: `user “${withoutSecrets(user)}”`, expected});
}

/** Returns the hosts of a list, or of a text with spaces or commas between them. @throws {SipError} `bad-parameter` */
export function checkedHosts(given: string | readonly string[] | undefined): readonly string[] {
  const hosts = [given ?? []].flat().flatMap((text) =>
    String(text)
      .split(/[\s,]+/)
      .filter(Boolean),
  );
  const wrong = hosts.find((host) => !HOST.test(host));
  if (wrong !== undefined)
    throw new SipError('bad-parameter', {
      subject: `trustedHosts “${withoutSecrets(wrong)}”`,
      expected: 'pbx.example.org, 10.0.0.5',
    });
  return Object.freeze(hosts);
}

/** @throws {SipError} `bad-parameter` */
export function checkedQuietHours(given: string | undefined): string {
  parseQuietHours(given);
  return given || '';
}

/** @throws {SipError} `bad-parameter` */
export function checkedMailbox(given: string | undefined): string {
  const number = String(given ?? '').trim();
  if (number && !isNumber(number)) throw new SipError('bad-parameter', {subject: `mailbox “${number}”`});
  return number && cleanNumber(number);
}

/** Returns a lifetime in seconds that a server accepts: 60 unless it is an integer in 1–600. */
export function normalizeExpires(expires: number | undefined): number {
  return expires !== undefined && Number.isInteger(expires) && expires >= 1 && expires <= 600 ? expires : 60;
}

/** Returns a function that processes tracks. @throws {SipError} `bad-parameter` */
export function checkedProcessor(
  given: TrackProcessor | undefined,
  name: string,
): TrackProcessor | undefined {
  if (given && typeof given !== 'function') throw new SipError('bad-parameter', {subject: name});
  return given ?? undefined;
}
