/** An address that was mistyped, fit to be shown: without a password, and without headers or a query that may hold one. */
export function withoutSecrets(address: string): string {
  return address.replace(/^(sips?:[^:@]*|(?!sips?:)[^:]*):.*@/is, '$1@').replace(/\?.*/s, '');
}
