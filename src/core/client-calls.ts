import {SipError, toSipError} from '../errors.js';
import {followCall, type Tell} from './call-events.js';
import {CallHistory} from './call-history.js';
import {SipCall} from './call.js';
import type {CallControl, CallInit} from './call-init.js';
import type {Arrival, CallRequest} from './call-service.js';
import {notedOf, type Noted} from './history-entry.js';
import {isLine, Lines} from './lines.js';
import {isWaiting} from './newest-call.js';
import type {ResolvedOptions} from './options.js';
import {numberOf, type SessionRequest} from './session-request.js';
import {randomUuid} from './uuid.js';
import type {CallCause, CallType} from './types.js';

/** What the calls need from their client. */
export interface ClientCallsOptions {
  readonly options: ResolvedOptions;
  readonly tell: Tell;
  doNotDisturb(): boolean;
  /** Told when there are other calls, or another one is the current one. */
  onChange(calls: readonly SipCall[], current: SipCall | undefined): void;
}

/** What comes in although nobody wants to be disturbed; nothing yet. */
const URGENT: ReadonlySet<number> = new Set();

/** The calls of one client: how many there may be, which one speaks, and what is noted of them. */
export class ClientCalls {
  readonly history: CallHistory;
  readonly lines: Lines;
  readonly #with: ClientCallsOptions;
  #calls: readonly SipCall[] = Object.freeze([]);
  /** Those that were asked for and have no name yet. */
  #placing = 0;

  constructor(using: ClientCallsOptions) {
    const {user, domain, history, historyLimit, exclusive} = using.options;
    this.#with = using;
    this.lines = new Lines(
      exclusive,
      () => this.#calls,
      () => this.#changed(),
    );
    this.history = new CallHistory({account: `${user}@${domain}`, mode: history, limit: historyLimit});
  }

  /** Adds a call, tells the page of it, and gives back the side by which it is driven. */
  add(init: CallInit): CallControl {
    const {tell, options} = this.#with;
    const time = Date.now();
    let control!: CallControl;
    const begun: CallInit = {...init, lines: this.lines, devices: options.devices};
    const reveal = (revealed: CallControl): void => void (control = revealed);
    const call = init.create?.(begun, reveal) ?? new SipCall(begun, reveal);
    this.#calls = Object.freeze([...this.#calls, call]);
    this.#changed();
    call.addEventListener('statechange', this.#follow(call));
    const look = followCall(call, tell, () => {
      this.#calls = Object.freeze(this.#calls.filter((other) => other !== call));
      this.history.note(notedOf(call, time));
      this.#changed();
    });
    if (init.direction === 'outgoing') this.lines.choose(call);
    if (init.direction === 'outgoing') tell('sip-call-created', {call});
    else if (!tell('sip-call-received', {call})) control.setQuiet();
    look();
    return control;
  }

  /**
   * Places a call: the one that speaks is silent from now on.
   *
   * @throws {SipError} `too-many-calls`; what `command` rejects with, and the call that spoke goes on.
   */
  async place<T>(
    {number, media, type = 'single'}: Pick<CallRequest, 'number' | 'media'> & {type?: CallType},
    command: () => Promise<T>,
  ): Promise<T> {
    const {maxCalls} = this.#with.options;
    if (this.#taken >= maxCalls) throw new SipError('too-many-calls', {subject: String(maxCalls)});
    const time = Date.now();
    this.#placing += 1;
    try {
      return await this.lines.speak(undefined, command);
    } catch (error) {
      const {code, status, apiCode} = toSipError(error, number);
      const remote = {number, name: ''};
      // A server has said no: somebody was called.
      if (status !== undefined || apiCode !== undefined)
        this.#note({id: randomUuid(), type, remote, media}, 'outgoing', {by: 'server', code}, time);
      throw error;
    } finally {
      this.#placing -= 1;
    }
  }

  /** Places a session of another kind: what is only watched, heard or spoken into silences nobody. */
  async placeSession<T>(request: SessionRequest, command: () => Promise<T>): Promise<T> {
    const type = request.kind === 'file' ? 'other' : request.kind;
    if (!isLine(type) || !('media' in request)) return command();
    return this.place({number: numberOf(request), media: request.media, type}, command);
  }

  /**
   * Goes on with a call, and holds the one that speaks.
   *
   * @throws {SipError} `invalid-state` where it is over, or has yet to be answered here.
   */
  async activate(call: SipCall): Promise<void> {
    if (!this.#calls.includes(call) || isWaiting(call))
      throw new SipError('invalid-state', {subject: `activate, ${call.direction}, ${call.state.phase}`});
    if (call.state.phase === 'answered') await call.unhold();
    else this.lines.choose(call);
  }

  /** As `CallServiceHost.refusalOf`. */
  refusalOf({type, typeNumber}: Arrival): 480 | 486 | undefined {
    if (URGENT.has(typeNumber)) return undefined;
    if (this.#with.doNotDisturb()) return 480;
    return isLine(type) && this.#taken >= this.#with.options.maxCalls ? 486 : undefined;
  }

  /** As `CallServiceHost.missed`. */
  missed(arrival: Arrival, cause: CallCause = {by: 'server', code: 'busy'}): void {
    this.#note(arrival, 'incoming', cause, Date.now());
  }

  get #taken(): number {
    return this.#placing + this.#calls.filter(({type}) => isLine(type)).length;
  }

  /** Notes a call that there never was for the page. */
  #note(
    {id, type, remote, media}: Omit<Arrival, 'typeNumber'>,
    direction: Noted['direction'],
    cause: CallCause,
    time: number,
  ): void {
    this.history.note({id, type, direction, remote, media, time, cause});
  }

  /** Follows what makes another call the current one. */
  #follow(call: SipCall): () => void {
    let {phase} = call.state;
    let {direction} = call;
    return () => {
      if (call.direction !== direction) {
        direction = call.direction;
        this.lines.choose(call);
      }
      if (call.state.phase !== phase) {
        phase = call.state.phase;
        if (phase === 'answered') this.lines.answered(call);
      }
      if (phase !== 'released') this.#changed();
    };
  }

  #changed(): void {
    this.#with.onChange(this.#calls, this.lines.current);
  }
}
