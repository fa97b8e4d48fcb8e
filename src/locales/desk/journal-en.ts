import {addEnglish, namedText} from '../add-terms.js';

/** What a row of the journal is about, by its kind. */
const KINDS: Readonly<Record<string, string>> = {
  single: 'Call',
  urgent: 'Urgent call',
  sos: 'SOS call',
  conference: 'Conference',
  broadcast: 'Broadcast',
  intercom: 'Talk group',
  'temporary-intercom': 'Temporary talk group',
  monitor: 'Camera',
  'member-video': 'Member’s video',
  'listen-in': 'Listening in',
  'barge-in': 'Barging in',
  other: 'Call',
  text: 'Message',
  file: 'File',
  photo: 'Photo',
  recording: 'Recording',
  session: 'Session',
  connection: 'Connection',
  note: 'Note',
  acknowledgement: 'Acknowledged',
  'roll-call': 'Roll call',
  strangers: 'External calls and messages',
};

/** What has happened, by the event of a row. */
const EVENTS: Readonly<Record<string, string>> = {
  incoming: 'incoming',
  outgoing: 'outgoing',
  began: 'started',
  answered: 'answered',
  continued: 'continued after a reload',
  ended: 'ended',
  refused: 'not connected',
  joined: 'joined',
  left: 'left',
  played: 'file played',
  floor: 'speaking',
  'floor-ended': 'stopped speaking',
  sent: 'sent',
  received: 'received',
  failed: 'failed',
  taken: 'saved',
  'signed-in': 'signed in',
  'signed-out': 'signed out',
  'handed-over': 'shift handed over',
  'taken-over': 'shift taken over',
  returned: 'back in the same shift',
  lost: 'lost',
  restored: 'restored',
  written: 'written',
  repeated: 'absentees called again',
  omitted: 'entries left out:',
};

const VIEWS: Readonly<Record<string, string>> = {
  all: 'Everything',
  hour: 'Last hour',
  shift: 'My shift',
  sos: 'SOS',
};

/** What became of one person of a roll call, by the result. */
const RESULTS: Readonly<Record<string, string>> = {
  answered: 'Present',
  'not-called': 'Not called',
  'no-answer': 'No answer',
  aborted: 'Skipped',
  declined: 'Declined',
  busy: 'Busy',
  'number-offline': 'Offline',
  'call-lost': 'Interrupted',
  other: 'Not reached',
};

/** The English texts of the journal, loaded with its panel. */
export const journalEn = {
  journal: 'Journal',
  journalOff: 'The journal is off. Nothing is written down.',
  journalEmpty: 'Nothing has happened yet.',
  journalNoMatch: 'No entry matches the filter.',
  journalView: 'Show',
  journalViewName: (view: string) => namedText(VIEWS, view),
  journalSearch: 'Search the journal',
  journalKind: (kind: string) => namedText(KINDS, kind),
  journalEvent: (event: string, direction: string) =>
    namedText(EVENTS, event === 'began' && direction ? direction : event),
  journalOnly: (name: string) => `Show only ${name}`,
  journalAnyone: (name: string) => `Show not only ${name}`,
  journalVerify: 'Check all entries',
  journalExport: (format: string) => `Save as ${format}`,
  journalValid: (count: string) =>
    count === '1'
      ? 'The one entry is unchanged. Its hash:'
      : `All ${count} entries are complete and unchanged. The last hash:`,
  journalChanged: (row: string) => `Entry ${row} was changed.`,
  journalMissing: (row: string) => `Entry ${row} is missing.`,
  journalMoved: (row: string) => `Entry ${row} is in another place.`,
  journalTruncated: (row: string) => `Entries are missing from number ${row} on.`,
  journalUnreadable: (row: string) => `Entry ${row} cannot be read.`,
  journalNoteFor: (name: string, time: string) => `Note for ${name}, ${time}`,
  journalAddNote: 'Add note',
  journalPlay: (name: string, time: string) => `Play the recording of ${name}, ${time}`,
  journalSave: (name: string, time: string) => `Save the recording of ${name}, ${time}`,
  journalHear: (name: string, time: string) => `Play ${name}, ${time}`,
  journalBy: (name: string) => `by ${name}`,
  journalPresent: (present: string, all: string) => `${present} of ${all} present`,
  journalAbsent: (names: string) => `Absent: ${names}`,
  journalStopped: 'Stopped',
  journalInterrupted: 'Interrupted',
  journalPeople: (name: string, time: string) => `Who answered: ${name}, ${time}`,
  journalResult: (result: string) => namedText(RESULTS, result),
  journalUnwritten: 'not saved yet',
  journalFull: (count: string) =>
    `The disk is full. Entries that are not saved yet: ${count}. Keep this page open and free up space: they are saved then.`,
  journalRefused: (count: string) =>
    `The browser does not save the journal. Entries that are not saved yet: ${count}. They are lost when this page is closed.`,
  journalUnsent: (count: string) =>
    `The server does not take the journal. Entries that wait for it: ${count}.`,
};

addEnglish(journalEn);
