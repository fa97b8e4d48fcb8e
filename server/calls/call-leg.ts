import {CALL_DIRECTION, CALL_STATE, IDS_HEADER} from '../../src/dispatch/protocol.js';
import {reasonOf, type Log} from '../log.js';
import {Description, type Leg, type MediaKind, type MediaServer} from '../media/index.js';
import type {Binding, IncomingInvite, IncomingRefer, OutgoingCall, Replaces} from '../sip/index.js';
import type {Participation, SessionEvents} from './session-events.js';

/** What legs need. */
export interface LegServices {
  readonly media: MediaServer;
  readonly events: SessionEvents;
  readonly log: Log;
  /** How long the asker of a session may take to answer, in milliseconds. */
  readonly askerTimeout: number;
  /** The legs that are not released yet. */
  readonly legs: Set<CallLeg>;
}

/** The events of a leg. There are none after `release()`. */
export interface CallLegListener {
  /** Its client rings: 180, reported once. */
  onRinging?(leg: CallLeg): void;
  /** Its client answered an INVITE from the server. */
  onAnswered?(leg: CallLeg): void;
  /** Its client refused an INVITE from the server, with a SIP status; 408 if an asker did not answer in time. */
  onRefused?(leg: CallLeg, status: number): void;
  /** Its client hung up or cancelled, disappeared (see `CallLeg.lost`), or its media cannot be served. */
  onEnded(leg: CallLeg): void;
}

/** Why a call ends, as a Reason (RFC 3326): another client has answered, or one did not return in time. */
const ELSEWHERE = 'SIP;cause=200;text="Call completed elsewhere"';
const LOST = 'Q.850;cause=102;text="The other side did not return in time"';

/** How often an offer is repeated if the client's own offer interfered. */
const OFFER_ATTEMPTS = 3;

/** One client's end of a call: its SIP dialog, its media, and its part in a session. */
export class CallLeg {
  readonly media: Leg;
  /** Whether its client knows the other party by SIP: a client of the other profile gets no events. */
  introduced = true;
  /** Handles a client's offer; resolves with the kinds whose new lines are refused. The answer waits for it. */
  onOffer: (offer: Description) => Promise<readonly MediaKind[]> = async () => [];
  /** Called when its client's offer was answered: directions or lines may have changed. */
  onOfferAnswered: () => void = () => undefined;
  /**
   * Called for INFO, and for tones as RTP events, which browsers do not report to pages: both are passed on as INFO.
   */
  onInfo: (contentType: string, body: string) => void = () => undefined;
  /** Called when its client asks for a transfer; the request must be answered. */
  onRefer: (refer: IncomingRefer) => void = (refer) => refer.reject(603);
  readonly #services: LegServices;
  readonly #listener: CallLegListener;
  #part: Participation | undefined;
  #user: string;
  /** The number that its client believes the other party has. */
  #knows: string;
  #left: (() => void) | undefined;
  #lost = false;
  #dialog: OutgoingCall | IncomingInvite | undefined;
  #released: Promise<void> | undefined;
  #rings = false;
  #askerTimer: NodeJS.Timeout | undefined;
  #offers: Promise<unknown> = Promise.resolve();
  /** How many of its client's offers were answered. */
  #answers = 0;

  /** Aborted when its client has lost the connection; undefined for a client that called by SIP alone. */
  get line(): AbortSignal | undefined {
    const connection = this.#part?.binding.connection;
    return connection?.line ?? connection?.closed;
  }

  /** @param part - Its part in the session; a client that called by SIP alone has none and gets no events. */
  constructor(services: LegServices, listener: CallLegListener, part?: Participation) {
    this.#services = services;
    this.#listener = listener;
    this.#part = part;
    this.#knows = part?.other.number ?? '';
    this.#user = part?.binding.user ?? '';
    // Existing clients specify no instance, and play all audio in their video element.
    const placeholder = part !== undefined && part.binding.instance === undefined;
    this.media = services.media.createLeg({placeholder});
    this.media.audio.onTone(({tone, duration}) =>
      this.#informed('application/dtmf-relay', `Signal=${tone}\r\nDuration=${duration}\r\n`),
    );
    services.legs.add(this);
  }

