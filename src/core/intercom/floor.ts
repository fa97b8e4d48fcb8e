import {SipError, toSipError} from '../../errors.js';
import {TaskQueue} from '../../task-queue.js';
import type {Party} from '../types.js';

/**
 * The state of an intercom's floor, from this side's view: `idle` no one has it, `requested` this side has asked for
 * it, `granted` this side has it and is heard, `queued` this side waits for its turn, `taken` another party has it.
 */
export type FloorState = 'idle' | 'requested' | 'granted' | 'queued' | 'taken';

/** Facts beside the state of the floor; those that the server does not report are undefined. */
export interface FloorDetails {
  /** How many parties wait for the floor. */
  readonly queueLength?: number | undefined;
  /** This side's place in the queue, from 1 on; only while it is `queued`. */
  readonly queuePosition?: number | undefined;
  /** When the server takes the floor back from its holder, in milliseconds since the epoch. */
  readonly floorEndsAt?: number | undefined;
}

/**
 * Why the server revoked the floor: `time-limit` this side has spoken for as long as the server allows; `priority`
 * a party with a higher priority speaks.
 */
export type FloorRevocation = 'time-limit' | 'priority';

/** An unrequested report of the server about the floor. */
export interface FloorReport extends FloorDetails {
  /**
   * `granted`: this side may speak; `queued`: it waits for its turn; `taken`: another party speaks; `idle`: no one
   * does.
   */
  readonly floor: 'granted' | 'queued' | 'taken' | 'idle';
  /** Who speaks, if the server reports it. */
  readonly speaker?: Party | undefined;
  /** Why this side no longer has the floor, if the server revoked it. */
  readonly revocation?: FloorRevocation | undefined;
}

/** Receives a server's reports about the floor. */
export interface FloorListener {
  onReport(report: FloorReport): void;
  /** The session's initial request was granted the floor: for the page (`wanted`), or only in order to join. */
  onBegun(wanted: boolean): void;
  /** The connection to the server is lost: earlier grants no longer count. */
  onLost(): void;
}

/** A server's commands for one intercom. They reject with `SipError`. */
export interface IntercomService {
  /** Reports to the listener from now on, until `close`. */
  follow(listener: FloorListener): void;
  close(): void;
  /** Requests the floor; rejects with `floor-denied` if another party has it and there is no queue. */
  ask(): Promise<'granted' | 'queued'>;
  /** Releases the floor, or leaves the queue; does nothing if this side is in neither. */
  giveBack(): Promise<void>;
}

/** A page's request to speak. */
class FloorRequest {
  readonly granted: Promise<void>;
  resolve!: () => void;
  reject!: (error: SipError) => void;

  constructor() {
    this.granted = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // The page may no longer wait for it.
    this.granted.catch(() => {});
  }
}

/** How far two reports of the same end may be apart, in milliseconds: servers count seconds. */
const SAME_END = 1_000;

/**
 * The floor of one intercom: what the page wants, and what the server has reported.
 *
 * A request is granted by its reply, or while it is queued by a report of the server. Any other grant comes too late
 * and has no effect. Requests are sent one after another, so that none overtakes the previous one.
 */
export class Floor {
  readonly #service: IntercomService;
  readonly #me: Party;
  readonly #onChange: () => void;
  #request: FloorRequest | undefined;
  /** Whether the server must still receive a release when this side no longer wants the floor. */
  #asked = false;
  /** What the server has granted to this side. */
  #has: 'nothing' | 'place' | 'floor' = 'nothing';
  /** The other party that speaks, as far as known. */
  #other: {readonly speaker: Party | undefined} | undefined;
  /** The server's last report. */
  #report: FloorReport | undefined;
  #revoked = false;
  #revocation: FloorRevocation | undefined;
  readonly #turns = new TaskQueue();
  #closed = false;

  /** @param me - The speaker while this side has the floor. */
  constructor(service: IntercomService, me: Party, onChange: () => void) {
    this.#service = service;
    this.#me = me;
    this.#onChange = onChange;
    service.follow({
      onReport: (report) => this.#reported(report),
      onBegun: (wanted) => this.#begun(wanted),
      onLost: () => this.#lost(),
    });
  }

