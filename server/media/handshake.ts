import type {RTCDtlsTransport, RTCPeerConnection} from 'werift';

/** Handshake messages (RFC 6347 §4.3.2) that a repeated flight contains again. */
const HELLO = 1;
const HELLO_VERIFY = 3;
const FINISHED = 20;

/** The flights of a handshake (RFC 6347 §4.2.4): the client's have odd numbers. */
const FLIGHT = {clientHello: 3, serverHello: 4, clientKeys: 5, serverFinished: 6} as const;

interface Handshake {
  readonly msg_type: number;
  readonly fragment: Buffer;
}

type Dtls = NonNullable<RTCDtlsTransport['dtls']>;

/** Internals that the library does not expose. */
interface Inside {
  onHandleHandshakes: (messages: readonly Handshake[]) => Promise<void>;
  readonly dtls: {
    readonly flight: number;
    readonly handshakeCache: Readonly<Record<number, {readonly data: readonly Handshake[]} | undefined>>;
  };
}

/**
 * Makes the handshakes of a peer connection tolerate repetition. A side that waits long for an answer repeats its
 * flight (RFC 6347 §4.2.4), and on a busy machine both arrive. The library takes the second one for a new handshake, or
 * fails.
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
  // A ClientHello with the cookie is answered by the same flight again; one without has been answered.
  if (type === HELLO)
    return flight > FLIGHT.serverHello || (flight === FLIGHT.serverHello && !hasCookie(fragment));
  if (flight !== FLIGHT.serverHello && flight !== FLIGHT.serverFinished) return false;
  // The last message of the flight requests the answer again; the others would change the keys.
  return (
    type !== FINISHED &&
    (handshakeCache[FLIGHT.clientKeys]?.data ?? []).some(({msg_type}) => msg_type === type)
  );
}

/** Whether a ClientHello has a cookie, which follows version, random and session id (RFC 6347 §4.2.1). */
function hasCookie(hello: Buffer): boolean {
  const session = hello[34] ?? 0;
  return (hello[35 + session] ?? 0) > 0;
}
