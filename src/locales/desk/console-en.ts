import {addEnglish} from '../add-terms.js';

/** The English texts of a desk, loaded with its panel. */
export const consoleEn = {
  console: 'Dispatch console',
  consoleTop: 'Status',
  callQueue: 'Queue',
  videoWall: 'Wall',
  journalTab: 'Journal',
  sosCalls: (count: string) => `SOS ${count}`,
  waitingCount: (count: string) => `Waiting ${count}`,
  goToQueue: 'Go to the queue',
  recordingCount: (count: string) => (count === '1' ? 'Recording' : `${count} recordings`),
  showRegion: (name: string) => `Show ${name}`,
  sizeOf: (name: string) => `Size of ${name}`,
  oneTab: 'One tab',
  sideBySide: 'Side by side',
  oneAboveOther: 'One above the other',
  windowTooSmall: 'The window is too small for this.',
  layouts: 'Layouts',
  layoutName: 'Name of the layout',
  saveLayout: 'Save',
  noLayouts: 'No layouts saved yet.',
  defaultLayout: 'Default layout',
  regionKeys: 'Keys of the regions',
};

addEnglish(consoleEn);
