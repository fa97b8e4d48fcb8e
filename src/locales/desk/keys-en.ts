import {addEnglish} from '../add-terms.js';

/** The English texts of keys of people and groups, loaded with them. */
export const keysEn = {
  speedDial: 'Speed dial',
  keysHint: 'Press a key to call. Ctrl or Shift and click, or Space, select.',
  keysEmpty: 'No keys yet',
  keysEmptyHint: 'Add the people and groups that you call most.',
  keysEmptyPage: 'No keys on this page.',
  keysUnset: 'This page has no keys.',
  addKeys: 'Add keys',
  editKeys: 'Edit keys',
  editKeysHint:
    'Search and add people and groups. Drag a key to its new place or onto a page, or press Alt and an arrow key. Delete removes it.',
  searchToAdd: 'Add a person or a group',
  addSelectedKeys: (count: string) => `Add ${count} selected`,
  addKey: (name: string) => `Add ${name}`,
  keyIsThere: 'On this page',
  keyAdded: (name: string) => `${name} was added.`,
  keysAdded: (count: string) => (count === '1' ? '1 key was added.' : `${count} keys were added.`),
  keysFull: 'This page is full.',
  putKeyBack: (name: string) => `Put ${name} back`,
  restoreKeys: 'Original keys',
  keysRestored: 'The original keys are back.',
  keyPageRemoved: (page: string, count: string) =>
    count === '1' ? `${page} was removed with 1 key.` : `${page} was removed with ${count} keys.`,
  groupKey: 'Group',
  callsYou: 'Calling you',
  withYou: 'With you',
  answerName: (name: string) => `Answer ${name}`,
};

addEnglish(keysEn);
