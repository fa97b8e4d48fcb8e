import {ERROR_TEXTS} from '../../errors.js';
import {fileIn, type SipMessage} from './message.js';

/** A message as it is stored. */
export interface MessageRecord extends Omit<SipMessage, 'file'> {
  readonly account: string;
  /** The sort key: newest first, because a database reads from its beginning. */
  readonly order: number;
  /** The tabs that received it from the server: each of several tabs receives it. */
  readonly tabs: readonly string[];
  /** Present while the message is being sent; finds messages whose page was closed. */
  readonly sending?: 1;
  readonly fileName?: string;
  readonly fileSize?: number;
}

const STATES = ['sending', 'sent', 'failed', 'received'] as const;

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
    ...(message.state === 'sending' && {sending: 1 as const}),
    ...(file && {fileName: file.name, fileSize: file.size}),
  };
}

/** Returns a stored message, which any script of the page may have written. */
export function messageOf(record: MessageRecord): SipMessage {
  const {id, number, direction, text, contentType, time, state, delivered, error, fileName, fileSize} =
    record;
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
    ...(typeof error === 'string' && Object.hasOwn(ERROR_TEXTS, error) && {error}),
    ...(file && {file}),
  });
}
