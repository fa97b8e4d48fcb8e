import {
  InfoUserAgentClient,
  type IncomingRequest,
  type IncomingResponse,
  type SessionDialog,
} from '../sip-js.js';
import {sipDurations} from '../../durations/sip.js';
import {SipError} from '../../errors.js';
import {unlessAborted, within} from '../../within.js';
import {dialogRefusal} from './own-response.js';

/** A tone that the other side sent; `duration` is in milliseconds. */
export interface ReceivedTone {
  readonly tone: string;
  readonly duration: number;
}

const TONE_TYPE = /^application\/dtmf(?:-relay)?\b/i;
const ACCEPT = 'Accept: application/dtmf-relay, application/dtmf';

/** In the order of RFC 4733 §3.2, which numbers the last six from 10 on; some devices send these numbers in INFO. */
const TONES = Array.from('0123456789*#ABCD');
/** The duration of an INFO that names none, in milliseconds. */
const DEFAULT_TONE_MS = 250;
const LONGEST_TONE_MS = 9_999;
/** The longest body that is read, in characters: strangers may have written it, and no tone needs more. */
const BODY_LIMIT = 256;
/**
 * Reads the tone of an INFO: `Signal=5` and `Duration=160` on separate lines (`application/dtmf-relay`), or the bare
 * tone (`application/dtmf`). Returns undefined if there is none.
 */
export function readTone(contentType: string, body: string): ReceivedTone | undefined {
  if (body.length > BODY_LIMIT) return undefined;
  const bare = !/^application\/dtmf-relay\b/i.test(contentType) && !/signal/i.test(body);
  const signal = bare ? body.trim() : (/^[ \t]*signal[ \t]*=[ \t]*(?:(\S+)[ \t]*)?$/im.exec(body)?.[1] ?? '');
  const given = /^[ \t]*duration[ \t]*=[ \t]*(?:(\S+)[ \t]*)?$/im.exec(body)?.[1];
  const duration = given === undefined ? DEFAULT_TONE_MS : /^\d{1,4}$/.test(given) ? Number(given) : 0;
  const tone = /^1[0-5]$/.test(signal) ? TONES[Number(signal)] : signal.toUpperCase();
  if (!tone || !TONES.includes(tone) || duration < 1 || duration > LONGEST_TONE_MS) return undefined;
  return {tone, duration};
}

/** Answers an INFO: returns its tone, and refuses any other, which ends nothing (RFC 6086 §4.2.2). */
export function answerInfo(request: IncomingRequest): ReceivedTone | undefined {
  const {message} = request;
  const contentType = message.getHeader('content-type') ?? '';
  const isTone = TONE_TYPE.test(contentType);
  const tone = isTone ? readTone(contentType, message.body) : undefined;
  if (tone) request.accept();
  else if (isTone) request.reject({statusCode: 400});
  else if (message.hasHeader('info-package'))
    request.reject({statusCode: 469, extraHeaders: ['Recv-Info: ']});
  else request.reject({statusCode: 415, extraHeaders: [ACCEPT]});
  return tone;
}

/**
 * Sends a tone by INFO; resolves when the other side accepts it.
 *
 * @param dialog - Of an answered call, or of one that still rings.
 * @param options.subject - The subject of errors.
 * @param options.signal - Aborted when the answer is no longer needed.
 * @throws {SipError} `tones-refused`, `timeout`, `connection-lost`, `call-not-found`, `aborted`
 */
export async function sendTone(
  dialog: SessionDialog,
  {tone, duration}: ReceivedTone,
  {subject, signal}: {subject: string; signal: AbortSignal},
): Promise<void> {
  const answer = new Promise<true>((resolve, reject) => {
    const refused = ({message}: IncomingResponse): void =>
      reject(dialogRefusal(message, 'tones-refused', subject));
    const delegate = {onAccept: () => resolve(true), onReject: refused, onRedirect: refused};
    const body = {
      contentDisposition: 'render',
      contentType: 'application/dtmf-relay',
      content: `Signal=${tone}\r\nDuration=${duration}\r\n`,
    };
    // The dialog itself sends no INFO while the call rings.
    new InfoUserAgentClient(dialog, delegate, {body});
  });
  const wanted = unlessAborted(answer, [signal], () => new SipError('aborted', {subject}));
  if (!(await within(wanted, sipDurations.toneResponse))) throw new SipError('timeout', {subject});
}
