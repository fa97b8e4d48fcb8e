import {SipError} from '../../errors.js';
import {withoutSecrets} from '../util/url.js';

/**
 * Addresses by which a PBX offers features that SIP has no method for, and conferences; for the standard profile.
 * `{number}` is the number in question, `{host}` the account's domain. A feature without a pattern is not offered.
 */
export interface DialPatterns {
  /** What to call to see the camera of a number, for example `sip:*33{number}@{host}`. */
  readonly monitorUri?: string;
  /** What to call to listen in on the call of a number without being heard. */
  readonly listenInUri?: string;
  /** What to call to barge into the call of a number. */
  readonly bargeInUri?: string;
  /**
   * What to call to play a file into a call, for example `sip:*88{file}*{number}@{host}`: to the call's remote number,
   * or into the room of that number.
   */
  readonly playFileUri?: string;
  /**
   * What to call to create a conference (RFC 4579 §5.4), for example `sip:conference@{host}`. Rooms are joined by their
   * number.
   */
  readonly conferenceUri?: string;
}

/** The patterns among the options: each is an attribute too, and must contain its `places`. */
export const PATTERNS = {
  monitorUri: {attribute: '', places: ['{number}']},
  listenInUri: {attribute: '', places: ['{number}']},
  bargeInUri: {attribute: '', places: ['{number}']},
  playFileUri: {attribute: '', places: ['{file}', '{number}']},
  conferenceUri: {attribute: '', places: []},
} as const satisfies Record<keyof DialPatterns, {attribute: ''; places: readonly string[]}>;

/** Examples for error messages, by number of placeholders. */
const EXAMPLES = ['sip:conference@{host}', 'sip:*33{number}@{host}', 'sip:*88{file}*{number}@{host}'];

/** A SIP URI without a password, and without headers, which a Request-URI cannot have (RFC 3261 §19.1.1, §25.1). */
const SIP_URI =
  /^sip:(?:[\w.!~*'()&=+$,;?/-]|%[\da-f]{2})+@(?:[a-z\d.-]+|\[[\da-f:.]+\])(?::\d{1,5})?(?:;(?:[\w.!~*'()[\]/:&+$=-]|%[\da-f]{2})+)*$/i;

/**
 * Checks the patterns that a page gives.
 *
 * @throws {SipError} `bad-parameter`, its subject naming the attribute, if a pattern is not a SIP URI or lacks a
 * placeholder.
 */
export function checkedPatterns(given: DialPatterns): DialPatterns {
  const patterns: {-readonly [K in keyof DialPatterns]: string} = {};
  for (const [name, {places}] of Object.entries(PATTERNS) as [
    keyof DialPatterns,
    {places: readonly string[]},
  ][]) {
    const pattern = String(given[name] ?? '').trim();
    if (!pattern) continue;
    // Filled-in values may need escapes, which a host cannot contain.
    const filled = places.reduce((text, place) => text.replaceAll(place, '%23'), pattern);
    const complete = places.every((place) => pattern.includes(place));
    if (!complete || !SIP_URI.test(filled.replaceAll('{host}', 'host'))) {
      const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      throw new SipError('bad-parameter', {
        subject: `${attribute} “${withoutSecrets(pattern)}”`,
        expected: `${EXAMPLES[places.length]!} (# = %23)`,
      });
    }
    patterns[name] = pattern;
  }
  return Object.freeze(patterns);
}
