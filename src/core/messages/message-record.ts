import {ERROR_TEXTS} from '../../errors.js';
import {fileIn, type SipMessage} from './message.js';

/** A message as it is kept. */
export interface MessageRecord extends Omit<SipMessage, 'file'> {
  readonly account: string;
  /** What it is sorted by: the newest first, since a database reads from its beginning. */
  readonly order: number;
  /** Those that were told of it by the server, as each of several tabs is. */
  readonly tabs: readonly string[];
  /** There while it is sent: what nobody sends any more is found by it. */
  readonly sending?: 1;
  readonly fileName?: string;
  readonly fileSize?: number;
}

const STATES = ['sending', 'sent', 'failed', 'received'] as const;

/** A message as it is to be kept. */
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

/** The message that was kept. Any script of the page can have written it. */
export function messageOf(record: MessageRecord): SipMessage {
  const {id, number, direction, text, contentType, time, state, error, fileName, fileSize} = record;
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
    ...(typeof error === 'string' && Object.hasOwn(ERROR_TEXTS, error) && {error}),
    ...(file && {file}),
  });
}
