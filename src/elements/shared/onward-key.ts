const OTHER: Readonly<Record<string, string>> = {ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft'};

/**
 * Returns the key of an event as it would be from left to right: in an element from right to left, `ArrowLeft` goes on,
 * and is `ArrowRight` here.
 */
export function onwardKey({key, currentTarget}: KeyboardEvent): string {
  const other = OTHER[key];
  return other && (currentTarget as Element).matches(':dir(rtl)') ? other : key;
}
