import type {MediaKinds} from '../types.js';

export type Kind = keyof MediaKinds;

/** What is read of an entry of `getStats()` (W3C webrtc-stats), whatever its type. */
export interface Entry {
  readonly id: string;
  readonly type: string;
  /** In milliseconds since the epoch. */
  readonly timestamp: number;
  readonly kind?: Kind;
  readonly codecId?: string;
  readonly transportId?: string;
  readonly mimeType?: string;
  readonly packetsReceived?: number;
  readonly packetsSent?: number;
  readonly packetsLost?: number;
  readonly packetsDiscarded?: number;
  readonly bytesReceived?: number;
  readonly bytesSent?: number;
  readonly lastPacketReceivedTimestamp?: number;
  /** In seconds, as the next ones. */
  readonly jitter?: number;
  readonly jitterBufferDelay?: number;
  readonly roundTripTime?: number;
  readonly currentRoundTripTime?: number;
  readonly jitterBufferEmittedCount?: number;
  readonly frameWidth?: number;
  readonly frameHeight?: number;
  readonly framesPerSecond?: number;
  readonly candidateType?: string;
  readonly state?: string;
  readonly nominated?: boolean;
  readonly responsesReceived?: number;
  readonly selectedCandidatePairId?: string;
  readonly iceState?: string;
  readonly dtlsState?: string;
}

type Counter = {[K in keyof Entry]-?: Entry[K] extends number | undefined ? K : never}[keyof Entry];

/** The statistics of a peer connection at one moment. */
export class Statistics {
  /** When they were taken, in milliseconds of `performance.now()`. */
  readonly at: number;
  readonly #entries = new Map<string, Entry>();

  constructor(report: RTCStatsReport, at = performance.now()) {
    this.at = at;
    report.forEach((entry: Entry) => void this.#entries.set(entry.id, entry));
  }

  /** The entries of a type, of one kind where that is given. */
  all(type: string, kind?: Kind): Entry[] {
    return [...this.#entries.values()].filter(
      (entry) => entry.type === type && (kind === undefined || entry.kind === kind),
    );
  }

  /** The sum of what the entries count. */
  sum(entries: readonly Entry[], counter: Counter): number {
    return entries.reduce((total, entry) => total + (entry[counter] ?? 0), 0);
  }

  /** By how much the sum of what the entries count has grown since then; late packets let the count of lost ones shrink. */
  growth(entries: readonly Entry[], counter: Counter, since: Statistics): number {
    const before = (entry: Entry): number => since.#entries.get(entry.id)?.[counter] ?? 0;
    return Math.max(
      0,
      this.sum(entries, counter) - entries.reduce((total, entry) => total + before(entry), 0),
    );
  }

  /** The name of an entry's codec; empty where there is none. */
  codec({codecId = ''}: Entry): string {
    return this.#entries.get(codecId)?.mimeType?.split('/')[1] ?? '';
  }

  /** The transport by which a kind comes; undefined where the browser tells of none. */
  transport(kind: Kind): Entry | undefined {
    const id = this.all('inbound-rtp', kind)[0]?.transportId;
    return this.#entries.get(id ?? '') ?? this.all('transport')[0];
  }

  /** The candidate pair by which a kind comes; undefined where there is none. */
  pair(kind: Kind): Entry | undefined {
    const transport = this.transport(kind);
    // Not every browser has an entry for the transport.
    return (
      this.#entries.get(transport?.selectedCandidatePairId ?? '') ??
      this.all('candidate-pair').find(({state, nominated}) => state === 'succeeded' && nominated)
    );
  }
}
