/** The Chinese sentences of what is described in the sources. */

/**
 * Returns the description in Chinese, or as it is if there is no translation.
 *
 * @param {string} description
 * @returns {string}
 */
export function inChinese(description) {
  return description;
}
