import {groupOf} from '../../core/messages/message.js';
import type {Party} from '../../core/types.js';

/** Returns whom a conversation is with: a person, or a group with its own number. */
export function partyOf<T extends Party>(conversation: T): T {
  const group = groupOf(conversation.number);
  return group === undefined ? conversation : {...conversation, number: group};
}

/** What is opened: a conversation, perhaps at a message. */
export interface Opening extends Party {
  readonly message?: string;
}
