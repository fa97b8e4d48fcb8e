/** The longest delay of a timer, in milliseconds: a browser takes a longer one for none (HTML, timers). */
export const LONGEST_DELAY_MS = 2 ** 31 - 1;
