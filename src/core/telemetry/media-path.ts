import type {TelemetryAttributes} from './telemetry-event.js';

/** The fields that are read from an entry of `getStats()` (W3C webrtc-stats), whatever its type. */
interface Entry {
  readonly id: string;
  readonly type: string;
  readonly kind?: 'audio' | 'video';
  readonly packetsReceived?: number;
  readonly selectedCandidatePairId?: string;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: string;
  readonly protocol?: string;
  readonly relayProtocol?: string;
  readonly state?: string;
  readonly nominated?: boolean;
}

/** Whether media have arrived. */
export function hasArrived(report: RTCStatsReport): boolean {
  let arrived = false;
  report.forEach(({type, packetsReceived}: Entry) => {
    arrived ||= type === 'inbound-rtp' && (packetsReceived ?? 0) > 0;
  });
  return arrived;
}

/** Returns how media reach the other side: the kinds of the two candidates and the transport, without any address. */
export function pathOf(report: RTCStatsReport): TelemetryAttributes {
  const entries = new Map<string, Entry>();
  report.forEach((entry: Entry) => void entries.set(entry.id, entry));
  const all = [...entries.values()];
  const transport = all.find(({type}) => type === 'transport');
  // Not every browser has an entry for the transport.
  const pair =
    entries.get(transport?.selectedCandidatePairId ?? '') ??
    all.find(({type, state, nominated}) => type === 'candidate-pair' && state === 'succeeded' && nominated);
  const local = entries.get(pair?.localCandidateId ?? '');
  const remote = entries.get(pair?.remoteCandidateId ?? '');
  const path = {
    'network.transport': local?.protocol,
    'rtc.ice.local.type': local?.candidateType,
    'rtc.ice.remote.type': remote?.candidateType,
    'rtc.ice.relay.protocol': local?.relayProtocol,
  };
  return Object.fromEntries(Object.entries(path).filter(([, value]) => value)) as TelemetryAttributes;
}
