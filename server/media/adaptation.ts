import {directionOf, type Flow} from './flow.js';
import {MediaSection} from './description.js';
import {START_BITRATE} from './peer.js';

/** Attributes of a line that belong to its transport (RFC 8839, RFC 8842). */
const TRANSPORT_LINE = /^a=(ice-ufrag|ice-pwd|fingerprint|setup):/;

/** Attributes of a line that describe its codec. */
const CODEC_LINE = /^(m=|c=|a=(rtpmap|fmtp|rtcp-fb|mid):|a=rtcp-mux$)/;

const CANDIDATE = /^a=(candidate:|end-of-candidates)/;
const ESTIMATION = /^a=rtcp-fb:\S+ (transport-cc|goog-remb)/;

/**
 * Returns a client's line as the peer connection must see it: both ways, without bandwidth estimation feedback.
 *
 * @param candidates - Whether to keep candidates: they are often mDNS names, and the client's own checks reveal its
 *   address.
 */
export function seenByPeer(section: MediaSection, candidates: boolean): MediaSection {
  return section
    .filtered((line) => !ESTIMATION.test(line) && (candidates || !CANDIDATE.test(line)))
    .withoutOtherTones()
    .directed('sendrecv');
}

/** Returns what the peer connection sees of a line that the client refused or stopped: as if the line continued. */
export function standIn(own: MediaSection, transport: MediaSection): MediaSection {
  const codec = own.lines.filter((line) => CODEC_LINE.test(line));
  const connection = transport.lines.filter((line) => TRANSPORT_LINE.test(line));
  return new MediaSection([...codec, ...connection, 'a=sendrecv']);
}

/** Returns one of the peer connection's own lines as the client must see it. */
export function seenByClient(section: MediaSection, flow: Flow): MediaSection {
  return withStartBitrate(section).directed(directionOf(flow));
}

/** Adds the start bitrate to answers too, whose codec parameters are the client's. */
function withStartBitrate(section: MediaSection): MediaSection {
  const payloadType = section.lines.map((line) => /^a=rtpmap:(\d+) VP8\//i.exec(line)?.[1]).find(Boolean);
  if (payloadType === undefined || section.lines.some((line) => line.includes(START_BITRATE))) return section;
  return new MediaSection([...section.lines, `a=fmtp:${payloadType} ${START_BITRATE}`]);
}
