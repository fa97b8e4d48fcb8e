import {API_EVENT, CALL_STATE} from '../../src/dispatch/protocol.js';
import type {ApiEvents} from '../api/handlers.js';
import {isSameClient, type Binding, type SipHub} from '../sip/index.js';

/** A call type or a call state of docs/protocol/numbers.md#call-types. */
type CallState = (typeof CALL_STATE)[keyof typeof CALL_STATE];

/** A registration's part in a session: what its events contain besides the state (docs/protocol/calls.md#events). */
export interface Participation {
  readonly binding: Binding;
  readonly cid: string;
  /** Call type, docs/protocol/numbers.md#call-types. */
  readonly type: number;
  /** 1 out, 2 in. */
  readonly direction: number;
  /** The other party, or the group. */
  readonly other: {readonly number: string; readonly name: string};
}

/** How long an undelivered end is kept, in milliseconds. */
const LATE_RELEASE_LIFETIME = 10 * 60 * 1000;

/** Sends clients the states of their sessions. */
export class SessionEvents {
  readonly #events: ApiEvents;
  /**
   * Ends whose socket was closed, by user: sent after the next registration (docs/protocol/clients.md#registration).
   */
  readonly #late = new Map<string, {readonly part: Participation; readonly since: number}[]>();
  readonly #hub: SipHub;
  readonly #stop: () => void;

  constructor(events: ApiEvents, hub: SipHub) {
    this.#events = events;
    this.#hub = hub;
    this.#stop = hub.onBindingMade((binding, isNew) => {
      if (isNew) this.#tellLate(binding);
    });
  }

  /**
   * Sends a registration its session's state with its details; an end that cannot be sent now is sent when the user is
   * back.
   */
  tell(part: Participation, state: CallState, more: Readonly<Record<string, string>> = {}): void {
    const binding = this.#reachable(part.binding);
    if (binding) return this.#send(part, state, binding, more);
    if (state !== CALL_STATE.release) return;
    const {user} = part.binding;
    this.#late.set(user, [...this.#lateFor(user), {part, since: performance.now()}]);
  }

  /** Discards undelivered ends. */
  close(): void {
    this.#stop();
    this.#late.clear();
  }

  /** Returns the registration, or the one with which its client has returned; undefined if the client is away. */
  #reachable(binding: Binding): Binding | undefined {
    if (!binding.connection.closed.aborted) return binding;
    return this.#hub
      .bindings(binding.user)
      .find((other) => binding.instance !== undefined && isSameClient(other, binding));
  }

  #tellLate(binding: Binding): void {
    const waiting = this.#lateFor(binding.user);
    // Another device of the same user may have registered first; the device concerned must still get it.
    const left = waiting.filter(({part}) => !isReturned(part.binding, binding));
    for (const late of waiting) if (!left.includes(late)) this.#send(late.part, CALL_STATE.release, binding);
    if (left.length > 0) this.#late.set(binding.user, left);
    else this.#late.delete(binding.user);
  }

  #lateFor(user: string): {readonly part: Participation; readonly since: number}[] {
    const oldest = performance.now() - LATE_RELEASE_LIFETIME;
    return (this.#late.get(user) ?? []).filter(({since}) => since > oldest);
  }

  #send(
    {cid, type, direction, other}: Participation,
    state: CallState,
    binding: Binding,
    more: Readonly<Record<string, string>> = {},
  ): void {
    // Numbers are sent as strings; existing clients read anything else as 0 (docs/protocol/clients.md#events).
    const body = {
      cid,
      type: String(type),
      state: String(state),
      direction: String(direction),
      othernum: other.number,
      othername: other.name,
      ...more,
    };
    void this.#events.sendEvent(binding, API_EVENT.sessionState, body);
  }
}

/** Whether a registration may be the one with which a client has returned: clients without an instance are not told apart. */
function isReturned(before: Binding, binding: Binding): boolean {
  return (before.instance ?? binding.instance) === undefined || isSameClient(before, binding);
}
