import {CALL_STATE, IDS_HEADER} from '../../src/dispatch/protocol.js';
import {reasonOf, type Log} from '../log.js';
import {Description, type Leg, type MediaKind, type MediaServer} from '../media/index.js';
import type {Binding, IncomingInvite, IncomingRefer, OutgoingCall, Replaces} from '../sip/index.js';
import type {Participation, SessionEvents} from './session-events.js';

/** What legs are made with. */
export interface LegServices {
  readonly media: MediaServer;
  readonly events: SessionEvents;
  readonly log: Log;
  /** The legs that are not yet released. */
  readonly legs: Set<CallLeg>;
}

/** What is told of a leg. After `release()` nothing more is told. */
export interface CallLegListener {
  /** Its client rings: 180, told once. */
  onRinging?(leg: CallLeg): void;
  /** Its client answered an INVITE of ours. */
  onAnswered?(leg: CallLeg): void;
  /** Its client refused an INVITE of ours, with a SIP status. */
  onRefused?(leg: CallLeg, status: number): void;
  /** Its client hung up or gave up, its socket went, or its media cannot be served. */
  onEnded(leg: CallLeg): void;
}

/** How often an offer is made anew when the client's own came between. */
const OFFER_ATTEMPTS = 3;

/** One client's end of a call: its SIP dialog, its media, and its place in a session. */
export class CallLeg {
  readonly media: Leg;
  /** Its client has been told by SIP whom it has to do with: one of the other profile hears no events. */
  introduced = true;
  /** Its client offers; resolves with the kinds whose new lines are refused. The answer waits for it. */
  onOffer: (offer: Description) => Promise<readonly MediaKind[]> = async () => [];
  /** Its client's offer was answered: its directions or its lines may be others now. */
  onOfferAnswered: () => void = () => undefined;
  /** Its client sent INFO, or a tone as RTP events, which no browser tells a page of: both are told as INFO. */
  onInfo: (contentType: string, body: string) => void = () => undefined;
  /** Its client asks to put the other one through, and has to be answered. */
  onRefer: (refer: IncomingRefer) => void = (refer) => refer.reject(603);
  readonly #services: LegServices;
  readonly #listener: CallLegListener;
  #part: Participation | undefined;
  /** The number that its client takes for the other party's. */
  #knows: string;
  #left: (() => void) | undefined;
  #dialog: OutgoingCall | IncomingInvite | undefined;
  #released: Promise<void> | undefined;
  #rings = false;
  #offers: Promise<unknown> = Promise.resolve();
  /** How many offers of its client were answered. */
  #answers = 0;

  /** @param part - Its place in the session; a client that called by SIP alone has none and hears no events. */
  constructor(services: LegServices, listener: CallLegListener, part?: Participation) {
    this.#services = services;
    this.#listener = listener;
    this.#part = part;
    this.#knows = part?.other.number ?? '';
    // Existing clients name no instance, and play all sound in their video element.
    const placeholder = part !== undefined && part.binding.instance === undefined;
    this.media = services.media.createLeg({placeholder});
    this.media.audio.onTone(({tone, duration}) =>
      this.#informed('application/dtmf-relay', `Signal=${tone}\r\nDuration=${duration}\r\n`),
    );
    services.legs.add(this);
  }

  /** Invites its registration, which sees the other party as the caller (protocol page §4, §8.1). */
  async invite(kinds: readonly MediaKind[]): Promise<void> {
    const part = this.#part;
    if (!part) throw new TypeError('only a leg with a place in a session can be invited');
    const offer = await this.media.offer(kinds);
    if (this.#released) return;
    const {binding, cid, type, other} = part;
    if (binding.connection.closed.aborted) return this.#listener.onEnded(this);
    const headers = [`${IDS_HEADER}: ${cid}.${type}`];
    this.#dialog = binding.connection.invite(
      {user: binding.user, contact: binding},
      {from: other, offer, headers},
      {
        ...this.#handlers,
        onProgress: (status) => this.#ringing(status),
        onAnswer: (answer) => this.#answered(answer),
        onReject: (status) => this.#refused(status),
      },
    );
  }

