import type {SipError} from '../../errors.js';
import type {SipCall} from '../call/call.js';
import type {StateSource} from '../util/state-target.js';
import {isIntercom} from './is-intercom.js';
import type {TalkGroup} from './talk-group.js';

/** The calls of a client. */
type Calls = StateSource<{readonly calls: readonly SipCall[]}>;

/** What speaking to groups needs. */
export interface TalkOptions {
  /** The client whose calls and conferences do not hear what is said; undefined if they may. */
  readonly unheardBy?: Calls | undefined;
  /** Called for each group that refuses the floor, or does not take it back. */
  readonly onFailure?: (group: TalkGroup, error: SipError) => void;
}

/**
 * Speaks to several groups at once: asks for the floor of each, until the returned function is called, which gives all
 * of them back. A group that refuses the floor keeps no other from hearing this side.
 */
export function speakTo(groups: readonly TalkGroup[], {unheardBy, onFailure}: TalkOptions = {}): () => void {
  const unmute = unheardBy && muteCalls(unheardBy);
  const ends = groups.map((group) => group.speak((error) => onFailure?.(group, error)));
  return () => {
    for (const end of ends.splice(0)) end();
    unmute?.();
  };
}

/** The muted calls of each client. */
const muted = new WeakMap<Calls, CallMuting>();

/**
 * Mutes the calls of a client that are no intercoms, also those that connect later, until the returned function is
 * called. Idempotent. A call that the user has muted stays muted; one that they unmute meanwhile stays unmuted.
 */
export function muteCalls(client: Calls): () => void {
  const muting = muted.get(client) ?? new CallMuting(client);
  muted.set(client, muting);
  muting.begin();
  let ended = false;
  return () => {
    if (!ended) muting.end();
    ended = true;
  };
}

/** Mutes the calls of one client while at least one talk wants it. */
class CallMuting {
  readonly #client: Calls;
  /** The calls that are followed. */
  readonly #followed = new Set<SipCall>();
  /** The calls that were muted here, even if the user has unmuted them since. */
  readonly #muted = new Set<SipCall>();
  #talks = 0;

  constructor(client: Calls) {
    this.#client = client;
  }

  begin(): void {
    this.#talks += 1;
    if (this.#talks > 1) return;
    this.#client.addEventListener('statechange', this.#onCalls);
    this.#onCalls();
  }

  end(): void {
    this.#talks -= 1;
    if (this.#talks > 0) return;
    this.#client.removeEventListener('statechange', this.#onCalls);
    for (const call of this.#followed) call.removeEventListener('statechange', this.#onCalls);
    for (const call of this.#muted)
      if (call.state.phase === 'answered' && call.state.muted) call.unmute().catch(() => {});
    this.#followed.clear();
    this.#muted.clear();
  }

  readonly #onCalls = (): void => {
    for (const call of this.#client.state.calls) {
      if (isIntercom(call)) continue;
      if (!this.#followed.has(call)) {
        this.#followed.add(call);
        call.addEventListener('statechange', this.#onCalls);
      }
      const {phase, media} = call.state;
      const sends = media.audio === 'sendrecv' || media.audio === 'sendonly';
      if (phase !== 'answered' || !sends || call.state.muted || this.#muted.has(call)) continue;
      this.#muted.add(call);
      call.mute().catch(() => this.#muted.delete(call));
    }
  };
}
