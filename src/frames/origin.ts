import {badArgument} from '../core/util/plain-error.js';

/**
 * Returns an origin that a page has given.
 *
 * @throws {PlainError} `bad-parameter` for anything but one origin: `*`, an address with a path, `null`.
 */
export function checkedOrigin(origin: unknown): string {
  const expected = 'https://crm.example.com';
  const shown = String(origin).slice(0, 256);
  const parsed = URL.canParse(shown) ? new URL(shown) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw badArgument(`origin “${shown}”`, expected);
  if (parsed.origin !== origin) throw badArgument(`origin “${shown}”`, parsed.origin);
  return parsed.origin;
}
