import {SipError, toSipError, type SipErrorCode} from '../../errors.js';
import type {SipCall} from '../call/call.js';
import type {Lines} from '../call/lines.js';
import {isActive} from '../call/newest-call.js';
import {holdLock, whenReleased} from '../../locks.js';
import type {Party} from '../types.js';
import {randomUuid} from '../util/uuid.js';
import {TAB_COMMANDS, TabCall, type TabCallCopy, type TabCommand} from './tab-call.js';

/** The version of what the tabs tell each other: two versions of this library do not disturb each other. */
const VERSION = 1;

/** What `TabCalls` needs from its client. */
export interface TabCallsOptions {
  /** What the tabs of the phone have in common. */
  readonly phone: string;
  readonly lines: Lines;
  readonly getCalls: () => readonly SipCall[];
  /** See `BaseClient.identify`. */
  readonly identify: <T extends Party>(party: T) => T;
  readonly onChange: (calls: readonly TabCall[]) => void;
}

/** What a tab tells all others: its calls. */
interface Told {
  readonly from: string;
  readonly calls: readonly TabCallCopy[];
  /** Asks the others for their calls. */
  readonly asks?: boolean;
  /** One of its calls has become the active one: the other tabs hold theirs. */
  readonly speaks?: boolean;
}

/** A command of one tab for a call of another. */
interface Wish {
  readonly to: string;
  readonly from: string;
  readonly number: number;
  readonly call: string;
  readonly command: TabCommand;
}

/** What became of a wish. */
interface Outcome {
  readonly to: string;
  readonly number: number;
  readonly error?: {
    readonly code: SipErrorCode;
    readonly subject?: string | undefined;
    readonly status?: number | undefined;
  };
}

type Message = Told | Wish | Outcome;

/** A command that another tab has not carried out yet. */
interface Pending {
  readonly to: string;
  readonly settle: (error: Outcome['error']) => void;
}

/** Tells the other tabs of a phone of this tab's calls, knows theirs, and carries out their commands. */
export class TabCalls {
  readonly #options: TabCallsOptions;
  readonly #name: string;
  #id = '';
  #channel: BroadcastChannel | undefined;
  /** The calls of each other tab by their ids. */
  readonly #tabs = new Map<string, Map<string, TabCall>>();
  #shown: readonly TabCall[] = [];
  readonly #wishes = new Map<number, Pending>();
  #wished = 0;
  /** The active call when the others were told last. */
  #spoke: SipCall | undefined;
  #telling = false;

  constructor(options: TabCallsOptions) {
    this.#options = options;
    this.#name = `sip-elements:calls:${VERSION}:${options.phone}`;
  }

  /** The calls that the other tabs have. */
  get shown(): readonly TabCall[] {
    return this.#shown;
  }

  /** Takes part until the signal is aborted or the page is left. Does nothing if this tab takes part already. */
  begin(signal: AbortSignal): void {
    if (this.#channel || signal.aborted) return;
    const channel = (this.#channel = new BroadcastChannel(this.#name));
    const from = (this.#id = randomUuid());
    const ending = new AbortController();
    const end = (): void => {
      this.#post({from, calls: []});
      ending.abort();
      channel.close();
      this.#channel = undefined;
      for (const tab of [...this.#tabs.keys()]) this.#forget(tab);
    };
    signal.addEventListener('abort', end, {signal: ending.signal});
    // A held lock would keep the page out of the back/forward cache.
    window.addEventListener('pagehide', end, {signal: ending.signal});
    this.#spoke = this.#options.lines.speaking;
    void holdLock(this.#lock(from), {signal: ending.signal}).then(() => {
      if (ending.signal.aborted) return;
      channel.onmessage = ({data}: MessageEvent<Message>) => this.#take(data, ending.signal);
      this.#post({from, calls: this.#copies(), asks: true});
    });
  }

  /** Tells the others of this tab's calls, once for all changes of the current task. */
  tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      const {speaking} = this.#options.lines;
      const speaks = speaking !== undefined && speaking !== this.#spoke;
      this.#spoke = speaking;
      this.#post({from: this.#id, calls: this.#copies(), speaks});
    });
  }

  #take(message: Message, signal: AbortSignal): void {
    if ('calls' in message) this.#heard(message, signal);
    else if (message.to !== this.#id) return;
    else if ('command' in message) void this.#obey(message);
    else this.#wishes.get(message.number)?.settle(message.error);
  }

  #heard({from, calls, asks, speaks}: Told, signal: AbortSignal): void {
    if (asks) this.#post({from: this.#id, calls: this.#copies()});
    if (speaks) this.#options.lines.silence();
    const tab = this.#tabs.get(from) ?? this.#meet(from, signal);
    const before = [...tab.values()];
    for (const copy of calls) {
      const call = tab.get(copy.id);
      if (call) call.follow(copy);
      else {
        const {identify} = this.#options;
        tab.set(copy.id, new TabCall(copy, identify, (command) => this.#wish(from, copy.id, command)));
      }
    }
    for (const call of before) {
      if (calls.some(({id}) => id === call.id)) continue;
      tab.delete(call.id);
      call.release();
    }
    this.#changed();
  }

  /** Follows a tab until it is closed, or its process has crashed. */
  #meet(id: string, signal: AbortSignal): Map<string, TabCall> {
    const tab = new Map<string, TabCall>();
    this.#tabs.set(id, tab);
    whenReleased(this.#lock(id), signal, () => this.#forget(id));
    return tab;
  }

  #forget(id: string): void {
    const tab = this.#tabs.get(id);
    this.#tabs.delete(id);
    for (const call of tab?.values() ?? []) call.release();
    for (const {to, settle} of this.#wishes.values()) if (to === id) settle({code: 'call-not-found'});
    this.#changed();
  }

  /** Has another tab carry out a command; rejects as the command. */
  async #wish(to: string, call: string, command: TabCommand): Promise<void> {
    const number = (this.#wished += 1);
    const error = await new Promise<Outcome['error']>((settle) => {
      if (!this.#tabs.has(to)) return settle({code: 'call-not-found'});
      this.#wishes.set(number, {to, settle});
      this.#post({to, from: this.#id, number, call, command});
    });
    this.#wishes.delete(number);
    if (error) throw new SipError(error.code, {subject: call, ...error});
  }

  async #obey({from: to, number, call: id, command}: Wish): Promise<void> {
    let error: Outcome['error'];
    try {
      const call = this.#options.getCalls().find((other) => other.id === id);
      if (!call || !TAB_COMMANDS.includes(command)) throw new SipError('call-not-found', {subject: id});
      await call[command]();
    } catch (thrown) {
      const {code, subject, status} = toSipError(thrown);
      error = {code, subject, status};
    }
    this.#post({to, number, ...(error && {error})});
  }

  /** What the others show: calls that every tab shows itself while they ring are left out. */
  #copies(): readonly TabCallCopy[] {
    return this.#options
      .getCalls()
      .filter(isActive)
      .map(({id, type, direction, remoteParty: remote, media, watched, state}) => ({
        ...{id, type, direction, remote, media, watched, state},
      }));
  }

  #changed(): void {
    const shown = [...this.#tabs.values()].flatMap((calls) => [...calls.values()]);
    if (shown.length === this.#shown.length && shown.every((call, index) => call === this.#shown[index]))
      return;
    this.#options.onChange((this.#shown = Object.freeze(shown)));
  }

  #post(message: Message): void {
    this.#channel?.postMessage(message);
  }

  #lock(id: string): string {
    return `${this.#name}:${id}`;
  }
}