  /** Takes a call that a client made by SIP; resolves with the answer to accept it with. */
  take(incoming: IncomingInvite): Promise<string> {
    this.#dialog = incoming;
    this.#knows = incoming.to;
    incoming.handlers = {...this.#handlers, onCancel: () => this.#ended()};
    return this.media.answer(incoming.offer);
  }

  /** Tells its registration the session's state and what belongs to that, where it has a place in one. */
  tell(state: Parameters<LegServices['events']['tell']>[1], more?: Readonly<Record<string, string>>): void {
    if (this.#part && !this.#released) this.#services.events.tell(this.#part, state, more);
  }

  /** Offers its media anew, with kinds that it lacks; resolves with whether the client took it. */
  offerAgain(kinds: readonly MediaKind[] = []): Promise<boolean> {
    const result = this.#offers.then(() => this.#offerAgain(kinds));
    this.#offers = result;
    return result;
  }

  /** The registration that it goes to; undefined where its client called by SIP. */
  get binding(): Binding | undefined {
    return this.#part?.binding;
  }

  /** Resolves when the offers that were made are answered. */
  get settled(): Promise<unknown> {
    return this.#offers.catch(() => undefined);
  }

  /** Whether a Replaces header means its dialog. */
  isMeantBy(replaces: Replaces): boolean {
    return this.#dialog?.isMeantBy(replaces) ?? false;
  }

  /** Its session is to go on without it: `onEnded` is told of its end, and the session is not. */
  leave(onEnded: () => void): void {
    this.#left = onEnded;
  }

  /** It is one of its session again. */
  stay(): void {
    this.#left = undefined;
  }

  /** It has to do with somebody else from now on, as its events and its offers say. */
  meet(other: Participation['other']): void {
    this.introduced &&= this.#knows === other.number;
    this.#knows = other.number;
    this.#part &&= {...this.#part, other};
    this.#dialog?.introduce(other);
  }

  /** Passes INFO on. Existing clients refuse every one, which ends nothing (protocol page §8.17). */
  async info(contentType: string, body: string): Promise<void> {
    if (!this.#released) await this.#dialog?.info(contentType, body);
  }

  /**
   * Ends it as its state asks: CANCEL, BYE, a refusal, or nothing where the client ended it. Event 10 goes when that
   * was answered, not before (protocol page §8.4). Idempotent.
   *
   * @param elsewhere - Whether another registration has answered.
   */
  release(elsewhere = false): Promise<void> {
    this.#released ??= this.#release(elsewhere);
    return this.#released;
  }

  async #release(elsewhere: boolean): Promise<void> {
    await Promise.all([this.#dialog?.end(elsewhere), this.media.close()]);
    if (this.#part) this.#services.events.tell(this.#part, CALL_STATE.release);
    this.#services.legs.delete(this);
  }

  get #handlers() {
    return {
      onBye: () => this.#ended(),
      onGone: () => this.#ended(),
      onReinvite: (offer: string) => this.#reinvited(offer),
      onRefer: (refer: IncomingRefer) => this.onRefer(refer),
      onInfo: (contentType: string, body: string) => this.#informed(contentType, body),
    };
  }

  #informed(contentType: string, body: string): void {
    if (!this.#released) this.onInfo(contentType, body);
  }

  #ringing(status: number): void {
    if (this.#rings || this.#released || status !== 180) return;
    this.#rings = true;
    this.#listener.onRinging?.(this);
  }

  #answered(answer: string): void {
    if (this.#released) return;
    this.#offers = this.media.acceptAnswer(answer).catch((error: unknown) => {
      this.#services.log(`answer of ${this.#part?.binding.user}: ${reasonOf(error)}`);
      this.#ended();
    });
    this.#listener.onAnswered?.(this);
  }

  #refused(status: number): void {
    if (!this.#released) this.#listener.onRefused?.(this, status);
  }

  #ended(): void {
    if (this.#released) return;
    if (this.#left) this.#left();
    else this.#listener.onEnded(this);
  }

  async #reinvited(offer: string): Promise<string> {
    const refused = await this.onOffer(Description.parse(offer));
    const answer = await this.media.answer(offer, refused);
    this.#answers += 1;
    // After the 200, so that what follows from it cannot overtake it.
    setImmediate(() => {
      if (!this.#released) this.onOfferAnswered();
    });
    return answer;
  }

  async #offerAgain(kinds: readonly MediaKind[]): Promise<boolean> {
    for (let attempt = 0; attempt < OFFER_ATTEMPTS; attempt += 1) {
      const dialog = this.#dialog;
      if (!dialog || this.#released) return false;
      const before = this.#answers;
      try {
        const stale = (): boolean => this.#answers !== before;
        const answer = await dialog.reinvite(await this.media.offer(kinds), stale);
        await this.media.acceptAnswer(answer);
        this.introduced = true;
        return true;
      } catch (error) {
        this.media.offerRefused();
        this.#services.log(`re-INVITE: ${reasonOf(error)}`);
        if (this.#answers === before) return false;
      }
    }
    return false;
  }
}
