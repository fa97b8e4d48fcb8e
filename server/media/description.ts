import {flowOf, type Direction, type Flow} from './flow.js';

/** The two kinds of media that are routed. */
export type MediaKind = 'audio' | 'video';

const DIRECTION_LINE = /^a=(sendrecv|sendonly|recvonly|inactive)$/;

/** The codec of each kind (RFC 7587, RFC 7741): nothing is transcoded, so there is one. */
const CODEC: Readonly<Record<MediaKind, RegExp>> = {
  audio: /^a=rtpmap:\d+ opus\//i,
  video: /^a=rtpmap:\d+ VP8\//i,
};

/** One media section of a session description, as its lines (RFC 8866 §5.14). Never changed, only copied. */
export class MediaSection {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  /** `audio`, `video`, `application` … */
  get media(): string {
    return /^m=(\S+)/.exec(this.lines[0] ?? '')?.[1] ?? '';
  }

  /** Its kind, where it is one that this server can serve: a live line with the one codec of its kind. */
  get kind(): MediaKind | undefined {
    const {media} = this;
    if (this.rejected || (media !== 'audio' && media !== 'video')) return undefined;
    return this.lines.some((line) => CODEC[media].test(line)) ? media : undefined;
  }

  /** Whether its port is 0, which in an answer refuses it and in an offer ends it (RFC 3264 §6, §8.2). */
  get rejected(): boolean {
    return /^m=\S+ 0[ /]/.test(this.lines[0] ?? '');
  }

  get mid(): string | undefined {
    return this.attribute('mid');
  }

  /** Its first direction attribute, which is the one that counts to browsers. */
  get direction(): Direction | undefined {
    for (const line of this.lines) {
      const direction = DIRECTION_LINE.exec(line)?.[1];
      if (direction !== undefined) return direction as Direction;
    }
    return undefined;
  }

  /** The value of its first attribute of that name. */
  attribute(name: string): string | undefined {
    const start = `a=${name}:`;
    return this.lines.find((line) => line.startsWith(start))?.slice(start.length);
  }

  /** Keeps the lines that pass. */
  filtered(keep: (line: string) => boolean): MediaSection {
    return new MediaSection(this.lines.filter(keep));
  }

  /**
   * Without tones at another clock than the sound's, where they come at its clock too (RFC 4733 §2.1): a browser whose
   * answer has both sends them at the wrong one, and too long.
   */
  withoutOtherTones(): MediaSection {
    const own = this.lines.some((line) => /^a=rtpmap:\d+ telephone-event\/48000/i.test(line));
    const others = this.lines.flatMap(
      (line) => (own && /^a=rtpmap:(\d+) telephone-event\/(?!48000)/i.exec(line)?.[1]) || [],
    );
    const [first = '', ...rest] = this.lines;
    const formats = first.split(' ');
    const left = [...formats.slice(0, 3), ...formats.slice(3).filter((format) => !others.includes(format))];
    const ofOthers = (line: string): boolean =>
      others.includes(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) /.exec(line)?.[1] ?? '');
    return new MediaSection([left.join(' '), ...rest.filter((line) => !ofOthers(line))]);
  }

  /** Carries exactly one direction attribute: this one. */
  directed(direction: Direction): MediaSection {
    const rest = this.lines.filter((line) => !DIRECTION_LINE.test(line));
    return new MediaSection([...rest, `a=${direction}`]);
  }

  /** The answer that refuses it: port 0, the same formats, the same mid. */
  refusal(): MediaSection {
    const [first = '', ...rest] = this.lines;
    const mid = rest.filter((line) => line.startsWith('a=mid:'));
    return new MediaSection([
      first.replace(/^(m=\S+) \S+/, '$1 0'),
      'c=IN IP4 0.0.0.0',
      'a=inactive',
      ...mid,
    ]);
  }
}

/** A session description as text that can be taken apart and put together again (RFC 8866). */
export class Description {
  readonly session: readonly string[];
  readonly sections: readonly MediaSection[];

  constructor(session: readonly string[], sections: readonly MediaSection[]) {
    this.session = session;
    this.sections = sections;
  }

  static parse(text: string): Description {
    const session: string[] = [];
    const sections: string[][] = [];
    for (const line of text.split(/\r?\n/)) {
      if (line === '') continue;
      if (line.startsWith('m=')) sections.push([]);
      (sections.at(-1) ?? session).push(line);
    }
    return new Description(
      session,
      sections.map((lines) => new MediaSection(lines)),
    );
  }

  /** The direction of one of its sections; the session's where the section names none (RFC 8866 §6.7). */
  directionOf(section: MediaSection): Direction {
    const own = section.direction ?? new MediaSection(this.session).direction;
    return own ?? 'sendrecv';
  }

  /** What its author does on the lines of a kind that can be served, all of them together. */
  flowOf(kind: MediaKind): Flow {
    const flows = this.sections
      .filter((section) => section.kind === kind)
      .map((section) => flowOf(this.directionOf(section)));
    return {sends: flows.some(({sends}) => sends), receives: flows.some(({receives}) => receives)};
  }

  /** The same session with other sections, its BUNDLE group naming those that are left (RFC 9143 §7.3.3). */
  withSections(sections: readonly MediaSection[]): Description {
    const left = new Set(sections.flatMap((section) => (section.rejected ? [] : [section.mid])));
    const session = this.session.map((line) => {
      if (!line.startsWith('a=group:BUNDLE')) return line;
      const mids = line.split(' ').slice(1);
      return ['a=group:BUNDLE', ...mids.filter((mid) => left.has(mid))].join(' ');
    });
    return new Description(session, sections);
  }

  /** Names the session and its version in the origin line, which grows with each description (RFC 3264 §8). */
  withOrigin(id: string, version: number): Description {
    const session = this.session.map((line) =>
      line.startsWith('o=') ? `o=- ${id} ${version} IN IP4 127.0.0.1` : line,
    );
    return new Description(session, this.sections);
  }

  toString(): string {
    const lines = [...this.session, ...this.sections.flatMap((section) => section.lines)];
    return `${lines.join('\r\n')}\r\n`;
  }
}
