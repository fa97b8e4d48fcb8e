import type {SipError} from '../../errors.js';
import type {SipCall} from '../call/call.js';
import type {StateSource} from '../util/state-target.js';
import {isIntercom} from './is-intercom.js';
import {sendsAudio, type TalkGroup} from './talk-group.js';

/** The calls of a client. */
type Calls = StateSource<{readonly calls: readonly SipCall[]}>;

/** What speaking to groups needs. */
export interface TalkOptions {
  /** The client whose calls and conferences do not hear what is said; undefined if they may. */
  readonly unheardBy?: Calls | undefined;
  /** Called for each group that refuses the floor, or does not take it back. */
  readonly onFailure?: (group: TalkGroup, error: SipError) => void;
  /** Called once if this side is heard in none of the groups any more, and waits for none. */
  readonly onOver?: () => void;
}

/**
 * Speaks to several groups at once: asks for the floor of each, until the returned function is called, which gives all
 * of them back. A group that refuses the floor keeps no other from hearing this side.
 */
export function speakTo(
  groups: readonly TalkGroup[],
  {unheardBy, onFailure, onOver}: TalkOptions = {},
): () => void {
  const running = new Set(groups.filter(({talkable}) => talkable));
  // Who reaches no group must not lose the calls as well.
  const endUnheard = running.size > 0 && unheardBy ? keepUnheardBy(unheardBy) : undefined;
  const ends = groups.map((group) =>
    group.speak({
      onFailure: (error) => onFailure?.(group, error),
      onOver: () => {
        if (running.delete(group) && running.size === 0) onOver?.();
      },
    }),
  );
  return () => {
    for (const end of ends.splice(0)) end();
    endUnheard?.();
  };
}

/** The calls of each client that do not hear the user. */
const unheard = new WeakMap<Calls, UnheardCalls>();

/**
 * Keeps what the user says from the calls of a client, also from those that connect later, until the returned function
 * is called. Idempotent. A call that the user unmutes meanwhile hears them; whether they have muted a call stays as it
 * is.
 */
export function keepUnheardBy(client: Calls): () => void {
  const calls = unheard.get(client) ?? new UnheardCalls(client);
  unheard.set(client, calls);
  calls.begin();
  let ended = false;
  return () => {
    if (!ended) calls.end();
    ended = true;
  };
}

/** The calls of one client that do not hear the user while at least one talk wants it. */
class UnheardCalls {
  readonly #client: Calls;
  /** The calls that are followed. */
  readonly #followed = new Set<SipCall>();
  /** The calls that do not hear the user, even if they have unmuted them since. */
  readonly #unheard = new Set<SipCall>();
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
    for (const call of this.#unheard) call.setUnheard(false);
    this.#followed.clear();
    this.#unheard.clear();
  }

  readonly #onCalls = (): void => {
    for (const call of this.#client.state.calls) {
      if (!this.#followed.has(call)) {
        this.#followed.add(call);
        call.addEventListener('statechange', this.#onCalls);
      }
      if (this.#unheard.has(call) || !(isIntercom(call) || sendsAudio(call))) continue;
      this.#unheard.add(call);
      call.setUnheard(true);
    }
  };
}
