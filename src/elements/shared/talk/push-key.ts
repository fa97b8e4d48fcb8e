import {isTyping, normalizeShortcut, presses} from '../shortcuts.js';

/** Elements that handle the space bar, Enter and letters themselves. */
const CONTROLS = 'button, a[href], summary, audio, video, [role=button], [tabindex]';

/** When a key does not begin to speak: never, while the user types, or while a field or a control has the focus. */
export type KeyLimit = 'none' | 'typing' | 'controls';

/** Returns when a key does not begin to speak: a function key types nothing, the space bar and Enter press buttons. */
export function limitOf(key: string): KeyLimit {
  const last = key.split('+').at(-1)!.trim().toLowerCase();
  // The space bar with Control types and presses nothing.
  if (/^f\d{1,2}$/.test(last) || /^(?:control|ctrl) *\+ *space$/i.test(key.trim())) return 'none';
  return /^(?:numpad)?(?:space|enter)$/.test(last) ? 'controls' : 'typing';
}

/** Whether the event matches the key: `F8`, `Control+T`, or a physical key by its `event.code`: `Space`. */
export function isPushKey(event: KeyboardEvent, key: string): boolean {
  if (!key || event.isComposing || event.getModifierState('AltGraph')) return false;
  const [target] = event.composedPath();
  const limit = limitOf(key);
  if (limit !== 'none' && isTyping(target)) return false;
  if (limit === 'controls' && target instanceof Element && target.matches(CONTROLS)) return false;
  if (event.code.toLowerCase() !== key.toLowerCase())
    return presses(event, normalizeShortcut(key).replace(/Space$/i, ' ')) || pressesDigit(event, key);
  // A key such as `ControlRight` is its own modifier.
  const held = {Control: event.ctrlKey, Alt: event.altKey, Shift: event.shiftKey, Meta: event.metaKey};
  return Object.entries(held).every(([name, on]) => !on || event.code.startsWith(name));
}

/** Whether the event is that of a digit's key that types another character, as on French and Arabic keyboards. */
function pressesDigit(
  {code, key, ctrlKey, altKey, shiftKey, metaKey}: KeyboardEvent,
  digit: string,
): boolean {
  if (!/^\d$/.test(digit) || /^\d$/.test(key) || key.length > 1) return false;
  return (
    (code === `Digit${digit}` || code === `Numpad${digit}`) && !(ctrlKey || altKey || shiftKey || metaKey)
  );
}

/** Whether releasing a key ends the push: the key itself, or one of its modifiers. */
export function endsPush(event: KeyboardEvent, code: string, key: string): boolean {
  // While Meta is held, some systems never report the release of another key.
  return event.code === code || event.key === 'Meta' || key.split('+').slice(0, -1).includes(event.key);
}
