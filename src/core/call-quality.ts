import type {QualityMeter} from '../media/quality-meter.js';
import type {Awaited} from '../media/stall.js';
import type {CallQuality, CallStall, MediaDirection, RelayFailure} from '../media/types.js';
import type {CallBase} from './call-base.js';
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
 * Has a call measured from its answer to its end, and another way sought if nothing arrives any more; tells how it fares
 * while somebody wants to know. Calls that are looked at are measured only then: there may be many of them.
 */
export class CallQualityWatch {
  /** The last measurements, the oldest first. */
  history: readonly CallQuality[] = Object.freeze([]);
  readonly #call: CallBase;
  readonly #delegate: QualityDelegate;
  #wanted = false;
  #meter: QualityMeter | undefined;
  #loading = false;

  constructor(call: CallBase, delegate: QualityDelegate) {
    this.#call = call;
    this.#delegate = delegate;
    call.addEventListener('statechange', this.#refresh);
  }

  /** Whether somebody wants to know. */
  want(wanted: boolean): void {
    this.#wanted = wanted;
    this.#refresh();
  }

  get #runs(): boolean {
    const {state, type} = this.#call;
    return state.phase === 'answered' && (this.#wanted || !isLookedAt(type));
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
    const loaded = await import('../media/quality-meter.js').catch(() => undefined);
    this.#loading = false;
    if (!loaded || !this.#runs || this.#meter) return;
    const delegate = this.#delegate;
    this.#meter = new loaded.QualityMeter({
      statistics: () => delegate.statistics(),
      relayFailure: () => delegate.relayFailure(),
      awaited: () => awaitedOf(this.#call),
      listened: () => this.#wanted,
      onQuality: (quality) => {
        this.history = Object.freeze([...this.history, quality].slice(-KEPT));
        delegate.onQuality(quality);
      },
      onStall: (stall) => delegate.onStall(stall),
      seekWay: () => delegate.seekWay(),
    });
  }
}

/** What should arrive in a call at this moment; undefined where nothing need to. */
function awaitedOf({state, type}: CallBase): Awaited | undefined {
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
