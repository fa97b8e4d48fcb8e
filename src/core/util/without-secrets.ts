/** Returns a mistyped address without its password, headers and query, which may contain secrets. */
export function withoutSecrets(address: string): string {
  return address.replace(/^(sips?:[^:@]*|(?!sips?:)[^:]*):.*@/is, '$1@').replace(/\?.*/s, '');
}