  /**
   * Invites its registration, which sees the other party as the caller (docs/protocol/calls.md#invite,
   * docs/protocol/clients.md#invites).
   */
  async invite(kinds: readonly MediaKind[]): Promise<void> {
    const part = this.#part;
    if (!part) throw new TypeError('only a leg with a place in a session can be invited');
    const offer = await this.media.offer(kinds);
    if (this.#released) return;
    const {binding, cid, type, other} = part;
    if (binding.connection.closed.aborted) return this.#listener.onEnded(this);
    // Callees ring until their fork gives up.
    if (part.direction === CALL_DIRECTION.out)
      this.#askerTimer = setTimeout(() => this.#refused(408), this.#services.askerTimeout);
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

  /** Accepts a call that a client made by SIP; resolves with the SDP answer to accept it with. */
  take(incoming: IncomingInvite): Promise<string> {
    this.#dialog = incoming;
    this.#knows = incoming.to;
    this.#user = incoming.from;
    incoming.handlers = {...this.#handlers, onCancel: () => this.#ended()};
    return this.media.answer(incoming.offer);
  }

  /**
   * Continues with another dialog of its client, which has returned without its old one and its media, such as after the
   * reload of its page (RFC 3891). Answers the INVITE.
   *
   * @param binding - The client's registration.
   */
  async continueIn(incoming: IncomingInvite, binding: Binding | undefined): Promise<void> {
    const before = this.#dialog;
    try {
      const refused = await this.onOffer(Description.parse(incoming.offer));
      const answer = await this.media.answerAnew(incoming.offer, refused);
      incoming.handlers = this.#handlers;
      incoming.accept(answer);
    } catch (error) {
      this.#services.log(`Replaces: ${reasonOf(error)}`);
      return incoming.reject(this.#released ? 481 : 488);
    }
    // Cancelled meanwhile.
    if (incoming.state !== 'answered') return;
    this.#dialog = incoming;
    this.#answers += 1;
    this.#offers = Promise.resolve();
    if (this.#part) {
      incoming.introduce(this.#part.other);
      this.#part = {...this.#part, binding: binding ?? this.#part.binding};
    }
    void before?.end();
    setImmediate(() => {
      if (!this.#released) this.onOfferAnswered();
    });
  }

  /** Sends its registration the session's state with its details; does nothing without a part in a session. */
  tell(state: Parameters<LegServices['events']['tell']>[1], more?: Readonly<Record<string, string>>): void {
    if (this.#part && !this.#released) this.#services.events.tell(this.#part, state, more);
  }

  /** Offers its media again, with kinds that it lacks; resolves with whether the client accepted. */
  offerAgain(kinds: readonly MediaKind[] = []): Promise<boolean> {
    const result = this.#offers.then(() => this.#offerAgain(kinds));
    this.#offers = result;
    return result;
  }

  /** The registration that was invited; undefined if its client called by SIP. */
  get binding(): Binding | undefined {
    return this.#part?.binding;
  }

  /** Whether its client disappeared, and did not return in time. */
  get lost(): boolean {
    return this.#lost;
  }

  /** The number of its client's user. */
  get user(): string {
    return this.#user;
  }

  /** Resolves when the pending offers are answered. */
  get settled(): Promise<unknown> {
    return this.#offers.catch(() => undefined);
  }

  /** Whether a Replaces header identifies its dialog. */
  isMeantBy(replaces: Replaces): boolean {
    return this.#dialog?.isMeantBy(replaces) ?? false;
  }

  /** Detaches the leg from its session: its end is reported to `onEnded` instead of the session. */
  leave(onEnded: () => void): void {
    this.#left = onEnded;
  }

  /** Attaches the leg to its session again. */
  stay(): void {
    this.#left = undefined;
  }

  /** Sets another party, which its events and offers show from now on. */
  meet(other: Participation['other']): void {
    this.introduced &&= this.#knows === other.number;
    this.#knows = other.number;
    this.#part &&= {...this.#part, other};
    this.#dialog?.introduce(other);
  }

  /** Sends INFO. Existing clients refuse every one, which ends nothing (docs/protocol/clients.md#media). */
  async info(contentType: string, body: string): Promise<void> {
    if (!this.#released) await this.#dialog?.info(contentType, body);
  }

  /**
   * Ends the leg as its state requires: CANCEL, BYE, a refusal, or nothing if the client ended it. Event 10 is sent
   * after that was answered (docs/protocol/clients.md#the-end). Idempotent.
   *
   * @param why - Why, if its client is to know: another registration has answered, or the other side is lost.
   */
  release(why?: 'elsewhere' | 'lost'): Promise<void> {
    this.#released ??= this.#release(why && {elsewhere: ELSEWHERE, lost: LOST}[why]);
    return this.#released;
  }

  async #release(reason?: string): Promise<void> {
    clearTimeout(this.#askerTimer);
    await Promise.all([this.#dialog?.end(reason), this.media.close()]);
    if (this.#part) this.#services.events.tell(this.#part, CALL_STATE.release);
    this.#services.legs.delete(this);
  }

  get #handlers() {
    return {
      onBye: () => this.#ended(),
      onGone: () => {
        this.#lost = true;
        this.#ended();
      },
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
    clearTimeout(this.#askerTimer);
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
    // Runs after the 200, so that its consequences cannot overtake it.
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
        if (dialog !== this.#dialog) return false;
        await this.media.acceptAnswer(answer);
        this.introduced = true;
        return true;
      } catch (error) {
        if (dialog !== this.#dialog) return false;
        this.media.offerRefused();
        this.#services.log(`re-INVITE: ${reasonOf(error)}`);
        if (this.#answers === before) return false;
      }
    }
    return false;
  }
}
