import {addEnglish} from './add-terms.js';

/** The English texts of talk groups, loaded with their panel. */
export const channelsEn = {
  talkGroups: 'Talk groups',
  noTalkGroups: 'There are no talk groups.',
  groupAbsent: 'Not joined',
  groupIdle: 'Idle',
  groupReceiving: 'Receiving',
  groupWaiting: 'Waiting',
  groupSpeaking: 'Speaking',
  groupRefused: 'Refused',
  heardAt: (time: string) => `Last heard ${time}`,
  notHeardYet: 'Not heard yet',
  pressToJoin: 'Press to join',
  joinAll: 'Join all',
  groupOptions: (name: string) => `Options for ${name}`,
  listenOnly: 'Listen only',
  groupPriority: 'Priority',
  selectedGroups: 'Selected groups',
  selectGroups: 'Select groups to talk to',
  talkToGroups: (count: string) => (count === '1' ? 'Talk to 1 group' : `Talk to ${count} groups`),
  tileHint: 'Press a group to select it. Hold it to talk to it alone.',
  tilePressHint: 'Press a group to select it.',
  callsUnheard: 'Your calls don’t hear what you say here.',
  callsHear: 'Your calls also hear what you say here.',
  talkKeys: 'Keys',
  keyOfSelection: 'Talk to the selected groups',
  keyOfKeys: 'Show the keys',
  keyHint: 'Press a group’s key to select it. Hold it to talk to it alone.',
  keyPressHint: 'Press a group’s key to select it.',
  moveTiles: 'Move groups',
  moveHint: 'Drag a group to its new place.',
  keyOfMove: 'Move the group in focus',
  tilePlace: (place: string, count: string) => `Place ${place} of ${count}`,
};

addEnglish(channelsEn);
