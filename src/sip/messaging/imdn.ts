import {childrenOf, readXml, textOf} from '../xml.js';
import {isMessageId} from './cpim.js';
import type {ReceiptKind} from '../../core/types.js';

/** The media type of notifications about messages (RFC 5438). */
export const IMDN_TYPE = 'message/imdn+xml';

const NAMESPACE = 'urn:ietf:params:xml:ns:imdn';

/** The most characters of a notification that is read. */
const LARGEST = 8_192;

const WRITTEN = {
  delivered: '<delivery-notification><status><delivered/></status></delivery-notification>',
  read: '<display-notification><status><displayed/></status></display-notification>',
} as const;

/** The receipts that a status means; the other statuses, such as `processed`, mean nothing for the recipient. */
const READ: ReadonlyMap<string, ReceiptKind> = new Map([
  ['delivered', 'delivered'],
  ['displayed', 'read'],
  ['failed', 'failed'],
]);

/** A notification about a message. */
export interface Imdn {
  readonly id: string;
  readonly kind: ReceiptKind;
}

/** Writes a notification about the message with the id, which is a message id (RFC 5438 §11.1). */
export function writeImdn(id: string, kind: keyof typeof WRITTEN, time: number): string {
  const datetime = new Date(time).toISOString();
  return `<?xml version="1.0" encoding="UTF-8"?>\r\n<imdn xmlns="${NAMESPACE}"><message-id>${id}</message-id><datetime>${datetime}</datetime>${WRITTEN[kind]}</imdn>`;
}

/** Reads a notification of a stranger; undefined if it is invalid, too large, or without meaning for the recipient. */
export function readImdn(text: string): Imdn | undefined {
  const root = readXml(text, NAMESPACE, 'imdn', LARGEST);
  if (!root) return undefined;
  const id = textOf(childrenOf(root, NAMESPACE, 'message-id')[0]);
  if (!isMessageId(id)) return undefined;
  for (const name of ['display-notification', 'delivery-notification'] as const)
    for (const notification of childrenOf(root, NAMESPACE, name)) {
      const [status] = childrenOf(notification, NAMESPACE, 'status');
      const kind = [...(status?.children ?? [])].map(({localName}) => READ.get(localName)).find(Boolean);
      // “Failed” of a display notification would not mean that the message has not arrived.
      if (kind && (kind === 'read') === (name === 'display-notification')) return {id, kind};
    }
  return undefined;
}
