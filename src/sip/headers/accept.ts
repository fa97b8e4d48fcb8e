import type {ResolvedOptions} from '../../core/client/options.js';

/**
 * The Accept header of this side (RFC 3261 §20.1). A user who sends no receipts, or shares no composing indications,
 * is not sent those of others.
 */
export function acceptHeader({
  messageReceipts,
  messageComposing,
}: Pick<ResolvedOptions, 'messageReceipts' | 'messageComposing'>): string {
  const types = [
    'application/sdp',
    'text/plain',
    'message/cpim',
    ...(messageReceipts === 'none' ? [] : ['message/imdn+xml']),
    ...(messageComposing === 'off' ? [] : ['application/im-iscomposing+xml']),
  ];
  return `Accept: ${types.join(', ')}`;
}
