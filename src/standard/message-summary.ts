import {cleanNumber, isNumber} from '../core/util/number.js';
import type {WaitingMessages} from '../core/types.js';

/** The media type of the documents (RFC 3842 §5). */
export const MESSAGE_SUMMARY = 'application/simple-message-summary';
/** The largest document that is read, in characters. */
const LARGEST = 8_192;
/** New and old ones, and how many of each are urgent (RFC 3842 §5.2). */
const COUNTS = /^(\d{1,9})\s*\/\s*(\d{1,9})(?:\s*\(\s*(\d{1,9})\s*\/\s*\d{1,9}\s*\))?$/;

/**
 * Reads what waits in somebody's mailbox (RFC 3842 §5.2); undefined where it is no such document.
 *
 * Voice messages are counted, as against faxes and texts (RFC 3458 §6.2).
 *
 * @param hosts - The account's own: a mailbox that is anywhere else is told without its address.
 */
export function readMessageSummary(text: string, hosts: readonly string[]): WaitingMessages | undefined {
  if (text.length > LARGEST) return undefined;
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    // Below an empty line stands what is told of single messages.
    if (!line.trim() && fields.size > 0) break;
    if (name && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  const waiting = fields.get('messages-waiting')?.toLowerCase();
  if (waiting !== 'yes' && waiting !== 'no') return undefined;
  const [, fresh, old, urgent] = COUNTS.exec(fields.get('voice-message') ?? '') ?? [];
  return Object.freeze({
    waiting: waiting === 'yes',
    fresh: counted(fresh),
    old: counted(old),
    urgent: counted(urgent),
    account: accountOf(fields.get('message-account') ?? '', hosts),
  });
}

function counted(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

/** The number of a mailbox: at a host of the account's, or by telephone; empty where it is anywhere else. */
function accountOf(address: string, hosts: readonly string[]): string {
  const uri = address.replace(/^<(.*)>$/, '$1');
  const [, host = ''] = /^sips?:[^@;?\s]+@(\[[^\]]+\]|[^:;?\s]+)/i.exec(uri) ?? [];
  const own = hosts.some((each) => each.toLowerCase() === host.toLowerCase()) || /^tel:[+\d*#]/i.test(uri);
  return own && isNumber(uri) ? cleanNumber(uri) : '';
}
