import {addEnglish} from './add-terms.js';

/** The English texts of messages, loaded with their view. */
export const messagesEn = {
  messagesWith: (name: string) => `Messages with ${name}`,
  noConversation: 'No conversations yet',
  noConversationHint: 'Messages you send and receive will appear here.',
  newMessage: 'New message',
  messageRecipient: 'To: name or number',
  oneRecipient: 'Write to one person at a time: this server has no group messages.',
  searchMessages: 'Search messages',
  resultsFound: (count: string) => (count === '1' ? '1 result' : `${count} results`),
  nothingFound: 'No results',
  nothingFoundHint: 'Search for a name, a number or a word in a message.',
  draft: 'Draft',
  noMessages: 'No messages yet',
  noMessagesHint: 'Write the first message below.',
  writeMessage: 'Message',
  sendMessage: 'Send',
  attachFile: 'Send files',
  allConversations: 'All conversations',
  clearMessages: 'Delete all messages',
  clearMessagesOf: (name: string) => `Delete all messages with ${name} from this device?`,
  fromYou: 'You',
  messageSending: 'Sending…',
  messageSent: 'Sent',
  messageDelivered: 'Delivered',
  messageFailed: 'Not sent',
  retryMessage: 'Send again',
  removeMessage: 'Delete',
  newMessages: (count: string) => (count === '1' ? '1 new message' : `${count} new messages`),
  newestMessages: 'Jump to latest',
  unreadFromHere: 'New',
  messageFrom: (name: string, text: string) => `${name}: ${text}`,
  showAll: 'Show all',
  ofType: (type: string) => `Sent as ${type}, shown as text`,
  messagesNotKept: 'This browser does not save messages. They are lost when you close the page.',
  noMessaging: 'This server does not support messages.',
};

/** Updates both the registered language and the fallback that other languages use. */
addEnglish(messagesEn);
