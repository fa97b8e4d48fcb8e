import {SipError, toSipError} from '../../errors.js';
import type {Party} from '../types.js';

/**
 * Where the floor of an intercom is, seen from this side: nobody has it, it was asked for, this side has it and is heard,
 * this side waits for its turn, somebody else has it.
 */
export type FloorState = 'idle' | 'requested' | 'granted' | 'queued' | 'taken';

/** What the server tells of the floor unasked. */
export interface FloorReport {
  /** This side may speak; it waits for its turn; somebody else speaks; nobody does. */
  readonly floor: 'granted' | 'queued' | 'taken' | 'idle';
  /** Who speaks, where the server says. */
  readonly speaker?: Party | undefined;
}

/** Who is told of the floor. */
export interface FloorListener {
  onReport(report: FloorReport): void;
  /** The request that the session began with has the floor: for the page, or only in order to join. */
  onBegun(wanted: boolean): void;
  /** The server cannot be heard: what it granted counts no more. */
  onLost(): void;
}

/** What a profile's server does for one intercom. Commands reject with `SipError`. */
export interface IntercomService {
  /** Tells of the floor from now on, until `close`. */
  follow(listener: FloorListener): void;
  close(): void;
  /** Asks for the floor; rejects with `floor-denied` where somebody else has it and nobody queues. */
  ask(): Promise<'granted' | 'queued'>;
  /** Gives it back, or waits no more; does nothing where the server has neither. */
  giveBack(): Promise<void>;
}

/** A page's wish to speak. */
class Wish {
  readonly granted: Promise<void>;
  resolve!: () => void;
  reject!: (error: SipError) => void;

  constructor() {
    this.granted = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whether somebody still waits for it does not matter here.
    this.granted.catch(() => {});
  }
}

/**
 * The floor of one intercom: what the page wants, and what the server has said.
 *
 * A request is granted by its reply, or while it is queued by the server's word; any other grant is a late one and opens
 * nothing. Requests follow one another, so that none overtakes the one before.
 */
export class Floor {
  readonly #service: IntercomService;
  readonly #me: Party;
  readonly #onChange: () => void;
  #wish: Wish | undefined;
  /** The server has to be told when nobody wants it any more, and was not yet. */
  #asked = false;
  /** What the server has given to this side. */
  #has: 'nothing' | 'place' | 'floor' = 'nothing';
  /** Who else speaks, as far as it is told. */
  #other: {readonly speaker: Party | undefined} | undefined;
  #revoked = false;
  #turn: Promise<void> = Promise.resolve();
  #closed = false;

  /** @param me - Who speaks while this side does. */
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
    if (this.#wish) return this.granted ? 'granted' : this.#has === 'place' ? 'queued' : 'requested';
    return this.#other ? 'taken' : 'idle';
  }

  /** Whether this side is to be heard. */
  get granted(): boolean {
    return this.#wish !== undefined && this.#has === 'floor';
  }

  get speaker(): Party | undefined {
    return this.granted ? this.#me : this.#other?.speaker;
  }

  /** Whether it was taken away, and not asked for since. */
  get revoked(): boolean {
    return this.#revoked;
  }

  /** Resolves when it is granted. */
  request(): Promise<void> {
    if (this.#wish) return this.#wish.granted;
    const wish = (this.#wish = new Wish());
    this.#revoked = false;
    this.#turn = this.#turn.then(() => this.#ask(wish));
    this.#onChange();
    return wish.granted;
  }

  /** Resolves when the server has it back; nothing is said from now on. */
  release(): Promise<void> {
    if (!this.#wish && !this.#asked) return this.#turn;
    this.#drop(new SipError('aborted', {subject: 'requestFloor'}));
    this.#onChange();
    return this.#giveBack();
  }

  /** The call is over. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#revoked = false;
    this.#has = 'nothing';
    this.#other = undefined;
    this.#drop(new SipError('aborted', {subject: 'requestFloor'}));
    this.#service.close();
    this.#onChange();
  }

  async #ask(wish: Wish): Promise<void> {
    if (this.#wish !== wish || this.#closed) return;
    this.#asked = true;
    try {
      const given = await this.#service.ask();
      if (this.#closed) return;
      this.#asked = true;
      this.#has = given === 'granted' ? 'floor' : 'place';
      if (given === 'granted') this.#other = undefined;
      if (this.#wish === wish) this.#settle();
    } catch (error) {
      const refusal = toSipError(error, 'requestFloor');
      // Where no reply came, the server may have granted it.
      this.#asked = refusal.apiCode === undefined;
      this.#has = 'nothing';
      if (this.#wish === wish) this.#drop(refusal);
      this.#onChange();
    }
    if (this.#wish !== wish) this.#giveBack().catch(() => {});
  }

  #giveBack(): Promise<void> {
    const returned = this.#turn.then(async () => {
      if (!this.#asked || this.#closed) return;
      this.#asked = false;
      this.#has = 'nothing';
      try {
        await this.#service.giveBack();
      } catch (error) {
        // Where no reply came, the server may not know of it.
        this.#asked = toSipError(error).apiCode === undefined;
        throw error;
      }
    });
    this.#turn = returned.catch(() => {});
    return returned;
  }

  #begun(wanted: boolean): void {
    if (this.#closed || this.#asked) return;
    this.#asked = true;
    this.#has = 'floor';
    if (!wanted) return void this.#giveBack().catch(() => {});
    this.#wish ??= new Wish();
    this.#revoked = false;
    this.#settle();
  }

  #reported({floor, speaker}: FloorReport): void {
    if (this.#closed) return;
    if (floor === 'granted') {
      // Also where it may speak without having asked: the floor is free.
      this.#other = undefined;
      if (this.#has === 'place') this.#has = 'floor';
      if (!this.#wish && this.#asked) this.#giveBack().catch(() => {});
      return this.#settle();
    }
    if (floor === 'queued') {
      if (speaker) this.#other = {speaker};
      if (this.#has === 'floor') this.#has = 'place';
      return this.#onChange();
    }
    const revoked = this.#has === 'floor';
    // A server that does not say who speaks may have taken it away for another reason.
    this.#other = floor === 'taken' && (speaker || !revoked) ? {speaker} : undefined;
    if (revoked) {
      // It was taken away: who wants to go on asks again.
      this.#has = 'nothing';
      this.#asked = false;
      this.#revoked = this.#wish !== undefined;
      this.#drop(new SipError('floor-denied', {subject: speaker?.name || speaker?.number}));
    }
    this.#onChange();
  }

  #lost(): void {
    if (this.#closed) return;
    this.#has = 'nothing';
    this.#other = undefined;
    this.#drop(new SipError('connection-lost'));
    this.#onChange();
    this.#giveBack().catch(() => {});
  }

  /** Nobody wants it any more. */
  #drop(error: SipError): void {
    const wish = this.#wish;
    this.#wish = undefined;
    wish?.reject(error);
  }

  #settle(): void {
    this.#onChange();
    if (this.granted) this.#wish?.resolve();
  }
}
