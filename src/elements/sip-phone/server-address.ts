import {LOOPBACK, schemeFor, wholeAddress} from '../../core/client/server-addresses.js';

/** Why a text is not an address, by the term that says it. */
interface WrongAddress {
  readonly wrong: 'wrongServer' | 'secureServer';
}

/**
 * Returns the WebSocket address that a user means. Without a scheme it is `wss:`, or `ws:` for this machine from a page
 * that is not secure itself; `http:` and `https:` become `ws:` and `wss:`. One that begins with `/` is on the page's server.
 */
export function serverAddress(written: string): string | WrongAddress {
  const [, scheme = '', rest = ''] =
    /^(?:(wss?|https?):\/\/)?([^\s:/@][^\s@]*)$/i.exec(wholeAddress(written)) ?? [];
  if (!rest) return {wrong: 'wrongServer'};
  const host = /^(\[[^\]]*\]|[^:/?#]*)/.exec(rest)![1]!;
  const plain = scheme ? /^(ws|http)$/i.test(scheme) : schemeFor(host) === 'ws';
  const address = `${plain ? 'ws' : 'wss'}://${rest}`;
  if (!URL.canParse(address)) return {wrong: 'wrongServer'};
  if (plain && location.protocol === 'https:' && !LOOPBACK.test(host)) return {wrong: 'secureServer'};
  return address;
}
