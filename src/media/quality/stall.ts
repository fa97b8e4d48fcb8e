import {mediaDurations} from '../../durations/media.js';
import {GOES_ON} from './quality.js';
import type {Entry, Statistics} from './statistics.js';
import type {CallStall, RelayFailure, StallCause} from '../types.js';

/** Causes by which the media are certainly lost. */
const LOSSES: ReadonlySet<StallCause> = new Set(['disconnected', 'lost']);

/** Snapshots that are further apart are ignored: the computer slept. In milliseconds. */
const SLEEP_MS = 15_000;

/** What should arrive now. */
export interface Awaited {
  /** The audio, or the video if there is no audio. */
  readonly media: 'audio' | 'video';
  /** Whether silence is normal: in an intercom without a speaker, or in a conference that this side may not hear. */
  readonly mayRest: boolean;
}

/** Detects whether media arrive, and determines why not. */
export class StallWatch {
  /**
   * Whether the other side must be sending: it has used a codec that goes on in silence. A server that is between
   * answers ICE checks for a side that is gone.
   */
  lost = false;
  /** The last snapshot with new packets, or the one at which waiting began. */
  #start: Statistics | undefined;
  /** The first snapshot since then without new packets. */
  #quiet: Statistics | undefined;
  #last: Statistics | undefined;
  /** The first snapshot since then with a sender report. */
  #reported: Statistics | undefined;
  #media: 'audio' | 'video' | undefined;
  #since = 0;
  /** When the other side last answered an ICE check. */
  #answered = 0;
  #stall: CallStall | undefined;

  /**
   * Evaluates a snapshot. Returns why nothing arrives; undefined if media arrive or nothing is expected.
   *
   * @param relays - Why there is no relay.
   */
  look(
    now: Statistics,
    awaited: Awaited | undefined,
    relays: RelayFailure = {code: 'no-relay'},
  ): CallStall | undefined {
    const last = this.#last ?? now;
    this.lost = false;
    const slept = now.at - last.at > SLEEP_MS;
    this.#last = now;
    if (!awaited || awaited.media !== this.#media || slept) {
      this.#media = awaited?.media;
      this.#start = now;
      this.#quiet = this.#reported = undefined;
      this.#since = this.#answered = now.at;
      return (this.#stall = undefined);
    }
    const start = this.#start ?? now;
    const {media} = awaited;
    if (answers(now, last, media)) this.#answered = now.at;
    const entries = now.all('inbound-rtp', media);
    if (now.growth(entries, 'packetsReceived', start)) {
      this.#start = now;
      this.#quiet = this.#reported = undefined;
      return (this.#stall = undefined);
    }
    const quiet = (this.#quiet ??= now);
    if (now.growth(now.all('remote-outbound-rtp', media), 'timestamp', start)) this.#reported ??= now;
    // Not every browser reports when the last packet came: then it came no later than the last snapshot with a new one.
    const since = entries.map(({timestamp, lastPacketReceivedTimestamp}) =>
      lastPacketReceivedTimestamp === undefined ? now.at - start.at : timestamp - lastPacketReceivedTimestamp,
    );
    const silence = Math.min(now.at - this.#since, ...since);
    if (silence < mediaDurations.mediaStall) return (this.#stall = undefined);
    const cause = this.#causeOf(quiet, now, awaited, relays);
    if (cause === undefined) return (this.#stall = undefined);
    this.lost = LOSSES.has(cause) || (cause === 'unknown' && goesOn(now, entries));
    const subject = cause === relays.code ? relays.subject : undefined;
    if (this.#stall?.cause !== cause || this.#stall.subject !== subject)
      this.#stall = Object.freeze({media, cause, ...(subject && {subject})});
    return this.#stall;
  }

  /** Returns why nothing has arrived since then; undefined if that is expected, or not known yet. */
  #causeOf(
    quiet: Statistics,
    now: Statistics,
    {media, mayRest}: Awaited,
    relays: RelayFailure,
  ): StallCause | undefined {
    const entries = now.all('inbound-rtp', media);
    const arrived = now.sum(entries, 'packetsReceived') > 0;
    const [transport, pair] = [now.transport(media), now.pair(media)];
    if (!pair && !arrived && transport?.dtlsState !== 'connected') return unreached(now, relays);
    // Not every browser reports the state of the transport.
    const lost = transport?.iceState === 'disconnected' || transport?.iceState === 'failed';
    if (!pair || lost || now.at - this.#answered > mediaDurations.consentResponse) return 'disconnected';
    // Earlier answers may have come over a route that is lost.
    if (!answers(now, quiet, media)) return undefined;
    if (transport && transport.dtlsState !== 'connected') return 'encryption';
    // Two sender reports (RFC 3550 §6.4.1) show what was sent between them.
    const reports = now.all('remote-outbound-rtp', media);
    const reported = this.#reported;
    if (reported && now.growth(reports, 'packetsSent', reported)) return 'lost';
    if (mayRest) return undefined;
    if (!reported || !now.growth(reports, 'timestamp', reported)) return 'unknown';
    return arrived && !goesOn(now, entries) ? undefined : 'not-sent';
  }
}

/** Returns how often the other side has answered ICE checks since then; not every browser counts that. */
function answers(now: Statistics, since: Statistics, media: 'audio' | 'video'): number {
  const pair = now.pair(media);
  if (!pair) return 0;
  return pair.responsesReceived === undefined ? 1 : now.growth([pair], 'responsesReceived', since);
}

/** Whether a side that sends these media sends in silence, too. */
function goesOn(now: Statistics, entries: readonly Entry[]): boolean {
  return entries.some((entry) => GOES_ON.test(now.codec(entry)));
}

function unreached(now: Statistics, {code}: RelayFailure): StallCause {
  const relayed = now.all('local-candidate').some(({candidateType}) => candidateType === 'relay');
  return relayed ? 'no-route' : code;
}
