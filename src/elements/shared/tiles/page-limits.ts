/** The maximum number of pages of tiles, and of characters of their names. */
export const MOST_PAGES = 12;
export const LONGEST_NAME = 40;
