import {addEnglish} from '../add-terms.js';

/** The English texts of pages of tiles, loaded with talk groups and keys. */
export const pagesEn = {
  groupPages: 'Pages',
  pageNumber: (number: string) => `Page ${number}`,
  newPage: 'New page',
  pageName: 'Name of this page',
  removePage: 'Remove page',
  tilePlace: (place: string, count: string) => `Place ${place} of ${count}`,
  moveToPage: (page: string) => `Move to ${page}`,
  movedToPage: (group: string, page: string) => `${group} is on ${page} now.`,
  groupsSelected: (count: string) => `${count} selected`,
};

addEnglish(pagesEn);
