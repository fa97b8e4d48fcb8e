import {addEnglish, namedText} from '../add-terms.js';

const STATES: Readonly<Record<string, string>> = {
  Sending: 'Sending…',
  Waiting: 'Waiting',
  Sent: 'Sent',
  Delivered: 'Delivered',
  Read: 'Read',
  Failed: 'Not sent',
  Unknown: 'Unknown',
};

/** The English texts of conversations with groups, loaded with what they need. */
export const messageGroupsEn = {
  groupMembersHint: (count: string) =>
    `${count === '1' ? 'The one member' : `Each of the ${count} members`} gets it separately. Replies come to you alone.`,
  sentToGroup: (name: string) => `To the group ${name}`,
  showRecipients: 'Recipients',
  recipientState: (state: string) => namedText(STATES, state),
  groupDelivered: (count: string, all: string) => `${count} of ${all} delivered`,
  groupSent: (count: string, all: string) => `${count} of ${all} sent`,
  groupWaitingFor: (count: string) => `${count} waiting`,
  groupFailed: (count: string) => `${count} not sent`,
  sendToFailed: (count: string) =>
    count === '1'
      ? 'Send again to the one who did not get it'
      : `Send again to the ${count} who did not get it`,
};

addEnglish(messageGroupsEn);
