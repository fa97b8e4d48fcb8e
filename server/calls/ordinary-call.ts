import {CALL_STATE, CALL_TYPE} from '../../src/dispatch/protocol.js';
import {reasonOf} from '../log.js';
import type {MediaKind} from '../media/index.js';
import {refusedWith, type Binding, type IncomingInvite, type SipConnection} from '../sip/index.js';
import {CallLeg} from './call-leg.js';
import type {CallServices} from './call-services.js';
import {Couple} from './couple.js';
import {Hunt} from './hunt.js';
import type {Session, SessionFiles} from './sessions.js';
import type {Talk} from './talk.js';

/**
 * A call that a client makes by SIP, connected through the server with its media (RFC 3261, as a back-to-back user
 * agent). The callee gets `ids` with ctype 1, without which existing clients ignore it (protocol page §8.1).
 */
export class OrdinaryCall implements Session {
  readonly cid: string;
  readonly type = CALL_TYPE.single;
  readonly #services: CallServices;
  readonly #incoming: IncomingInvite;
  readonly #caller: CallLeg;
  readonly #hunt: Hunt;
  #answer = '';
  #couple: Couple | undefined;
  #ended: Promise<void> | undefined;

  private constructor(services: CallServices, incoming: IncomingInvite) {
    this.cid = services.sessions.newCid();
    this.#services = services;
    this.#incoming = incoming;
    const over = (): void => void this.end();
    this.#caller = new CallLeg(services, {onEnded: over});
    this.#hunt = new Hunt(services, {
      onRinging: () => incoming.ring(),
      onAnswered: (leg) => this.#connect(leg),
      onFailed: ({status}) => {
        incoming.reject(refusedWith(status));
        void this.end();
      },
      onEnded: over,
    });
    services.sessions.add(this);
  }

  /** Connects an INVITE, or refuses it: 404 if the number does not exist, 480 if it is not registered. */
  static take(services: CallServices, connection: SipConnection, incoming: IncomingInvite): void {
    if (!services.users.get(incoming.to)) return incoming.reject(404);
    const bindings = services.hub
      .bindings(incoming.to)
      .filter((binding) => incoming.from !== incoming.to || binding.connection !== connection);
    if (bindings.length === 0) return incoming.reject(480);
    void new OrdinaryCall(services, incoming).#put(bindings);
  }

  async #put(bindings: readonly Binding[]): Promise<void> {
    try {
      this.#answer = await this.#caller.take(this.#incoming);
    } catch (error) {
      this.#services.log(`offer of ${this.#incoming.from}: ${reasonOf(error)}`);
      this.#incoming.reject(488);
      return this.end();
    }
    if (this.#ended) return;
    const {from, fromName} = this.#incoming;
    const name = this.#services.users.get(from)?.name ?? fromName;
    const kinds: MediaKind[] = this.#caller.media.video.present ? ['audio', 'video'] : ['audio'];
    const caller = {number: from, name};
    this.#hunt.start({bindings, cid: this.cid, type: this.type, caller, kinds});
  }

  #connect(leg: CallLeg): void {
    this.#incoming.accept(this.#answer);
    const {from, fromName, to} = this.#incoming;
    const partyOf = (number: string, name: string) => ({
      number,
      name: this.#services.users.get(number)?.name ?? name,
    });
    this.#couple = new Couple(
      this.#services,
      {leg: this.#caller, party: partyOf(from, fromName), owner: this},
      {leg, party: partyOf(to, ''), owner: this},
    );
    leg.tell(CALL_STATE.connected);
  }

  /** Files can be played only once both sides are connected. */
  get files(): SessionFiles | undefined {
    return this.#couple?.files;
  }

  get talk(): Talk | undefined {
    return this.#couple?.current;
  }

  has(number: string): boolean {
    return this.#couple?.has(number) ?? (number === this.#incoming.from || number === this.#incoming.to);
  }

  controls(number: string): boolean {
    return this.has(number);
  }

  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    await Promise.all([this.#couple?.end(), this.#hunt.end(), this.#caller.release()]);
    this.#services.sessions.delete(this);
  }
}
