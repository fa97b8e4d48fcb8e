import type {RTCDtlsTransport, RTCPeerConnection} from 'werift';

/** Handshake messages (RFC 6347 §4.3.2) that a repeated flight brings again. */
const HELLO = 1;
const HELLO_VERIFY = 3;
const FINISHED = 20;

/** The flights of a handshake (RFC 6347 §4.2.4): odd ones are the client's. */
const FLIGHT = {clientHello: 3, serverHello: 4, clientKeys: 5, serverFinished: 6} as const;

interface Handshake {
  readonly msg_type: number;
  readonly fragment: Buffer;
}

type Dtls = NonNullable<RTCDtlsTransport['dtls']>;

/** What the library does not show of itself. */
interface Inside {
  onHandleHandshakes: (messages: readonly Handshake[]) => Promise<void>;
  readonly dtls: {
    readonly flight: number;
    readonly handshakeCache: Readonly<Record<number, {readonly data: readonly Handshake[]} | undefined>>;
  };
}

/**
 * Lets the handshakes of a peer connection stand repetition. Whoever waits for an answer for long sends its flight again
 * (RFC 6347 §4.2.4), and on a busy machine both arrive. The library takes the second one for a new handshake, or fails.
 */
export function standRepetition(peer: RTCPeerConnection): void {
  for (const transport of peer.dtlsTransports) {
    let made = transport.dtls;
    Object.defineProperty(transport, 'dtls', {
      configurable: true,
      enumerable: true,
      get: () => made,
      set: (dtls: Dtls | undefined) => {
        made = dtls;
        if (dtls) dropRepeated(dtls as unknown as Inside);
      },
    });
  }
}

function dropRepeated(dtls: Inside): void {
  const handle = dtls.onHandleHandshakes;
  dtls.onHandleHandshakes = (messages) =>
    handle(messages.filter((message) => !isRepeated(message, dtls.dtls)));
}

function isRepeated(
  {msg_type: type, fragment}: Handshake,
  {flight, handshakeCache}: Inside['dtls'],
): boolean {
  if (type === HELLO_VERIFY) return flight >= FLIGHT.clientHello;
  // The one with the cookie is answered by the same flight again, the one without has been answered.
  if (type === HELLO)
    return flight > FLIGHT.serverHello || (flight === FLIGHT.serverHello && !hasCookie(fragment));
  if (flight !== FLIGHT.serverHello && flight !== FLIGHT.serverFinished) return false;
  // The last message of the flight asks for the answer again; the others would change the keys.
  return (
    type !== FINISHED &&
    (handshakeCache[FLIGHT.clientKeys]?.data ?? []).some(({msg_type}) => msg_type === type)
  );
}

/** Behind version and random of a ClientHello is its session id, then its cookie, each after its length (RFC 6347 §4.2.1). */
function hasCookie(hello: Buffer): boolean {
  const session = hello[34] ?? 0;
  return (hello[35 + session] ?? 0) > 0;
}
