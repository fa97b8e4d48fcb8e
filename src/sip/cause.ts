import type {CallCause} from '../core/types.js';
import {toSipError, type SipError, type SipErrorCode} from '../errors.js';
import {valuesOf} from './header-values.js';

/** One value of a Reason header (RFC 3326). */
interface Reason {
  readonly protocol: string;
  readonly cause: number;
}

/** What ISUP release causes mean to a caller (RFC 3398 §7.2.4.1); those that are missing say nothing. */
const Q850: Readonly<Record<number, SipErrorCode>> = {
  1: 'unknown-number',
  17: 'busy',
  18: 'no-answer',
  19: 'no-answer',
  20: 'number-offline',
  21: 'declined',
  28: 'invalid-number',
  102: 'session-expired',
};

/** These come from the one who was called; others come from servers on the way. */
const PERSONAL: ReadonlySet<number> = new Set([480, 486, 600, 603]);

/** What is of this side's page, and not of the one who is called. */
const OF_PAGE: ReadonlySet<SipErrorCode> = new Set([
  'ice-servers-failed',
  'no-relay',
  'relay-refused',
  'relay-unreachable',
]);

/** Why a call came to nothing that failed here. */
export function causeOfFailure({code, subject, expected}: SipError): CallCause {
  const about = OF_PAGE.has(code) && subject !== undefined && {subject, ...(expected && {expected})};
  return {by: 'local', code, ...about};
}

/** Why a call ended whose INVITE was refused. */
export function causeOfResponse(status: number, number: string): CallCause {
  return {by: PERSONAL.has(status) ? 'remote' : 'server', code: toSipError({status}, number).code, status};
}

/** Why a call ended that its caller took back; a 200 in the Reason says that another device answered. */
export function causeOfCancel(reasonHeaders: readonly string[]): CallCause {
  const reason = reasons(reasonHeaders).find(({protocol}) => protocol === 'SIP');
  if (!reason) return {by: 'remote', code: 'cancelled'};
  if (reason.cause === 200) return {by: 'remote', code: 'answered-elsewhere', status: 200};
  return {by: 'remote', code: 'cancelled', status: reason.cause};
}

/** Why a call ended by a BYE. */
export function causeOfBye(reasonHeaders: readonly string[]): CallCause {
  for (const {protocol, cause} of reasons(reasonHeaders)) {
    if (protocol === 'SIP' && cause >= 300) return causeOfResponse(cause, '');
    if (protocol === 'Q.850' && Q850[cause]) return {by: 'remote', code: Q850[cause]};
  }
  return {by: 'remote', code: 'normal'};
}

function reasons(headers: readonly string[]): Reason[] {
  return headers
    .flatMap(valuesOf)
    .map((value) => ({
      protocol: value.split(/[;\s]/, 1)[0]!.toUpperCase(),
      cause: Number(/;\s*cause\s*=\s*(\d+)/i.exec(value)?.[1] ?? 0),
    }))
    .filter(({cause}) => cause > 0);
}
