import type {RelayFailure} from '../types.js';

/** Codes from here on are the browser's own: it could not ask (W3C WebRTC §4.8.3). */
const UNREACHED = 700;

/** What a connection's STUN and TURN servers fail with, for as long as it lives. */
export class Relays {
  readonly #connection: RTCPeerConnection;
  /** The codes that were told, by what was told of them. */
  readonly #failures = new Map<string, number>();

  /** @param onFailure - Told of each once. */
  constructor(connection: RTCPeerConnection, onFailure?: (text: string) => void) {
    this.#connection = connection;
    connection.addEventListener('icecandidateerror', ({url, errorCode, errorText}) => {
      const text = `${url} ${errorCode} ${errorText}`.trim();
      // Every network of the computer fails by itself.
      if (this.#failures.has(text)) return;
      this.#failures.set(text, errorCode);
      onFailure?.(`A server of iceServers gave no address: ${text}`);
    });
  }

  /** Why there is no relay, where there is none. */
  get failure(): RelayFailure {
    const asked = turnUrls(this.#connection.getConfiguration().iceServers);
    if (asked.length === 0) return {code: 'no-relay'};
    const told = [...this.#failures].filter(([text]) => isTurn(text));
    const refusals = told.filter(([, code]) => code < UNREACHED).map(([text]) => text);
    if (refusals.length > 0) return {code: 'relay-refused', subject: refusals.join(', ')};
    // Not every browser tells, and none at once.
    const silent = told.length > 0 ? told.map(([text]) => text) : asked;
    return {code: 'relay-unreachable', subject: silent.join(', ')};
  }
}

/** The addresses of TURN servers. */
export function turnUrls(servers: readonly RTCIceServer[] = []): string[] {
  return servers.flatMap(({urls}) => urls).filter(isTurn);
}

function isTurn(url: string): boolean {
  return /^turns?:/i.test(url);
}
