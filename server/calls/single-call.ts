import {CALL_DIRECTION, CALL_STATE} from '../../src/dispatch/protocol.js';
import type {MediaKind} from '../media/index.js';
import type {Binding} from '../sip/index.js';
import type {UserRecord} from '../users.js';
import {CallLeg} from './call-leg.js';
import type {CallServices} from './call-services.js';
import {Couple} from './couple.js';
import {Hunt, type HuntFailure} from './hunt.js';
import type {Session, SessionFiles} from './sessions.js';
import type {Talk} from './talk.js';

/** Who called whom. */
export interface SingleCallOptions {
  readonly type: number;
  readonly asker: UserRecord;
  /** The registration to invite the asker on. */
  readonly binding: Binding;
  readonly called: UserRecord;
  readonly kinds: readonly MediaKind[];
}

/**
 * A call of two that the server places (protocol page §4): first the asker is invited, and when the asker has answered,
 * all registrations of the callee.
 * ```
 * asker invited ──200──► called rings ──200──► connected
 *       └────────────────────┴──────refused, no answer, BYE, end()──► over: BYE or CANCEL, then event 10
 * ```
 */
export class SingleCall implements Session {
  readonly cid: string;
  readonly type: number;
  readonly #services: CallServices;
  readonly #options: SingleCallOptions;
  readonly #asker: CallLeg;
  readonly #hunt: Hunt;
  #couple: Couple | undefined;
  #ended: Promise<void> | undefined;

  constructor(services: CallServices, options: SingleCallOptions) {
    this.cid = services.sessions.newCid();
    this.#services = services;
    this.#options = options;
    const {binding, type, called: other} = options;
    this.type = type;
    const part = {binding, cid: this.cid, type, direction: CALL_DIRECTION.out, other};
    const over = (): void => void this.end();
    this.#asker = new CallLeg(
      services,
      {onAnswered: () => this.#callOut(), onRefused: over, onEnded: over},
      part,
    );
    this.#hunt = new Hunt(services, {
      onRinging: () => this.#asker.tell(CALL_STATE.ringing),
      onAnswered: (leg) => this.#connect(leg),
      onFailed: (failure) => this.#fail(failure),
      onEnded: over,
    });
    services.sessions.add(this);
  }

  /** Invites the asker; resolves when the INVITE was sent. */
  async inviteAsker(): Promise<void> {
    await this.#asker.invite(this.#options.kinds);
  }

  /** Files can be played only once both sides are connected. */
  get files(): SessionFiles | undefined {
    return this.#couple?.files;
  }

  get talk(): Talk | undefined {
    return this.#couple?.current;
  }

  has(number: string): boolean {
    const {asker, called} = this.#options;
    return this.#couple?.has(number) ?? (number === asker.number || number === called.number);
  }

  controls(number: string): boolean {
    return this.has(number);
  }

  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    await Promise.all([this.#couple?.end(), this.#hunt.end(), this.#asker.release()]);
    this.#services.sessions.delete(this);
  }

  #callOut(): void {
    const {asker, called, type, kinds} = this.#options;
    this.#asker.tell(CALL_STATE.callingOut);
    const bindings = this.#services.hub.bindings(called.number);
    this.#hunt.start({bindings, cid: this.cid, type, caller: asker, kinds});
  }

  #connect(leg: CallLeg): void {
    const {asker, called} = this.#options;
    this.#couple = new Couple(
      this.#services,
      {leg: this.#asker, party: asker, owner: this},
      {leg, party: called, owner: this},
    );
    this.#asker.tell(CALL_STATE.connected);
    leg.tell(CALL_STATE.connected);
  }

  #fail({state}: HuntFailure): void {
    this.#asker.tell(state);
    void this.end();
  }
}
