import type {SipCall} from '../call/call.js';
import type {CallState} from '../call/call-state.js';
import type {CallMedia, CallType, Party} from '../types.js';
import {StateTarget} from '../util/state-target.js';

/** What a tab tells the others of one of its calls. */
export type TabCallCopy = Pick<
  SipCall,
  'id' | 'type' | 'direction' | 'remote' | 'media' | 'watched' | 'state'
>;

/** The commands that one tab carries out for another. */
export const TAB_COMMANDS = ['hangup', 'hold', 'unhold', 'mute', 'unmute'] as const;

export type TabCommand = (typeof TAB_COMMANDS)[number];

/**
 * A call that another tab of this phone has, with its media. Commands are carried out in that tab, and reject as those
 * of its `SipCall`; with `call-not-found` if the tab is closed meanwhile.
 */
export class TabCall extends StateTarget<CallState> {
  #copy: TabCallCopy;
  readonly #identify: <T extends Party>(party: T) => T;
  readonly #ask: (command: TabCommand) => Promise<void>;

  /** @internal */
  constructor(
    copy: TabCallCopy,
    identify: <T extends Party>(party: T) => T,
    ask: (command: TabCommand) => Promise<void>,
  ) {
    super(copy.state);
    this.#copy = copy;
    this.#identify = identify;
    this.#ask = ask;
  }

  get id(): string {
    return this.#copy.id;
  }

  get type(): CallType {
    return this.#copy.type;
  }

  get direction(): 'incoming' | 'outgoing' {
    return this.#copy.direction;
  }

  /** The other side, with what this tab's `people` tells. */
  get remote(): Party {
    return this.#identify(this.#copy.remote);
  }

  /** @internal See `SipCall.identify`. */
  identify<T extends Party>(party: T): T {
    return this.#identify(party);
  }

  get media(): CallMedia {
    return this.#copy.media;
  }

  /** Whether the other side sees that tab's camera, or asks to see it. */
  get watched(): boolean {
    return this.#copy.watched;
  }

  /** The time since the answer in milliseconds; undefined before the answer. */
  get duration(): number | undefined {
    const {answeredAt} = this.state;
    return answeredAt === undefined ? undefined : Math.max(0, Date.now() - answeredAt);
  }

  async hangup(): Promise<void> {
    await this.#ask('hangup');
  }

  async hold(): Promise<void> {
    await this.#ask('hold');
  }

  async unhold(): Promise<void> {
    await this.#ask('unhold');
  }

  async mute(): Promise<void> {
    await this.#ask('mute');
  }

  async unmute(): Promise<void> {
    await this.#ask('unmute');
  }

  /** @internal */
  follow(copy: TabCallCopy): void {
    this.#copy = copy;
    this.update(copy.state);
  }

  /** @internal The call is over, or its tab is closed. */
  release(): void {
    this.update({phase: 'released'});
  }
}
