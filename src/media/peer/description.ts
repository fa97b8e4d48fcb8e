import type {MediaDirection, MediaKinds} from '../types.js';

/** One media line of a session description (RFC 8866 §5.14). */
export interface MediaLine {
  readonly kind: string;
  /** Its identification tag (RFC 5888); undefined if the other side does not support tags. */
  readonly mid: string | undefined;
  /** The direction as its sender sees it. */
  readonly direction: MediaDirection;
  /** Whether the line was refused or removed: port 0 without `bundle-only` (RFC 9143 §6). */
  readonly rejected: boolean;
  /** Its label (RFC 4574), else its content (RFC 4796); empty if the description has neither. */
  readonly label: string;
}

/** Reads the media lines of a description, in order. */
export function mediaLines(description: string): MediaLine[] {
  const [session = '', ...sections] = description.split(/^(?=m=\S)/m);
  const common = directionOf(session) ?? 'sendrecv';
  return sections.map((section) => ({
    kind: /^m=(\S+)/.exec(section)![1]!,
    mid: /^a=mid:(\S+)/m.exec(section)?.[1],
    direction: directionOf(section) ?? common,
    rejected: /^m=\S+ 0(?:\/\d+)? /.test(section) && !/^a=bundle-only/m.test(section),
    label: (/^a=label:(\S+)/m.exec(section) ?? /^a=content:(\S+)/m.exec(section))?.[1] ?? '',
  }));
}

/** Returns which kinds of media a description contains. */
export function kindsOf(description: string): MediaKinds {
  return kindsIn(mediaLines(description).filter(({rejected}) => !rejected));
}

/** Returns which kinds the author of a description wants to receive: only for these is a device worth opening. */
export function kindsReceived(description: string): MediaKinds {
  return kindsIn(mediaLines(description).filter(({rejected, direction}) => !rejected && receives(direction)));
}

function kindsIn(lines: readonly MediaLine[]): MediaKinds {
  return {
    audio: lines.some(({kind}) => kind === 'audio'),
    video: lines.some(({kind}) => kind === 'video'),
  };
}

/** The state of the video in a description. */
export interface PictureLines {
  /** Whether it goes at least one way. */
  readonly live: boolean;
  /** Whether its author wants to receive it. */
  readonly seen: boolean;
  /** Whether it was refused or removed for good. */
  readonly ended: boolean;
}

/** Reads the state of the video, all of its lines together. */
export function pictureOf(description: string): PictureLines {
  const lines = mediaLines(description).filter(({kind}) => kind === 'video');
  const open = lines.filter(({rejected}) => !rejected);
  return {
    live: open.some(({direction}) => direction !== 'inactive'),
    seen: open.some(({direction}) => receives(direction)),
    ended: open.length === 0,
  };
}

/** Whether the author of a description holds: it may send, but receives nothing (RFC 3264 §8.4). */
export function holds(description: string): boolean {
  const lines = mediaLines(description).filter(
    ({kind, rejected}) => !rejected && (kind === 'audio' || kind === 'video'),
  );
  return lines.length > 0 && lines.every(({direction}) => !receives(direction));
}

/** Whether a description names its DTLS association (RFC 8842 §4). */
export const namesTls = (description: string): boolean => /^a=tls-id:/m.test(description);

/**
 * Returns the description with a name of its DTLS association in every line (RFC 8842 §4): a browser has one as long as its
 * connection and its session id exist. Without the name, a server such as rtpengine closes the association whenever ICE is
 * restarted, and a browser that hears of that opens no other.
 */
export function namingTls(description: string): string {
  const name = (/^o=\S+ (\d+)/m.exec(description)?.[1] ?? '').padStart(20, '0');
  return description.replace(/^a=setup:.*$/gm, (line) => `a=tls-id:${name}\r\n${line}`);
}

/** Returns the description with lines that receive nothing, which signals hold (RFC 3264 §8.4). */
export function holding(description: string): string {
  return description
    .replace(/^a=sendrecv(?=\s*$)/gm, 'a=sendonly')
    .replace(/^a=recvonly(?=\s*$)/gm, 'a=inactive');
}