  get state(): FloorState {
    if (this.#request) return this.granted ? 'granted' : this.#has === 'place' ? 'queued' : 'requested';
    return this.#other ? 'taken' : 'idle';
  }

  /** Whether this side is to be heard. */
  get granted(): boolean {
    return this.#request !== undefined && this.#has === 'floor';
  }

  get speaker(): Party | undefined {
    return this.granted ? this.#me : this.#other?.speaker;
  }

  /** Whether the floor was revoked and not requested since. */
  get revoked(): boolean {
    return this.#revoked;
  }

  /** Why it was revoked, if the server reported it. */
  get revocation(): FloorRevocation | undefined {
    return this.#revoked ? this.#revocation : undefined;
  }

  /** What the server has reported beside the state, as far as it still applies. */
  get details(): FloorDetails {
    const {floor, queueLength, queuePosition, floorEndsAt} = this.#report ?? {};
    const holds = this.granted ? floor === 'granted' : this.#other !== undefined;
    return {
      queueLength,
      queuePosition: this.state === 'queued' ? queuePosition : undefined,
      floorEndsAt: holds ? floorEndsAt : undefined,
    };
  }

  /** Requests the floor; resolves when it is granted. */
  request(): Promise<void> {
    if (this.#request) return this.#request.granted;
    const request = (this.#request = new FloorRequest());
    this.#revoked = false;
    void this.#turns.run(() => this.#ask(request));
    this.#onChange();
    return request.granted;
  }

  /** Releases the floor; resolves when the server has it back. This side is silent from now on. */
  async release(): Promise<void> {
    if (!this.#request && !this.#asked) {
      await this.#turns.idle;
      return;
    }
    this.#drop(new SipError('aborted', {subject: 'requestFloor'}));
    this.#onChange();
    await this.#giveBack();
  }

  /** Closes the floor when the call has ended. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#revoked = false;
    this.#has = 'nothing';
    this.#other = this.#report = undefined;
    this.#drop(new SipError('aborted', {subject: 'requestFloor'}));
    this.#service.close();
    this.#onChange();
  }

  async #ask(request: FloorRequest): Promise<void> {
    if (this.#request !== request || this.#closed) return;
    this.#asked = true;
    try {
      const given = await this.#service.ask();
      if (this.#closed) return;
      this.#asked = true;
      this.#has = given === 'granted' ? 'floor' : 'place';
      if (given === 'granted') this.#other = undefined;
      if (this.#request === request) this.#settle();
    } catch (error) {
      const refusal = toSipError(error, 'requestFloor');
      // Without a reply, the server may have granted it.
      this.#asked = refusal.apiCode === undefined;
      this.#has = 'nothing';
      if (this.#request === request) this.#drop(refusal);
      this.#onChange();
    }
    if (this.#request !== request) this.#giveBack().catch(() => {});
  }

  #giveBack(): Promise<void> {
    return this.#turns.run(async () => {
      if (!this.#asked || this.#closed) return;
      this.#asked = false;
      this.#has = 'nothing';
      try {
        await this.#service.giveBack();
      } catch (error) {
        // Without a reply, the server may not know of the release.
        this.#asked = toSipError(error).apiCode === undefined;
        throw error;
      }
    });
  }

  #begun(wanted: boolean): void {
    if (this.#closed || this.#asked) return;
    this.#asked = true;
    this.#has = 'floor';
    if (!wanted) return void this.#giveBack().catch(() => {});
    this.#request ??= new FloorRequest();
    this.#revoked = false;
    this.#settle();
  }

  #reported(report: FloorReport): void {
    if (this.#closed) return;
    const {floor, speaker, revocation} = report;
    const [before = NaN, now = NaN] = [this.#report?.floorEndsAt, report.floorEndsAt];
    // The first report of an end is the most exact one.
    this.#report = Math.abs(before - now) < SAME_END ? {...report, floorEndsAt: before} : report;
    if (floor === 'granted') {
      // Also reported if this side may speak without a request: the floor is free then.
      this.#other = undefined;
      if (this.#has === 'place') this.#has = 'floor';
      if (!this.#request && this.#asked) this.#giveBack().catch(() => {});
      return this.#settle();
    }
    if (floor === 'queued') {
      if (speaker) this.#other = {speaker};
      if (this.#has === 'floor') this.#has = 'place';
      return this.#onChange();
    }
    const revoked = this.#has === 'floor';
    // A server that does not name the speaker may have revoked the floor for another reason.
    this.#other = floor === 'taken' && (speaker || !revoked) ? {speaker} : undefined;
    if (revoked) {
      // After a revocation, the page has to request the floor again.
      this.#has = 'nothing';
      this.#asked = false;
      this.#revoked = this.#request !== undefined;
      this.#revocation = revocation;
      this.#drop(new SipError('floor-denied', {subject: speaker?.name || speaker?.number}));
    }
    this.#onChange();
  }

  #lost(): void {
    if (this.#closed) return;
    this.#has = 'nothing';
    this.#other = this.#report = undefined;
    this.#drop(new SipError('connection-lost'));
    this.#onChange();
    this.#giveBack().catch(() => {});
  }

  /** Drops the page's request. */
  #drop(error: SipError): void {
    const request = this.#request;
    this.#request = undefined;
    request?.reject(error);
  }

  #settle(): void {
    this.#onChange();
    if (this.granted) this.#request?.resolve();
  }
}
