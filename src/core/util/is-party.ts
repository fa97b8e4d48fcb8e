import type {Party} from '../types.js';

/** Whether a value, which any script of the page may have written, has the number and the name of a party. */
export function isParty(value: unknown): value is Party {
  const {number, name} = (value ?? {}) as Readonly<Partial<Record<keyof Party, unknown>>>;
  return typeof number === 'string' && typeof name === 'string';
}
