import type {CallCause} from '../../core/types.js';
import {toSipError, type SipError, type SipErrorCode} from '../../errors.js';
import {valuesOf} from './header-values.js';

/** One value of a Reason header (RFC 3326). */
interface Reason {
  readonly protocol: string;
  readonly cause: number;
}

/** Error codes of telephone network causes (Q.850, RFC 3398 §7.2.4.1); missing causes have no clear meaning. */
const Q850: Readonly<Record<number, SipErrorCode>> = {
  1: 'unknown-number',
  2: 'number-offline',
  // PBXs send it for callees who are not registered.
  3: 'number-offline',
  5: 'invalid-number',
  17: 'busy',
  18: 'no-answer',
  19: 'no-answer',
  20: 'number-offline',
  21: 'declined',
  22: 'unknown-number',
  27: 'number-offline',
  28: 'invalid-number',
  34: 'server-error',
  38: 'server-error',
  41: 'server-error',
  42: 'server-error',
  44: 'server-error',
  47: 'server-error',
  52: 'not-allowed',
  54: 'not-allowed',
  57: 'not-allowed',
  58: 'not-acceptable',
  65: 'not-acceptable',
  88: 'not-acceptable',
};

/** Error codes of the causes in an established call (RFC 4028 §10). */
const Q850_LATER: typeof Q850 = {...Q850, 102: 'session-expired'};

/** Statuses from the callee; others come from servers on the way, perhaps even a 603 (RFC 3261 §21.6.2). */
const PERSONAL: ReadonlySet<number> = new Set([480, 486, 600]);

const OF_CALLEE: ReadonlySet<SipErrorCode> = new Set(['busy', 'declined', 'no-answer']);

/** Errors of this side's page rather than the callee. */
const OF_PAGE: ReadonlySet<SipErrorCode> = new Set([
  'ice-servers-failed',
  'no-relay',
  'relay-refused',
  'relay-unreachable',
]);

/** The cause of a call that failed on this side. */
export function causeOfFailure({code, subject, expected}: SipError): CallCause {
  const about = OF_PAGE.has(code) && subject !== undefined && {subject, ...(expected && {expected})};
  return {by: 'local', code, ...about};
}

/**
 * The cause of a call whose INVITE was refused: from the telephone network (RFC 6432) if given, else from the status.
 */
export function causeOfResponse(
  status: number,
  number: string,
  reasonHeaders: readonly string[] = [],
): CallCause {
  const code = networkCode(reasons(reasonHeaders), Q850);
  if (code) return {by: OF_CALLEE.has(code) ? 'remote' : 'server', code, status};
  return {by: PERSONAL.has(status) ? 'remote' : 'server', code: toSipError({status}, number).code, status};
}

/** The cause of a call that its caller cancelled; a 200 in the Reason means that another device answered. */
export function causeOfCancel(reasonHeaders: readonly string[]): CallCause {
  const reason = reasons(reasonHeaders).find(({protocol}) => protocol === 'SIP');
  if (!reason) return {by: 'remote', code: 'cancelled'};
  if (reason.cause === 200) return {by: 'remote', code: 'answered-elsewhere', status: 200};
  return {by: 'remote', code: 'cancelled', status: reason.cause};
}

/** The cause of a call that ended by a BYE. */
export function causeOfBye(reasonHeaders: readonly string[]): CallCause {
  const given = reasons(reasonHeaders);
  const code = networkCode(given, Q850_LATER);
  if (code) return {by: 'remote', code};
  const failure = given.find(({protocol, cause}) => protocol === 'SIP' && cause >= 300);
  return failure ? causeOfResponse(failure.cause, '') : {by: 'remote', code: 'normal'};
}

/** The code of the first cause that has one. */
function networkCode(given: readonly Reason[], table: typeof Q850): SipErrorCode | undefined {
  return given.map(({protocol, cause}) => (protocol === 'Q.850' ? table[cause] : undefined)).find(Boolean);
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
