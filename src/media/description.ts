import type {MediaDirection, MediaKinds} from './types.js';

/** One media line of a session description (RFC 8866 §5.14). */
export interface MediaLine {
  readonly kind: string;
  /** Its identification tag (RFC 5888); undefined where the other side knows none. */
  readonly mid: string | undefined;
  /** As its sender sees it. */
  readonly direction: MediaDirection;
  /** Refused or taken away: port 0 without `bundle-only` (RFC 9143 §6). */
  readonly rejected: boolean;
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
  }));
}

/** Which kinds of media a description holds. */
export function kindsOf(description: string): MediaKinds {
  const lines = mediaLines(description).filter(({rejected}) => !rejected);
  return {
    audio: lines.some(({kind}) => kind === 'audio'),
    video: lines.some(({kind}) => kind === 'video'),
  };
}

/** Which kinds the author of a description wants to receive: for these alone a device is worth opening. */
export function kindsReceived(description: string): MediaKinds {
  const lines = mediaLines(description).filter(({rejected, direction}) => !rejected && receives(direction));
  return {
    audio: lines.some(({kind}) => kind === 'audio'),
    video: lines.some(({kind}) => kind === 'video'),
  };
}

/** Whether the author of a description holds: sends perhaps, but receives nothing (RFC 3264 §8.4). */
export function holds(description: string): boolean {
  const lines = mediaLines(description).filter(
    ({kind, rejected}) => !rejected && (kind === 'audio' || kind === 'video'),
  );
  return lines.length > 0 && lines.every(({direction}) => !receives(direction));
}

/** The description with lines that receive nothing: what its author says to hold (RFC 3264 §8.4). */
export function holding(description: string): string {
  return description
    .replace(/^a=sendrecv(?=\s*$)/gm, 'a=sendonly')
    .replace(/^a=recvonly(?=\s*$)/gm, 'a=inactive');
}

/** Whether a description holds nothing: an answer that takes nothing of what was offered, an offer of nothing. */
export function refusesAll(description: string): boolean {
  return mediaLines(description).every(({rejected}) => rejected);
}

/** Whether the direction lets its side send. */
export function sends(direction: MediaDirection): boolean {
  return direction === 'sendrecv' || direction === 'sendonly';
}

/** Whether the direction lets its side receive. */
export function receives(direction: MediaDirection): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}

/** The direction of several lines of one kind taken together. */
export function united(directions: readonly MediaDirection[]): MediaDirection {
  const out = directions.some(sends);
  const back = directions.some(receives);
  return out && back ? 'sendrecv' : out ? 'sendonly' : back ? 'recvonly' : 'inactive';
}

function directionOf(section: string): MediaDirection | undefined {
  return /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(section)?.[1] as MediaDirection | undefined;
}
