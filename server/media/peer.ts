import {
  RTCPeerConnection,
  RTCRtpCodecParameters,
  useFIR,
  useNACK,
  useOPUS,
  usePLI,
  useSdesMid,
  useVP8,
  type RTCRtpTransceiver,
} from 'werift';
import type {MediaKind} from './description.js';
import {standRepetition} from './handshake.js';

/**
 * Where a Chromium without bandwidth estimation starts, in kbit/s. Nothing is offered that would make it estimate:
 * the estimate of the way to this server says nothing of the way on.
 */
export const START_BITRATE = 'x-google-start-bitrate=800';

/** Tones as RTP events (RFC 4733), beside Opus at its own clock. */
const TELEPHONE_EVENT = 'audio/telephone-event';
const telephoneEvent = (): RTCRtpCodecParameters =>
  new RTCRtpCodecParameters({mimeType: TELEPHONE_EVENT, clockRate: 48_000, channels: 1, parameters: '0-15'});

/** Ticks a second of a packet of RTP events on the line; undefined for any other packet. */
export function eventClock({codecs}: RTCRtpTransceiver, payloadType: number): number | undefined {
  const codec = codecs.find((known) => known.payloadType === payloadType);
  return codec?.mimeType.toLowerCase() === TELEPHONE_EVENT ? codec.clockRate : undefined;
}

/** Makes a peer connection that offers itself at these addresses and asks nobody outside. */
export function createPeer(addresses: readonly string[]): RTCPeerConnection {
  // One object for both kinds: extension ids are numbered by list entry, and a line whose ids differ from its
  // bundle's makes Chromium's renderer crash at the next re-INVITE.
  const mid = useSdesMid();
  const rtcpFeedback = [useNACK(), usePLI(), useFIR()];
  const only = addresses.length === 1 ? addresses[0] : undefined;
  return new RTCPeerConnection({
    iceServers: [],
    iceUseIpv4: false,
    iceUseIpv6: false,
    iceAdditionalHostAddresses: [...addresses],
    ...(only !== undefined && {iceInterfaceAddresses: {[only.includes(':') ? 'udp6' : 'udp4']: only}}),
    bundlePolicy: 'max-bundle',
    codecs: {
      audio: [useOPUS({parameters: 'minptime=10;useinbandfec=1'}), telephoneEvent()],
      video: [useVP8({rtcpFeedback, parameters: START_BITRATE})],
    },
    headerExtensions: {audio: [mid], video: [mid]},
  });
}

/**
 * Adds a line that goes both ways. The peer connection never hears of another direction: what it is told is inactive
 * gets port 0 and does not come back (protocol page §8.22). Directions are the leg's own.
 */
export function addLine(peer: RTCPeerConnection, kind: MediaKind): RTCRtpTransceiver {
  const transceiver = peer.addTransceiver(kind, {direction: 'sendrecv'});
  prepareTransports(peer);
  return transceiver;
}

/** Lets the transports of a peer connection do as they should. Idempotent. */
export function prepareTransports(peer: RTCPeerConnection): void {
  // An empty list of servers still asks a public STUN server, and waits 5 s for it.
  for (const transport of peer.iceTransports) delete transport.connection.stunServer;
  standRepetition(peer);
}

/**
 * Closes a peer connection, and ends a DTLS handshake that is under way: by itself its flights are repeated for half a
 * minute. A handshake that counts as further than any flight repeats none, and begins none.
 */
export async function closePeer(peer: RTCPeerConnection): Promise<void> {
  const transports = peer.dtlsTransports;
  await peer.close();
  for (const {dtls} of transports) {
    if (dtls) Object.defineProperty(dtls.dtls, 'flight', {get: () => Infinity, set: () => undefined});
  }
}
