import {registerTranslation} from '@shoelace-style/localize';
import {en} from './en.js';

/** The English texts of messages, loaded with their view. */
export const messagesEn = {
  messagesWith: (name: string) => `Messages with ${name}`,
  noConversation: 'No conversation yet',
  noConversationHint: 'Messages appear here when somebody writes to you.',
  noMessages: 'No messages yet',
  noMessagesHint: 'Write the first one below.',
  writeMessage: 'Message',
  sendMessage: 'Send',
  attachFile: 'Attach a file',
  allConversations: 'All conversations',
  clearMessages: 'Remove all messages',
  clearMessagesOf: (name: string) => `Remove all messages with ${name} from this device?`,
  fromYou: 'You',
  messageSending: 'Sending…',
  messageSent: 'Sent',
  messageFailed: 'Not sent',
  retryMessage: 'Send again',
  removeMessage: 'Remove',
  newMessages: (count: string) => (count === '1' ? '1 new message' : `${count} new messages`),
  newestMessages: 'To the newest message',
  unreadFromHere: 'New',
  messageFrom: (name: string, text: string) => `${name}: ${text}`,
  showAll: 'Show all of it',
  ofType: (type: string) => `Sent as ${type}, shown as text`,
  messagesNotKept: 'This browser keeps no messages: they are gone when the page is closed.',
  noMessaging: 'This server takes no messages.',
};

/** Updates both the registered language and the fallback that other languages use. */
Object.assign(en, messagesEn);
registerTranslation(en);
