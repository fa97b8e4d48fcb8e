/** What a server tells about pushes when it accepts a registration (RFC 8599 §9). */
export interface PushCaps {
  /** The server's public key (`+sip.vapid`), in base64url; empty if it names none. */
  readonly key: string;
}

/** One indicator of a Feature-Caps header (RFC 6809 §6.3): its name, and its value without quotes. */
const INDICATOR = /\+(sip\.\w+)(?:="<?([^"<>]*)>?")?/gi;

/** Reads Feature-Caps headers. Undefined if the server sends no Web Push. */
export function readPushCaps(headers: readonly string[]): PushCaps | undefined {
  const found = new Map<string, string>();
  for (const header of headers)
    for (const [, name = '', value = ''] of header.matchAll(INDICATOR)) {
      const known = found.get(name.toLowerCase());
      found.set(name.toLowerCase(), known === undefined ? value : `${known},${value}`);
    }
  const services = (found.get('sip.pns') ?? '').toLowerCase().split(/[\s,]+/);
  return services.includes('webpush') ? {key: found.get('sip.vapid') ?? ''} : undefined;
}
