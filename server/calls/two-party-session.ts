import {CALL_STATE} from '../../src/dispatch/protocol.js';
import type {MediaKind} from '../media/index.js';
import type {Waking} from '../push/pushes.js';
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
  #called: Party;
  readonly #fork: Fork;
  #call: TwoPartyCall | undefined;
  /** The users whose phones ring. */
  #ringing: readonly string[] = [];
  /** The leg that answered in their place. */
  #pickedUp: CallLeg | undefined;
  #rings = false;
  /** The page of the callee that a push wakes. */
  #waking: Waking | undefined;
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
      onRinging: () => {
        this.#rings = true;
        this.caller.ring();
        services.sessions.changed();
      },
      onAnswered: (leg) => this.#connect(leg),
      onFailed: (failure) => {
        this.caller.fail(failure);
        void this.end();
      },
      onEnded: () => void this.end(),
    });
    services.sessions.add(this);
  }

  /**
   * Calls the callee on these registrations, unless the session has ended. Without any, a push wakes the callee's closed page, which
   * is called once it has registered.
   */
  callOut(bindings: readonly Binding[], kinds: readonly MediaKind[]): void {
    const {pushes} = this.#services;
    if (this.#ended) return;
    if (bindings.length > 0 || !pushes.wakes(this.#called.number)) return this.#invite(bindings, kinds);
    this.caller.ring();
    this.#waking = pushes.wake(this.#called.number);
    void this.#waking.bindings.then((found) => this.#invite(found, kinds));
  }

  #invite(bindings: readonly Binding[], kinds: readonly MediaKind[]): void {
    if (this.#ended) return;
    const {cid, type} = this;
    this.#ringing = bindings.map(({user}) => user);
    this.#fork.start({bindings, cid, type, caller: this.caller.party, kinds});
  }

  /** Whether the phones of a number ring. */
  ringsAt(number: string): boolean {
    const concerned = number === this.#called.number || this.#ringing.includes(number);
    return concerned && this.#rings && !this.#call && !this.#ended;
  }

  /** Whether it calls a number that it is not connected with. */
  callsOut(number: string): boolean {
    return !this.#call && number !== this.caller.party.number && this.has(number);
  }

  /** Connects the caller with the leg of another user instead of those that ring; returns false if none does. */
  answerAt(leg: CallLeg, party: Party): boolean {
    if (!this.#rings || this.#call || this.#ended) return false;
    void this.#fork.end('elsewhere');
    this.#pickedUp = leg;
    this.#called = party;
    this.#connect(leg);
    leg.meet(this.caller.party);
    return true;
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
    this.#waking?.stop();
    const {leg} = this.caller;
    const why = leg.lost || this.#call?.lost ? 'lost' : undefined;
    await Promise.all([
      this.#call?.end(),
      this.#fork.end(why),
      this.#pickedUp?.release(why),
      leg.release(why),
    ]);
    this.#services.sessions.delete(this);
  }

  #connect(leg: CallLeg): void {
    const {leg: calling, party} = this.caller;
    // A queue calls several people.
    const called = this.#services.users.get(leg.user) ?? this.#called;
    this.#call = new TwoPartyCall(
      this.#services,
      {leg: calling, party, owner: this},
      {leg, party: called, owner: this},
    );
    this.caller.connect();
    leg.tell(CALL_STATE.connected);
    this.#call.begin();
    this.#services.sessions.changed();
  }
}