/** Returns the description without unused lines at its end, but with at least as many as the other side knows. */
export function cut(description: string, known: number): string {
  const lines = mediaLines(description);
  const used = lines.findLastIndex(({rejected, direction}) => !rejected && direction !== 'inactive') + 1;
  const kept = Math.max(known, used);
  if (kept >= lines.length) return description;
  const [session = '', ...sections] = description.split(/^(?=m=\S)/m);
  const gone = new Set(lines.slice(kept).map(({mid}) => mid));
  const grouped = session.replace(/^a=group:BUNDLE .*$/m, (group) =>
    group
      .split(/\s+/)
      .filter((mid) => mid !== '' && !gone.has(mid))
      .join(' '),
  );
  return [grouped, ...sections.slice(0, kept)].join('');
}

/** Returns the description with refused lines appended for those of our own that the other side has not seen. */
export function padded(description: string, own: string): string {
  const missing = own.split(/^(?=m=\S)/m).slice(mediaLines(description).length + 1);
  const refusals = missing.map((section) => {
    const [line = ''] = section.split(/\r?\n/, 1);
    const mid = /^a=mid:\S+/m.exec(section)?.[0];
    const refused = line.replace(/^(m=\S+) \S+/, '$1 0');
    return [refused, 'c=IN IP4 0.0.0.0', 'a=inactive', ...(mid ? [mid] : []), ''].join('\r\n');
  });
  return description + refusals.join('');
}

/** Whether a description contains nothing: an answer that refuses everything, or an empty offer. */
export function refusesAll(description: string): boolean {
  return mediaLines(description).every(({rejected}) => rejected);
}

/**
 * Whether every candidate of a description is an mDNS name, behind which browsers hide the device's address from pages
 * that may use no device of the user's.
 */
export function hidesAddress(description: string): boolean {
  const addresses = [...description.matchAll(/^a=candidate:(?:\S+ ){4}(\S+)/gm)].map(
    ([, address]) => address!,
  );
  return addresses.length > 0 && addresses.every((address) => address.endsWith('.local'));
}

/** The most lines that the browser is given: with a few hundred it freezes for seconds, and the page with it. */
const MOST_LINES = 128;

/** The longest description that is read, in characters, and the most candidates: ten thousand block a page for a minute. */
export const LONGEST_DESCRIPTION = 65_536;
const MOST_CANDIDATES = 100;

/** Whether a description has more lines than any call needs, or is longer. */
export function isOverlong(description: string): boolean {
  return description.length > LONGEST_DESCRIPTION || mediaLines(description).length > MOST_LINES;
}

/** Returns the description without the candidates beyond the most that are read. */
export function withFewCandidates(description: string): string {
  let count = 0;
  return description.replace(/^a=candidate:.*\r?\n?/gm, (line) => (++count > MOST_CANDIDATES ? '' : line));
}

/** Whether an offer restarts ICE (RFC 8839 §4.4.1.1.1): it contains none of the earlier `ice-ufrag` values. */
export function restartsIce(offer: string, before: string): boolean {
  const known = fragments(before);
  return (
    known.length > 0 && fragments(offer).length > 0 && !fragments(offer).some((each) => known.includes(each))
  );
}

function fragments(description: string): string[] {
  return [...description.matchAll(/^a=ice-ufrag:(\S+)/gm)].map(([, fragment]) => fragment!);
}

/** Whether a side with this direction sends. */
export function sends(direction: MediaDirection): boolean {
  return direction === 'sendrecv' || direction === 'sendonly';
}

/** Whether a side with this direction receives. */
export function receives(direction: MediaDirection): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}

/** Returns the combined direction of several lines of one kind. */
export function united(directions: readonly MediaDirection[]): MediaDirection {
  const out = directions.some(sends);
  const back = directions.some(receives);
  return out && back ? 'sendrecv' : out ? 'sendonly' : back ? 'recvonly' : 'inactive';
}

function directionOf(section: string): MediaDirection | undefined {
  return /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(section)?.[1] as MediaDirection | undefined;
}
