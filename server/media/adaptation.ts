import {directionOf, type Flow} from './flow.js';
import {MediaSection} from './description.js';
import {START_BITRATE} from './peer.js';

/** Attributes of a line that belong to its transport (RFC 8839, RFC 8842). */
const TRANSPORT_LINE = /^a=(ice-ufrag|ice-pwd|fingerprint|setup):/;

/** Attributes of a line that say which codec it carries. */
const CODEC_LINE = /^(m=|c=|a=(rtpmap|fmtp|rtcp-fb|mid):|a=rtcp-mux$)/;

const CANDIDATE = /^a=(candidate:|end-of-candidates)/;
const ESTIMATION = /^a=rtcp-fb:\S+ (transport-cc|goog-remb)/;

/**
 * A client's line as the peer connection has to see it: both ways, without feedback of a bandwidth estimation.
 *
 * @param candidates - Whether it sees them: they are mDNS names often, and a client is learned from its own checks.
 */
export function seenByPeer(section: MediaSection, candidates: boolean): MediaSection {
  return section
    .filtered((line) => !ESTIMATION.test(line) && (candidates || !CANDIDATE.test(line)))
    .withoutOtherTones()
    .directed('sendrecv');
}

/** What the peer connection sees of a line that the client refused or stopped: as if it went on. */
export function standIn(own: MediaSection, transport: MediaSection): MediaSection {
  const codec = own.lines.filter((line) => CODEC_LINE.test(line));
  const connection = transport.lines.filter((line) => TRANSPORT_LINE.test(line));
  return new MediaSection([...codec, ...connection, 'a=sendrecv']);
}

/** One of the peer connection's own lines as the client has to see it. */
export function seenByClient(section: MediaSection, flow: Flow): MediaSection {
  return withStartBitrate(section).directed(directionOf(flow));
}

/** Says the start bitrate in answers too, where the codec's parameters are the client's own. */
function withStartBitrate(section: MediaSection): MediaSection {
  const payloadType = section.lines.map((line) => /^a=rtpmap:(\d+) VP8\//i.exec(line)?.[1]).find(Boolean);
  if (payloadType === undefined || section.lines.some((line) => line.includes(START_BITRATE))) return section;
  return new MediaSection([...section.lines, `a=fmtp:${payloadType} ${START_BITRATE}`]);
}
