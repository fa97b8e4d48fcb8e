import {CALL_DIRECTION, CALL_STATE, CALL_TYPE, USER_TYPE} from '../../src/dispatch/protocol.js';
import {connect, RECEIVES, SENDS, type MediaKind, type Route} from '../media/index.js';
import type {Binding} from '../sip/index.js';
import type {UserRecord} from '../users.js';
import {CallLeg} from '../calls/call-leg.js';
import type {CallServices} from '../calls/call-services.js';
import {Fork, type ForkFailure} from '../calls/fork.js';
import type {PlacedSession} from '../calls/place.js';

/** Who wants to see whose camera. */
export interface MonitoringOptions {
  readonly asker: UserRecord;
  /** The registration to invite the asker on. */
  readonly binding: Binding;
  readonly called: UserRecord;
}

const KINDS: readonly MediaKind[] = ['audio', 'video'];

/**
 * A camera watched by one user (docs/protocol/supervision.md#cameras): the asker is offered to receive only, and is
 * connected once they have answered (docs/protocol/calls.md#events); then the called party is asked for its video, a
 * camera for its audio as well. If it answers without video, the asker gets 16 (no media). Neither user counts as busy.
 */
export class Monitoring implements PlacedSession {
  readonly cid: string;
  readonly #services: CallServices;
  readonly #options: MonitoringOptions;
  readonly #asker: CallLeg;
  readonly #fork: Fork;
  /** The leg of the called party, once it has answered. */
  #leg: CallLeg | undefined;
  #routes: readonly Route[] = [];
  #ended: Promise<void> | undefined;

  constructor(services: CallServices, options: MonitoringOptions) {
    const {binding, called: other} = options;
    this.cid = services.sessions.newCid();
    this.#services = services;
    this.#options = options;
    const over = (): void => void this.end();
    this.#asker = new CallLeg(
      services,
      {onAnswered: () => this.#look(), onRefused: over, onEnded: over},
      {binding, cid: this.cid, type: CALL_TYPE.videoMonitoring, direction: CALL_DIRECTION.out, other},
    );
    this.#asker.media.wanted.audio = this.#asker.media.wanted.video = SENDS;
    this.#fork = new Fork(services, {
      onRinging: () => undefined,
      onAnswered: (leg) => void this.#answered(leg),
      onFailed: ({state}) => this.#fail(state),
      onEnded: over,
    });
    services.sessions.add(this);
  }

  async inviteAsker(): Promise<void> {
    await this.#asker.invite(KINDS);
  }

  has(): boolean {
    return false;
  }

  get asker(): string {
    return this.#options.asker.number;
  }

  controls(number: string): boolean {
    const {asker, called} = this.#options;
    return number === asker.number || number === called.number;
  }

  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    for (const route of this.#routes) route.close();
    const why = this.#asker.lost || this.#leg?.lost ? 'lost' : undefined;
    await Promise.all([this.#fork.end(why), this.#asker.release(why)]);
    this.#services.sessions.delete(this);
  }

  #look(): void {
    const {asker, called} = this.#options;
    this.#asker.tell(CALL_STATE.connected);
    this.#fork.start({
      bindings: this.#services.hub.bindings(called.number),
      cid: this.cid,
      type: CALL_TYPE.videoMonitoring,
      caller: asker,
      kinds: called.type === USER_TYPE.camera ? KINDS : ['video'],
      wanted: RECEIVES,
    });
  }

  async #answered(leg: CallLeg): Promise<void> {
    this.#leg = leg;
    await leg.settled;
    if (this.#ended) return;
    if (!leg.media.video.flow.sends) return this.#fail(CALL_STATE.mediaTimeout);
    this.#routes = KINDS.map((kind) => connect(leg.media[kind], this.#asker.media[kind]));
    leg.tell(CALL_STATE.connected);
  }

  #fail(state: ForkFailure['state'] | typeof CALL_STATE.mediaTimeout): void {
    this.#asker.tell(state);
    void this.end();
  }
}
