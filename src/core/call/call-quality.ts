import type {QualityMeter} from '../../media/quality/quality-meter.js';
import type {Awaited} from '../../media/quality/stall.js';
import type {CallQuality, CallStall, MediaDirection, MediaLoss, RelayFailure} from '../../media/types.js';
import type {CallSource} from './call-state.js';
import {isIntercomType, isLookedAt, isOfTwo} from '../call-kinds.js';

/** The number of measurements that are kept: those of four minutes. */
const KEPT = 120;

/** Provides the measurements and receives the results. */
export interface QualityDelegate {
  statistics(): Promise<RTCStatsReport | undefined>;
  relayFailure(): RelayFailure | undefined;
  onQuality(quality: CallQuality): void;
  /** @param loss - If the other side of a call of two must be sending. */
  onStall(stall: CallStall | undefined, loss?: MediaLoss): void;
  /** Restarts ICE. */
  restartIce(): void;
}

/**
 * Measures a call from its answer to its end. If media stops arriving, ICE is restarted; a video that is only watched
 * is requested again by the element that shows it.
 */
export class CallQualityWatch {
  /** The measurements of the last four minutes, oldest first. */
  history: readonly CallQuality[] = Object.freeze([]);
  readonly #call: CallSource;
  readonly #delegate: QualityDelegate;
  #meter: QualityMeter | undefined;
  #loading = false;

  constructor(call: CallSource, delegate: QualityDelegate) {
    this.#call = call;
    this.#delegate = delegate;
    call.addEventListener('statechange', this.#refresh);
    // The call may be answered already.
    this.#refresh();
  }

  get #runs(): boolean {
    return this.#call.state.phase === 'answered';
  }

  readonly #refresh = (): void => {
    // A stall ends when media is no longer expected.
    if (this.#call.state.stalled && !(this.#runs && awaitedOf(this.#call))) this.#delegate.onStall(undefined);
    if (this.#runs) {
      if (!this.#meter && !this.#loading) void this.#begin();
      return;
    }
    this.#meter?.stop();
    this.#meter = undefined;
  };

  async #begin(): Promise<void> {
    this.#loading = true;
    // If loading fails, it is tried again at the call's next change.
    const loaded = await import('../../media/quality/quality-meter.js').catch(() => undefined);
    this.#loading = false;
    if (!loaded || !this.#runs || this.#meter) return;
    const delegate = this.#delegate;
    this.#meter = new loaded.QualityMeter({
      statistics: () => delegate.statistics(),
      relayFailure: () => delegate.relayFailure(),
      awaited: () => awaitedOf(this.#call),
      onQuality: (quality) => {
        this.history = Object.freeze([...this.history, quality].slice(-KEPT));
        delegate.onQuality(quality);
      },
      onStall: (stall, loss) => delegate.onStall(stall, isOfTwo(this.#call.type) ? loss : undefined),
      restartIce: () => {
        if (!isLookedAt(this.#call.type)) delegate.restartIce();
      },
    });
  }
}

/** Returns the media that should arrive in a call at the moment; undefined if none is expected. */
function awaitedOf({state, type}: CallSource): Awaited | undefined {
  const {phase, held, remoteHeld, media} = state;
  if (phase !== 'answered' || held || remoteHeld) return undefined;
  const [audio, video] = [comes(media.audio), comes(media.video)];
  // A monitored camera may have no sound.
  const kind = audio && !(video && isLookedAt(type)) ? 'audio' : video ? 'video' : undefined;
  return (
    kind && {media: kind, mayRest: isIntercomType(type) || type === 'conference' || type === 'broadcast'}
  );
}

function comes(direction: MediaDirection): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}
