import {SipError} from '../../errors.js';
import {withoutSecrets} from '../util/without-secrets.js';

/**
 * Addresses by which a PBX does what SIP has no method for, and by which it makes conferences; for the standard profile.
 * `{number}` is who or what is meant, `{host}` the domain of the account. What has no pattern is not offered.
 */
export interface DialPatterns {
  /** What is called to see somebody's camera, as `sip:*33{number}@{host}`. */
  readonly monitorUri?: string;
  /** What is called to hear the call of somebody who does not hear this side. */
  readonly listenInUri?: string;
  /** What is called to go into the call of somebody. */
  readonly bargeInUri?: string;
  /**
   * What is called to have a file played into a call, as `sip:*88{file}*{number}@{host}`: to the number that it is with,
   * or into the room of that number.
   */
  readonly playFileUri?: string;
  /** What is called to make a conference (RFC 4579 §5.4), as `sip:conference@{host}`; rooms are joined by their number. */
  readonly conferenceUri?: string;
}

/** What has to be in each of them. */
const PLACES = {
  monitorUri: ['{number}'],
  listenInUri: ['{number}'],
  bargeInUri: ['{number}'],
  playFileUri: ['{file}', '{number}'],
  conferenceUri: [],
} as const satisfies Record<keyof DialPatterns, readonly string[]>;

/** What is written, by how many places there are. */
const EXAMPLES = ['sip:conference@{host}', 'sip:*33{number}@{host}', 'sip:*88{file}*{number}@{host}'];

/** A SIP URI without a password and headers, which no request can be sent to (RFC 3261 §19.1.1, §25.1). */
const SIP_URI =
  /^sip:(?:[\w.!~*'()&=+$,;?/-]|%[\da-f]{2})+@(?:[a-z\d.-]+|\[[\da-f:.]+\])(?::\d{1,5})?(?:;(?:[\w.!~*'()[\]/:&+$=-]|%[\da-f]{2})+)*$/i;

/**
 * The patterns that a page gives.
 *
 * @throws {SipError} `bad-parameter`, its subject naming the attribute, where one makes no SIP URI or lacks what is filled in.
 */
export function checkedPatterns(given: DialPatterns): DialPatterns {
  const patterns: {-readonly [K in keyof DialPatterns]: string} = {};
  for (const [name, places] of Object.entries(PLACES) as [keyof DialPatterns, readonly string[]][]) {
    const pattern = String(given[name] ?? '').trim();
    if (!pattern) continue;
    // What is filled in may need an escape, which a host cannot have.
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
