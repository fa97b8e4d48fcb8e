import type {RelayFailure} from '../types.js';

/** Codes from here on are the browser's own: it could not reach the server (W3C WebRTC §4.8.3). */
const UNREACHABLE_CODE = 700;

/** Collects the failures of a connection's STUN and TURN servers. */
export class Relays {
  readonly #connection: RTCPeerConnection;
  /** The error codes, by the text of the failure. */
  readonly #failures = new Map<string, number>();

  /** @param onFailure - Called once for each failure. */
  constructor(connection: RTCPeerConnection, onFailure?: (text: string) => void) {
    this.#connection = connection;
    connection.addEventListener('icecandidateerror', ({url, errorCode, errorText}) => {
      const text = `${url} ${errorCode} ${errorText}`.trim();
      // The same failure is reported for each network interface of the computer.
      if (this.#failures.has(text)) return;
      this.#failures.set(text, errorCode);
      onFailure?.(`A server of iceServers gave no address: ${text}`);
    });
  }

  /** Why there is no relay. */
  get failure(): RelayFailure {
    const configured = turnUrls(this.#connection.getConfiguration().iceServers);
    if (configured.length === 0) return {code: 'no-relay'};
    const failures = [...this.#failures].filter(([text]) => isTurn(text));
    const refusals = failures.filter(([, code]) => code < UNREACHABLE_CODE).map(([text]) => text);
    if (refusals.length > 0) return {code: 'relay-refused', subject: refusals.join(', ')};
    // Not every browser reports failures, and none does at once.
    const silent = failures.length > 0 ? failures.map(([text]) => text) : configured;
    return {code: 'relay-unreachable', subject: silent.join(', ')};
  }
}

/** Returns the addresses of TURN servers. */
export function turnUrls(servers: readonly RTCIceServer[] = []): string[] {
  return servers.flatMap(({urls}) => urls).filter(isTurn);
}

function isTurn(url: string): boolean {
  return /^turns?:/i.test(url);
}
