import type {QualityMeter} from '../../media/quality/quality-meter.js';
import type {Awaited} from '../../media/quality/stall.js';
import type {CallQuality, CallStall, MediaDirection, RelayFailure} from '../../media/types.js';
import type {CallSource} from './call-state.js';
import {isIntercomType, isLookedAt} from './call-kinds.js';

/** How many measurements are kept: those of four minutes. */
const KEPT = 120;

/** What the measurements come from, and who is told of them. */
export interface QualityDelegate {
  statistics(): Promise<RTCStatsReport | undefined>;
  relayFailure(): RelayFailure | undefined;
  onQuality(quality: CallQuality): void;
  onStall(stall: CallStall | undefined): void;
  /** Seeks another way for the media. */
  seekWay(): void;
}

/**
 * Has a call measured from its answer to its end. If nothing arrives any more, another way is sought; for a picture that is
 * only looked at, whoever shows it asks for it anew.
 */
export class CallQualityWatch {
  /** The measurements of the last four minutes, the oldest first. */
  history: readonly CallQuality[] = Object.freeze([]);
  readonly #call: CallSource;
  readonly #delegate: QualityDelegate;
  #meter: QualityMeter | undefined;
  #loading = false;

  constructor(call: CallSource, delegate: QualityDelegate) {
    this.#call = call;
    this.#delegate = delegate;
    call.addEventListener('statechange', this.#refresh);
  }

  get #runs(): boolean {
    return this.#call.state.phase === 'answered';
  }

  readonly #refresh = (): void => {
    // What is awaited no more cannot fail to come.
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
    // What cannot be loaded is tried again with the call's next change.
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
      onStall: (stall) => delegate.onStall(stall),
      seekWay: () => {
        if (!isLookedAt(this.#call.type)) delegate.seekWay();
      },
    });
  }
}

/** What should arrive in a call at this moment; undefined where nothing need to. */
function awaitedOf({state, type}: CallSource): Awaited | undefined {
  const {phase, held, remoteHeld, media} = state;
  if (phase !== 'answered' || held || remoteHeld) return undefined;
  const [audio, video] = [comes(media.audio), comes(media.video)];
  // What is looked at may have no sound.
  const kind = audio && !(video && isLookedAt(type)) ? 'audio' : video ? 'video' : undefined;
  return (
    kind && {media: kind, mayRest: isIntercomType(type) || type === 'conference' || type === 'broadcast'}
  );
}

function comes(direction: MediaDirection): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}
