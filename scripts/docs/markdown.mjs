/** Pieces of Markdown that several scripts write. */

/**
 * Draws a table.
 *
 * @param {readonly string[]} heads
 * @param {readonly (readonly (string | number)[])[]} rows
 * @param {readonly string[]} [sides] `---:` for a column whose cells are on the right.
 */
export const tableOf = (heads, rows, sides = heads.map(() => '---')) =>
  [heads, sides, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/**
 * Returns the first sentence of a text on one line, without its full stop.
 *
 * @param {string} text
 */
export const firstSentence = (text) => (/^.*?(?=\.(\s|$))/s.exec(text)?.[0] ?? text).replaceAll('\n', ' ');
