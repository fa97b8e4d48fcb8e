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
import {handleUdpErrors} from './udp-errors.js';

handleUdpErrors();

/**
 * The start bitrate of a Chromium without bandwidth estimation, in kbit/s. Nothing is offered that would enable
 * estimation: an estimate of the route to this server does not cover the rest of the route.
 */
export const START_BITRATE = 'x-google-start-bitrate=800';

/** Tones as RTP events (RFC 4733), besides Opus and at the same clock rate. */
const TELEPHONE_EVENT = 'audio/telephone-event';
const telephoneEvent = (): RTCRtpCodecParameters =>
  new RTCRtpCodecParameters({mimeType: TELEPHONE_EVENT, clockRate: 48_000, channels: 1, parameters: '0-15'});

/**
 * Returns the clock rate of a packet of RTP events on the line, in ticks per second; undefined for any other packet.
 */
export function eventClock({codecs}: RTCRtpTransceiver, payloadType: number): number | undefined {
  const codec = codecs.find((known) => known.payloadType === payloadType);
  return codec?.mimeType.toLowerCase() === TELEPHONE_EVENT ? codec.clockRate : undefined;
}

/** Creates a peer connection that offers these addresses and contacts no external server. */
export function createPeer(addresses: readonly string[]): RTCPeerConnection {
  // One object for both kinds: extension ids are numbered by list entry, and a line whose ids differ from its bundle's
  // makes Chromium's renderer crash at the next re-INVITE.
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
 * Adds a line that goes both ways. The peer connection never sees another direction: an inactive line would get port 0
 * for good (docs/protocol/clients.md#media). The leg keeps the directions.
 */
export function addLine(peer: RTCPeerConnection, kind: MediaKind): RTCRtpTransceiver {
  const transceiver = peer.addTransceiver(kind, {direction: 'sendrecv'});
  prepareTransports(peer);
  return transceiver;
}

/** Adjusts the transports of a peer connection. Idempotent. */
export function prepareTransports(peer: RTCPeerConnection): void {
  // Even with an empty list of servers, the library contacts a public STUN server and waits 5 s for it.
  for (const transport of peer.iceTransports) delete transport.connection.stunServer;
  standRepetition(peer);
}

/**
 * Closes a peer connection and ends a pending DTLS handshake, whose flights would otherwise be repeated for half a
 * minute. A handshake whose flight number exceeds all others repeats none and begins none.
 */
export async function closePeer(peer: RTCPeerConnection): Promise<void> {
  const transports = peer.dtlsTransports;
  await peer.close();
  for (const {dtls} of transports) {
    if (dtls) Object.defineProperty(dtls.dtls, 'flight', {get: () => Infinity, set: () => undefined});
  }
}
