import {addEnglish} from './add-terms.js';

/** The English texts of a directory, loaded with its view. */
export const directoryEn = {
  searchPeople: 'Search by name or number',
  searching: 'Searching…',
  noPeople: 'No one found',
  noGroups: 'The directory is empty.',
  emptyGroup: 'No members',
  noDirectory: 'This server has no directory.',
  directoryWaits: 'The directory will appear when you’re registered.',
  onlineOf: (online: string, all: string) => `${online} of ${all} online`,
  inviteNumber: (name: string) => `Invite ${name} to the conference`,
  messageTo: (name: string) => `Message ${name}`,
};

addEnglish(directoryEn);
