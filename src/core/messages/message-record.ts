import {ERROR_TEXTS} from '../../errors.js';
import {fileIn, type MessageRecipient, type SipMessage} from './message.js';

/** A message as it is stored. */
export interface MessageRecord extends Omit<SipMessage, 'file'> {
  readonly account: string;
  /** The sort key: newest first, because a database reads from its beginning. */
  readonly order: number;
  /** The tabs that received it from the server: each of several tabs receives it. */
  readonly tabs: readonly string[];
  /** 1 while the message is being sent or waits, 2 while a receipt for it is due: finds what a closed page has left. */
  readonly sending?: typeof UNSENT | typeof DUE;
  readonly fileName?: string;
  readonly fileSize?: number;
}

export const UNSENT = 1;
export const DUE = 2;

const STATES = ['sending', 'waiting', 'sent', 'failed', 'received'] as const;

/** Converts a message for storage. */
export function recordOf(
  {file, ...message}: SipMessage,
  account: string,
  tabs: readonly string[],
): MessageRecord {
  return {
    ...message,
    account,
    order: -message.time,
    tabs,
    ...((message.state === 'sending' || message.state === 'waiting') && {sending: UNSENT}),
    ...(message.due && {sending: DUE}),
    ...(file && {fileName: file.name, fileSize: file.size}),
  };
}

/** Returns a stored message, which any script of the page may have written. */
export function messageOf(record: MessageRecord): SipMessage {
  const {id, number, direction, text, contentType, time, state, error, fileName, fileSize} = record;
  const {delivered, read, asksRead, due, lost, recipients, copyOf} = record;
  const content = String(text);
  const file =
    fileIn(content) ??
    (fileName === undefined ? undefined : {name: String(fileName), size: Number(fileSize) || 0, url: ''});
  return Object.freeze({
    id: String(id),
    number: String(number),
    direction: direction === 'outgoing' ? 'outgoing' : 'incoming',
    text: content,
    contentType: String(contentType),
    time: Math.min(Math.max(0, Number(time) || 0), 8.64e15),
    state: STATES.find((known) => known === state) ?? 'received',
    ...(delivered === true && {delivered}),
    ...(read === true && {read}),
    ...(asksRead === true && {asksRead}),
    ...((due === 'delivered' || due === 'read') && {due}),
    ...(lost === true && {lost}),
    ...(typeof error === 'string' && Object.hasOwn(ERROR_TEXTS, error) && {error}),
    ...(file && {file}),
    ...(Array.isArray(recipients) && {
      recipients: Object.freeze(recipients.filter(Boolean).map(recipientOf)),
    }),
    ...(copyOf && {copyOf: Object.freeze({number: String(copyOf.number), id: String(copyOf.id)})}),
  });
}

function recipientOf({number, name, id}: MessageRecipient): MessageRecipient {
  return Object.freeze({number: String(number), name: String(name), id: String(id)});
}
