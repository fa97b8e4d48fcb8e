import type {MediaKinds} from '../types.js';

export type Kind = keyof MediaKinds;

/** The fields that are read from an entry of `getStats()` (W3C webrtc-stats), whatever its type. */
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
  /** In seconds, like the next three. */
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
  /** When the snapshot was taken, in milliseconds of `performance.now()`. */
  readonly at: number;
  readonly #entries = new Map<string, Entry>();

  constructor(report: RTCStatsReport, at = performance.now()) {
    this.at = at;
    report.forEach((entry: Entry) => void this.#entries.set(entry.id, entry));
  }

  /** Returns the entries of a type, and of a kind if that is given. */
  all(type: string, kind?: Kind): Entry[] {
    return [...this.#entries.values()].filter(
      (entry) => entry.type === type && (kind === undefined || entry.kind === kind),
    );
  }

  /** Returns the sum of a counter over the entries. */
  sum(entries: readonly Entry[], counter: Counter): number {
    return entries.reduce((total, entry) => total + (entry[counter] ?? 0), 0);
  }

  /**
   * Returns how much the sum of a counter has grown since then; 0 if it shrank, as late packets lower the count of
   * lost.
   */
  growth(entries: readonly Entry[], counter: Counter, since: Statistics): number {
    const before = (entry: Entry): number => since.#entries.get(entry.id)?.[counter] ?? 0;
    return Math.max(
      0,
      this.sum(entries, counter) - entries.reduce((total, entry) => total + before(entry), 0),
    );
  }

  /** Returns the name of an entry's codec; empty if there is none. */
  codec({codecId = ''}: Entry): string {
    return this.#entries.get(codecId)?.mimeType?.split('/')[1] ?? '';
  }

  /** Returns the transport that a kind arrives on; undefined if the browser reports none. */
  transport(kind: Kind): Entry | undefined {
    const id = this.all('inbound-rtp', kind)[0]?.transportId;
    return this.#entries.get(id ?? '') ?? this.all('transport')[0];
  }

  /** Returns the candidate pair that a kind arrives on; undefined if there is none. */
  pair(kind: Kind): Entry | undefined {
    const transport = this.transport(kind);
    // Not every browser has an entry for the transport.
    return (
      this.#entries.get(transport?.selectedCandidatePairId ?? '') ??
      this.all('candidate-pair').find(({state, nominated}) => state === 'succeeded' && nominated)
    );
  }
}
