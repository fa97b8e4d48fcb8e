import {mosOf, ratingOf} from './e-model.js';
import type {Entry, Kind, Statistics} from './statistics.js';
import type {CallQuality, FlowQuality, StreamQuality} from '../types.js';

/** Codecs that send at least every 400 ms, even in silence (RFC 7587 §3.1.3), unlike telephone codecs (RFC 3389). */
export const GOES_ON = /^(opus|red)$/i;

/** The duration of speech in a packet, in milliseconds: the packet cannot be sent before it was spoken. */
const PACKET_MS = 20;

/**
 * Measures a call between two snapshots of its statistics.
 *
 * @param awaitsSound - Whether the other side's voice should be heard now.
 */
export function measure(before: Statistics, now: Statistics, awaitsSound: boolean): CallQuality {
  const seconds = Math.max(0.001, (now.at - before.at) / 1000);
  const received = {
    audio: incoming('audio', before, now, seconds),
    video: incoming('video', before, now, seconds),
  };
  const sent = {
    audio: outgoing('audio', before, now, seconds),
    video: outgoing('video', before, now, seconds),
  };
  const rtt = roundTrip(now);
  const {loss = 0, jitter = 0} = received.audio ?? received.video ?? {};
  const voice = awaitsSound ? opinion(before, now, received, rtt) : undefined;
  return Object.freeze({
    time: Date.now(),
    mos: voice,
    // No later packet reveals how many were lost.
    loss: voice === 1 ? 1 : loss,
    jitter,
    rtt,
    bitrate: (received.audio?.bitrate ?? 0) + (received.video?.bitrate ?? 0),
    received: Object.freeze(received),
    sent: Object.freeze(sent),
  });
}

function opinion(
  before: Statistics,
  now: Statistics,
  {audio}: FlowQuality,
  rtt: number | undefined,
): number | undefined {
  if (!audio) return undefined;
  const entries = now.all('inbound-rtp', 'audio');
  // If a codec that may pause sends nothing, silence cannot be distinguished from loss.
  if (!now.growth(entries, 'packetsReceived', before)) return GOES_ON.test(audio.codec) ? 1 : undefined;
  const played = now.growth(entries, 'jitterBufferEmittedCount', before);
  const waited = now.growth(entries, 'jitterBufferDelay', before);
  const delay = (rtt ?? 0) / 2 + (played ? (waited / played) * 1000 : 0) + PACKET_MS;
  return mosOf(ratingOf({delay, loss: audio.loss ?? 0}));
}

function incoming(
  kind: Kind,
  before: Statistics,
  now: Statistics,
  seconds: number,
): StreamQuality | undefined {
  const entries = now.all('inbound-rtp', kind).filter(({packetsReceived}) => packetsReceived);
  const main = largest(entries, 'bytesReceived');
  if (!main) return undefined;
  const arrived = now.growth(entries, 'packetsReceived', before);
  const lost = now.growth(entries, 'packetsLost', before);
  // Chromium discards packets that are not played: those did not come too late.
  const played = now.growth(entries, 'jitterBufferEmittedCount', before);
  const late = played ? now.growth(entries, 'packetsDiscarded', before) : 0;
  return Object.freeze({
    codec: now.codec(main),
    bitrate: (now.growth(entries, 'bytesReceived', before) * 8) / seconds,
    loss: arrived + lost ? Math.min(1, (lost + late) / (arrived + lost)) : 0,
    jitter: (main.jitter ?? 0) * 1000,
    ...picture(main),
  });
}

function outgoing(
  kind: Kind,
  before: Statistics,
  now: Statistics,
  seconds: number,
): StreamQuality | undefined {
  const entries = now.all('outbound-rtp', kind).filter(({packetsSent}) => packetsSent);
  const main = largest(entries, 'bytesSent');
  if (!main) return undefined;
  const reports = now.all('remote-inbound-rtp', kind);
  const lost = now.growth(reports, 'packetsLost', before);
  const went = now.growth(entries, 'packetsSent', before);
  return Object.freeze({
    codec: now.codec(main),
    bitrate: (now.growth(entries, 'bytesSent', before) * 8) / seconds,
    loss: reports.length ? Math.min(1, lost / Math.max(1, went)) : undefined,
    jitter: reports[0]?.jitter === undefined ? undefined : reports[0].jitter * 1000,
    ...picture(main),
  });
}

function picture({kind, frameWidth, frameHeight, framesPerSecond}: Entry): Partial<StreamQuality> {
  return kind === 'video' ? {width: frameWidth, height: frameHeight, frameRate: framesPerSecond} : {};
}

function largest(entries: readonly Entry[], counter: 'bytesReceived' | 'bytesSent'): Entry | undefined {
  return entries.reduce<Entry | undefined>(
    (most, entry) => ((entry[counter] ?? 0) > (most?.[counter] ?? -1) ? entry : most),
    undefined,
  );
}

/** Returns the round-trip time as RTCP measures it, between the media endpoints; else as ICE does (RFC 8445 §7.2.5). */
function roundTrip(now: Statistics): number | undefined {
  const [report] = now.all('remote-inbound-rtp').filter(({roundTripTime}) => roundTripTime !== undefined);
  const seconds = report?.roundTripTime ?? now.pair('audio')?.currentRoundTripTime;
  return seconds === undefined ? undefined : seconds * 1000;
}
