import {SipError} from '../../errors.js';

/**
 * The page's additional headers for a SIP message, by name: `{'X-Order': '4711'}`. Names are tokens (RFC 3261 §25.1),
 * values are one line of text. Headers that the client writes itself, or that servers use for routing, are refused.
 */
export type SipHeaders = Readonly<Record<string, string>>;

const EXAMPLE = '{"X-Order": "4711"}';

const TOKEN = /^[\w.!%*+`'~-]+$/;

/** The client's own headers, in their long form or as a letter (RFC 3261 §7.3.3). */
const OWN = new RegExp(
  `^(?:.|${[
    'via|from|to|call-id|cseq|contact|max-forwards|(?:record-|service-)?route|path|user-agent|reason',
    'allow(?:-events)?|(?:un)?supported|require|rack|rseq|(?:session-|min-)?expires|min-se|retry-after',
    'authorization|(?:www|proxy|security)-.*|authentication-info|identity(?:-info)?',
    'content-.*|mime-version|accept(?:-encoding|-language)?|event|subscription-state|sip-(?:etag|if-match)',
    'replaces|join|target-dialog|refer.*|info-package|recv-info',
  ].join('|')})$`,
  'i',
);

/**
 * Returns the page's headers as whole lines.
 *
 * @throws {SipError} `bad-parameter`; its subject names the header, never its value.
 */
export function headerLines(given: SipHeaders | null | undefined): readonly string[] {
  if (given === undefined || given === null) return [];
  if (typeof given !== 'object' || Symbol.iterator in given)
    throw new SipError('bad-parameter', {subject: 'headers', expected: EXAMPLE});
  return Object.entries(given as Record<string, unknown>).map(([name, value]) => {
    const readable = typeof value === 'string' && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value);
    if (!readable || !TOKEN.test(name) || OWN.test(name))
      throw new SipError('bad-parameter', {subject: `header “${name}”`, expected: EXAMPLE});
    return `${name}: ${value}`;
  });
}
