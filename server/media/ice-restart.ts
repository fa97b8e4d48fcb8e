import type {Candidate, Message, RTCDtlsTransport, RTCIceTransport, RTCPeerConnection} from 'werift';

type DtlsRole = RTCDtlsTransport['role'];

/** Internals that the library does not expose. */
interface Inside {
  readonly localUsername: string;
  localCandidates: Candidate[];
  readonly protocols: readonly {readonly localCandidate?: Candidate}[];
  readonly options: {filterStunResponse?: (check: Message) => boolean};
  tieBreaker: bigint;
  _iceControlling: boolean;
}

/** Makes the client keep its role (RFC 8445 §7.3.1.1). The library reads tie-breakers as signed numbers. */
const LOWEST = -(2n ** 63n);

/**
 * Returns the DTLS role of a peer connection if the offer restarts ICE before it was ever connected, as after a change of
 * the network just then. The library cannot follow: another peer connection has to take its place, in the same role.
 */
export function roleToRestart(peer: RTCPeerConnection, offer: string): DtlsRole | undefined {
  const [, fragment] = /^a=ice-ufrag:(\S+)/m.exec(offer) ?? [];
  return peer.dtlsTransports.find(({state, iceTransport}) => {
    const {remoteUsername} = iceTransport.connection;
    return state !== 'connected' && remoteUsername !== '' && remoteUsername !== fragment;
  })?.role;
}

/**
 * Follows a client that restarts ICE (RFC 8445 §9), as clients do if their network changed or nothing arrives; must be
 * called between its offer and the answer. On a restart the library forgets its candidates, keeps its role regardless
 * of the client's, and makes no checks once there are keys.
 */
export function followRestart(peer: RTCPeerConnection): void {
  for (const {state, iceTransport} of peer.dtlsTransports)
    if (state === 'connected' && iceTransport.state === 'new') restart(iceTransport);
}

function restart(transport: RTCIceTransport): void {
  const inside = transport.connection as unknown as Inside;
  // The library gathers only once per address.
  inside.localCandidates = inside.protocols.flatMap(({localCandidate}) => localCandidate ?? []);
  inside.tieBreaker = LOWEST;
  let begun = false;
  inside.options.filterStunResponse = (check) => {
    // A check of the earlier session would be answered with new credentials, which fails and is retried without a
    // pause.
    if (String(check.getAttributeValue('USERNAME')).split(':', 1)[0] !== inside.localUsername) return false;
    if (begun) return true;
    begun = true;
    inside._iceControlling = !check.attributesKeys.includes('ICE-CONTROLLING');
    // The client's first check reveals its new address: without a candidate the library gives up at once.
    queueMicrotask(() => void transport.start().catch(() => {}));
    return true;
  };
}
