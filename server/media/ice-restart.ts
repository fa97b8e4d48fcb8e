import type {Candidate, Message, RTCIceTransport, RTCPeerConnection} from 'werift';

/** What the library does not show of itself. */
interface Inside {
  readonly localUsername: string;
  localCandidates: Candidate[];
  readonly protocols: readonly {readonly localCandidate?: Candidate}[];
  readonly options: {filterStunResponse?: (check: Message) => boolean};
  tieBreaker: bigint;
  _iceControlling: boolean;
}

/** By this the client keeps its role (RFC 8445 §7.3.1.1). The library reads the numbers as signed ones. */
const LOWEST = -(2n ** 63n);

/**
 * Follows a client that restarts ICE (RFC 8445 §9), as it does if its network has changed or nothing arrives; to be called
 * between its offer and the answer. The library forgets its candidates then, keeps its role whatever the client's is, and
 * checks no way once there are keys.
 */
export function followRestart(peer: RTCPeerConnection): void {
  for (const {state, iceTransport} of peer.dtlsTransports)
    if (state === 'connected' && iceTransport.state === 'new') restart(iceTransport);
}

function restart(transport: RTCIceTransport): void {
  const inside = transport.connection as unknown as Inside;
  // It gathers once at an address.
  inside.localCandidates = inside.protocols.flatMap(({localCandidate}) => localCandidate ?? []);
  inside.tieBreaker = LOWEST;
  let begun = false;
  inside.options.filterStunResponse = (check) => {
    // A check of the way before would be answered by one of the new way, which is refused there and repeated without a pause.
    if (String(check.getAttributeValue('USERNAME')).split(':', 1)[0] !== inside.localUsername) return false;
    if (begun) return true;
    begun = true;
    inside._iceControlling = !check.attributesKeys.includes('ICE-CONTROLLING');
    // Where the client is now, its first check tells: without one the library gives up at once.
    queueMicrotask(() => void transport.start().catch(() => {}));
    return true;
  };
}
