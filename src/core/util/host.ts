/** A host as it stands in an address: an IPv6 one in brackets (RFC 3986 §3.2.2). */
export function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
