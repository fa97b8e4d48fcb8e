import {mediaDurations} from '../../../src/durations/media.js';
import {until} from '../in-page/facts.js';
import type {Staged} from './staged-client.js';

/** The quality of a staged call. */
export interface StagedFlow {
  /** The share of sound that is lost, 0–1. */
  readonly loss?: number;
  /** The round-trip time, in milliseconds. */
  readonly rtt?: number;
  /** Whether video is received too, or alone. */
  readonly video?: boolean | 'alone';
  /** Nothing arrives any more. */
  readonly silent?: boolean;
}

/** The statistics of a call after this many seconds. */
function reportAt(
  seconds: number,
  {loss = 0, rtt = 40, video = false, silent = false}: StagedFlow,
  idle: number,
) {
  const timestamp = Date.now();
  // Many: a loss is counted exactly, however short the time between two looks is.
  const sent = Math.round((seconds * 10_000_000) / mediaDurations.statisticsInterval);
  const bytes = (rate: number): number => Math.round((seconds * rate) / 8);
  const packetsLost = Math.round(sent * loss);
  const stream = {
    timestamp,
    packetsLost,
    packetsReceived: silent ? 500 : 500 + sent - packetsLost,
    jitter: 0.004,
  };
  const sizes = {frameWidth: 640, frameHeight: 480, framesPerSecond: 25};
  const entries: object[] = [
    {id: 'T', type: 'transport', selectedCandidatePairId: 'P', dtlsState: 'connected', iceState: 'connected'},
    {id: 'P', type: 'candidate-pair', responsesReceived: sent, currentRoundTripTime: rtt / 1000},
    {id: 'opus', type: 'codec', mimeType: 'audio/opus'},
    {id: 'vp8', type: 'codec', mimeType: 'video/VP8'},
  ];
  if (video !== 'alone')
    entries.push(
      {
        id: 'IA',
        type: 'inbound-rtp',
        kind: 'audio',
        codecId: 'opus',
        transportId: 'T',
        bytesReceived: bytes(32_000),
        lastPacketReceivedTimestamp: timestamp - idle,
        ...stream,
      },
      {
        id: 'OA',
        type: 'outbound-rtp',
        kind: 'audio',
        codecId: 'opus',
        packetsSent: 500 + sent,
        bytesSent: bytes(32_000),
      },
    );
  if (video)
    entries.push(
      {
        id: 'IV',
        type: 'inbound-rtp',
        kind: 'video',
        codecId: 'vp8',
        transportId: 'T',
        bytesReceived: bytes(360_000),
        ...stream,
        ...sizes,
      },
      {
        id: 'OV',
        type: 'outbound-rtp',
        kind: 'video',
        codecId: 'vp8',
        packetsSent: 500 + sent,
        bytesSent: bytes(360_000),
        ...sizes,
      },
    );
  return new Map(entries.map((entry) => [(entry as {id: string}).id, entry])) as unknown as RTCStatsReport;
}

/** Sets the quality of a staged call; resolves when it was measured. */
export async function fares({call, dialog}: Staged, flow: StagedFlow): Promise<void> {
  const begun = performance.now();
  const before = call.quality?.time ?? 0;
  let looks = 0;
  dialog.statistics = async () => {
    looks += 1;
    const passed = performance.now() - begun;
    return reportAt(100 + passed / 1000, flow, flow.silent ? passed : 20);
  };
  // The first look may be compared with one of another flow.
  await until(() => looks > 2 && (call.quality?.time ?? 0) > before);
}
