import {flowOf, type Direction, type Flow} from './flow.js';

/** The two kinds of media that are routed. */
export type MediaKind = 'audio' | 'video';

const DIRECTION_LINE = /^a=(sendrecv|sendonly|recvonly|inactive)$/;

/** The codec of each kind (RFC 7587, RFC 7741): there is only one, since nothing is transcoded. */
const CODEC: Readonly<Record<MediaKind, RegExp>> = {
  audio: /^a=rtpmap:\d+ opus\//i,
  video: /^a=rtpmap:\d+ VP8\//i,
};

/** What a client reports about its media to the other clients. */
export interface Reports {
  /** The content of its video (RFC 4796): `slides` for a screen. */
  readonly content?: string | undefined;
  /** Whether it records (RFC 7866 §6.1.2): `on`, `paused` or `off`. */
  readonly record?: string | undefined;
}

/** A media section of a session description, as its lines (RFC 8866 §5.14). Immutable. */
export class MediaSection {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  /** `audio`, `video`, `application` … */
  get media(): string {
    return /^m=(\S+)/.exec(this.lines[0] ?? '')?.[1] ?? '';
  }

  /** Its kind, if this server can serve it: an active line with the codec of its kind. */
  get kind(): MediaKind | undefined {
    const {media} = this;
    if (this.rejected || (media !== 'audio' && media !== 'video')) return undefined;
    return this.lines.some((line) => CODEC[media].test(line)) ? media : undefined;
  }

  /** Whether its port is 0, which refuses it in an answer and ends it in an offer (RFC 3264 §6, §8.2). */
  get rejected(): boolean {
    return /^m=\S+ 0[ /]/.test(this.lines[0] ?? '');
  }

  get mid(): string | undefined {
    return this.attribute('mid');
  }

  /** Its first direction attribute, which is the one that browsers use. */
  get direction(): Direction | undefined {
    for (const line of this.lines) {
      const direction = DIRECTION_LINE.exec(line)?.[1];
      if (direction !== undefined) return direction as Direction;
    }
    return undefined;
  }

  /** Returns the value of its first attribute with the name. */
  attribute(name: string): string | undefined {
    const start = `a=${name}:`;
    return this.lines.find((line) => line.startsWith(start))?.slice(start.length);
  }

  /** Returns a copy with the lines that pass. */
  filtered(keep: (line: string) => boolean): MediaSection {
    return new MediaSection(this.lines.filter(keep));
  }

  /**
   * Returns a copy without tones at another clock rate than the audio's, if there are tones at that rate too (RFC 4733
   * §2.1): a browser whose answer has both sends them at the wrong rate, and too long.
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

  /** Returns a copy with exactly one direction attribute: the given one. */
  directed(direction: Direction): MediaSection {
    const rest = this.lines.filter((line) => !DIRECTION_LINE.test(line));
    return new MediaSection([...rest, `a=${direction}`]);
  }

  /** Returns the answer that refuses it: port 0, the same formats, the same mid. */
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

/** A session description as text that can be split into sections and joined again (RFC 8866). */
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

  /** Returns the direction of one of its sections; the session's if the section has none (RFC 8866 §6.7). */
  directionOf(section: MediaSection): Direction {
    const own = section.direction ?? new MediaSection(this.session).direction;
    return own ?? 'sendrecv';
  }

  /** Returns its author's directions on the lines of a kind that can be served, all of them together. */
  flowOf(kind: MediaKind): Flow {
    const flows = this.sections
      .filter((section) => section.kind === kind)
      .map((section) => flowOf(this.directionOf(section)));
    return {sends: flows.some(({sends}) => sends), receives: flows.some(({receives}) => receives)};
  }

  /** Returns the same session with other sections, and a BUNDLE group with the remaining ones (RFC 9143 §7.3.3). */
  withSections(sections: readonly MediaSection[]): Description {
    const left = new Set(sections.flatMap((section) => (section.rejected ? [] : [section.mid])));
    const session = this.session.map((line) => {
      if (!line.startsWith('a=group:BUNDLE')) return line;
      const mids = line.split(' ').slice(1);
      return ['a=group:BUNDLE', ...mids.filter((mid) => left.has(mid))].join(' ');
    });
    return new Description(session, sections);
  }

  /** Returns a copy with the session's id and version in the origin line; the version always grows (RFC 3264 §8). */
  withOrigin(id: string, version: number): Description {
    const session = this.session.map((line) =>
      line.startsWith('o=') ? `o=- ${id} ${version} IN IP4 127.0.0.1` : line,
    );
    return new Description(session, this.sections);
  }

  /** What its author reports about its media. */
  get reports(): Reports {
    const video = this.sections.find((section) => section.media === 'video' && !section.rejected);
    return {
      content: video?.attribute('content'),
      record: new MediaSection(this.session).attribute('record'),
    };
  }

  /** Returns a copy that reports this about its media. */
  reporting({content, record}: Reports): Description {
    const sections = this.sections.map((section) =>
      content !== undefined && section.media === 'video' && !section.rejected
        ? new MediaSection([...section.lines, `a=content:${content}`])
        : section,
    );
    const session = record === undefined ? this.session : [...this.session, `a=record:${record}`];
    return new Description(session, sections);
  }

  toString(): string {
    const lines = [...this.session, ...this.sections.flatMap((section) => section.lines)];
    return `${lines.join('\r\n')}\r\n`;
  }
}
