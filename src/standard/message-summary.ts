import {cleanNumber, isNumber} from '../core/util/number.js';
import type {WaitingMessages} from '../core/types.js';
import {normalizedHost} from '../core/util/url.js';

/** The media type of the documents (RFC 3842 §5). */
export const MESSAGE_SUMMARY = 'application/simple-message-summary';
/** The largest document that is read, in characters. */
const LARGEST = 8_192;
/** Counts of new and old messages, and how many of each are urgent (RFC 3842 §5.2). */
const COUNTS = /^(\d{1,9})\s*\/\s*(\d{1,9})(?:\s*\(\s*(\d{1,9})\s*\/\s*\d{1,9}\s*\))?$/;

/**
 * Reads a message summary of a mailbox (RFC 3842 §5.2); undefined if the document is not one.
 *
 * Counts voice messages only, not faxes and texts (RFC 3458 §6.2).
 *
 * @param hosts - The hosts of the account's domain: the address of a mailbox at any other host is omitted.
 */
export function readMessageSummary(text: string, hosts: ReadonlySet<string>): WaitingMessages | undefined {
  if (text.length > LARGEST) return undefined;
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    // Details of single messages follow after an empty line.
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

/** The number of a mailbox at one of the account's hosts or in a `tel` URI; empty for any other address. */
function accountOf(address: string, hosts: ReadonlySet<string>): string {
  const uri = address.replace(/^<(.*)>$/, '$1');
  const [, host = ''] = /^sips?:[^@;?\s]+@(\[[^\]]+\]|[^:;?\s]+)/i.exec(uri) ?? [];
  const own = hosts.has(normalizedHost(host)) || /^tel:[+\d*#]/i.test(uri);
  return own && isNumber(uri) ? cleanNumber(uri, () => true) : '';
}
