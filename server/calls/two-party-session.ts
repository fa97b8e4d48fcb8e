import {CALL_STATE} from '../../src/dispatch/protocol.js';
import type {MediaKind} from '../media/index.js';
import type {Binding} from '../sip/index.js';
import type {CallLeg} from './call-leg.js';
import type {CallServices} from './call-services.js';
import type {Conversation} from './conversation.js';
import {Fork, type ForkFailure} from './fork.js';
import type {Session, SessionFiles} from './sessions.js';
import {TwoPartyCall, type Side} from './two-party-call.js';

type Party = Side['party'];

/** The side that calls, and how it is notified. */
export interface Caller {
  readonly leg: CallLeg;
  readonly party: Party;
  /** The callee rings. */
  ring(): void;
  /** The callee has answered. */
  connect(): void;
  /** The callee has not answered, and will not. */
  fail(failure: ForkFailure): void;
}

/**
 * A call of two users as a session: a caller, whose leg exists from the beginning, and a callee, whose registrations a fork
 * calls.
 */
export class TwoPartySession implements Session {
  readonly cid: string;
  readonly type: number;
  readonly caller: Caller;
  readonly #services: CallServices;
  readonly #called: Party;
  readonly #fork: Fork;
  #call: TwoPartyCall | undefined;
  #ended: Promise<void> | undefined;

  /** @param createCaller - Creates the caller of the new session. */
  constructor(
    services: CallServices,
    {type, called}: {readonly type: number; readonly called: Party},
    createCaller: (session: TwoPartySession) => Caller,
  ) {
    this.cid = services.sessions.newCid();
    this.type = type;
    this.#services = services;
    this.#called = called;
    this.caller = createCaller(this);
    this.#fork = new Fork(services, {
      onRinging: () => this.caller.ring(),
      onAnswered: (leg) => this.#connect(leg),
      onFailed: (failure) => {
        this.caller.fail(failure);
        void this.end();
      },
      onEnded: () => void this.end(),
    });
    services.sessions.add(this);
  }

  /** Calls the callee on these registrations, unless the session has ended. */
  callOut(bindings: readonly Binding[], kinds: readonly MediaKind[]): void {
    if (this.#ended) return;
    const {cid, type} = this;
    this.#fork.start({bindings, cid, type, caller: this.caller.party, kinds});
  }

  /** Files can be played only once both sides are connected. */
  get files(): SessionFiles | undefined {
    return this.#call?.files;
  }

  get asker(): string {
    return this.caller.party.number;
  }

  get conversation(): Conversation | undefined {
    return this.#call?.current;
  }

  has(number: string): boolean {
    return this.#call?.has(number) ?? (number === this.caller.party.number || number === this.#called.number);
  }

  controls(number: string): boolean {
    return this.has(number);
  }

  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    const {leg} = this.caller;
    const why = leg.lost || this.#call?.lost ? 'lost' : undefined;
    await Promise.all([this.#call?.end(), this.#fork.end(why), leg.release(why)]);
    this.#services.sessions.delete(this);
  }

  #connect(leg: CallLeg): void {
    const {leg: calling, party} = this.caller;
    this.#call = new TwoPartyCall(
      this.#services,
      {leg: calling, party, owner: this},
      {leg, party: this.#called, owner: this},
    );
    this.caller.connect();
    leg.tell(CALL_STATE.connected);
    this.#call.begin();
  }
}
