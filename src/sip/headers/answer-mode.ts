import type {IncomingRequestMessage} from '../sip-js.js';
import {LONGEST_VALUE} from './header-values.js';

/** How long “Ring Answer” rings first if it names no delay, in seconds. */
const RING_ANSWER_S = 2;

/** Addresses, whose parameters are not those of the header; other text in angle brackets does not match. */
const ADDRESS = /<[a-z][\w+.-]*:[^<>]*>/gi;
const SECONDS = /(?:^|[;,])[ \t]*answer-after[ \t]*=[ \t]*"?(\d{1,4})"?[ \t]*(?:[;,]|$)/i;
const DELAY = /(?:^|[;,])[ \t]*delay[ \t]*=[ \t]*"?(\d{1,4})"?[ \t]*(?:[;,]|$)/i;
const ALERT_INFO = /(?:^|[;,])[ \t]*info[ \t]*=[ \t]*"?alert-autoanswer"?[ \t]*(?:[;,]|$)/i;
const ALERT_NAME = /(?:^|[;,])[ \t]*(?:info[ \t]*=[ \t]*)?[<"]?(auto|ring)[ -]?answer[>"]?[ \t]*(?:[;,]|$)/i;

/**
 * Returns after how many seconds the caller requests automatic answering; undefined if they do not.
 *
 * Reads `Answer-Mode` and `Priv-Answer-Mode` (RFC 5373), `answer-after` of `Call-Info`, and the values of `Alert-Info`
 * that phones support: `info=alert-autoanswer` with its `delay`, “Auto Answer” and “Ring Answer”.
 */
export function answerDelay(request: Pick<IncomingRequestMessage, 'getHeaders'>): number | undefined {
  const modes = [...request.getHeaders('priv-answer-mode'), ...request.getHeaders('answer-mode')];
  const mode = modes[0]?.split(';', 1)[0]!.trim().toLowerCase();
  if (mode === 'manual') return undefined;
  const asked = secondsOf(read(request, 'call-info')) ?? alertDelay(read(request, 'alert-info'));
  return mode === 'auto' ? (asked ?? 0) : asked;
}

function alertDelay(headers: readonly string[]): number | undefined {
  const after = secondsOf(headers);
  if (after !== undefined) return after;
  const value = headers.find((text) => ALERT_INFO.test(text) || ALERT_NAME.test(text));
  if (value === undefined) return undefined;
  const [, name = ''] = ALERT_NAME.exec(value) ?? [];
  const delay = DELAY.exec(value)?.[1];
  return delay === undefined ? (name.toLowerCase() === 'ring' ? RING_ANSWER_S : 0) : Number(delay);
}

function secondsOf(headers: readonly string[]): number | undefined {
  const seconds = headers.map((text) => SECONDS.exec(text)?.[1]).find((digits) => digits !== undefined);
  return seconds === undefined ? undefined : Number(seconds);
}

/** The header's values without addresses; some dial plans leave a backslash before the semicolon. */
function read(request: Pick<IncomingRequestMessage, 'getHeaders'>, name: string): readonly string[] {
  return request
    .getHeaders(name)
    .filter(({length}) => length <= LONGEST_VALUE)
    .map((text) => text.replace(ADDRESS, '').replaceAll('\\;', ';').trim());
}
