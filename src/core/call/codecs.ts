import {SipError} from '../../errors.js';

/** The encoding names of browsers' call codecs (RFC 7874, RFC 7742 and others). */
const CODECS = ['opus', 'red', 'G722', 'PCMU', 'PCMA', 'CN', 'VP8', 'VP9', 'H264', 'H265', 'AV1'];

/** Checks the page's codecs, which may be any value. @throws {SipError} `bad-parameter` */
export function checkedCodecs(given: unknown): readonly string[] {
  if (given === undefined || given === null) return Object.freeze([]);
  if (!Array.isArray(given))
    throw new SipError('bad-parameter', {subject: 'codecs', expected: JSON.stringify(CODECS)});
  const known = (given as unknown[]).map((name) => {
    const found = CODECS.find((codec) => codec.toLowerCase() === String(name).toLowerCase());
    if (!found)
      throw new SipError('bad-parameter', {subject: `codec “${String(name)}”`, expected: CODECS.join(', ')});
    return found;
  });
  return Object.freeze(known);
}
