const OTHER: Readonly<Record<string, string>> = {ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft'};

/**
 * Returns the key of an event for text from left to right: in an element from right to left, `ArrowLeft` moves onward, and
 * `ArrowRight` is returned.
 */
export function onwardKey({key, currentTarget}: KeyboardEvent): string {
  const other = OTHER[key];
  return other && (currentTarget as Element).matches(':dir(rtl)') ? other : key;
}
