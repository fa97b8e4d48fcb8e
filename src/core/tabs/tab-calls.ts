import {SipError, toSipError, type SipErrorCode} from '../../errors.js';
import type {SipCall} from '../call/call.js';
import type {CallState} from '../call/call-state.js';
import type {Lines} from '../call/lines.js';
import {isActive} from '../call/newest-call.js';
import type {ConferenceState} from '../conference/conference.js';
import type {IntercomState} from '../intercom/intercom.js';
import {holdLock, whenReleased} from '../../locks.js';
import type {Party} from '../types.js';
import {keptList} from '../util/state-target.js';
import {randomUuid} from '../util/uuid.js';
import {SHARING_VERSION} from './sharing-version.js';
import {TAB_COMMANDS, TabCall, type TabCallCopy, type TabCommand} from './tab-call.js';

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

/** A tab's calls, for all other tabs. */
interface CallsMessage {
  readonly from: string;
  readonly calls: readonly TabCallCopy[];
  /** Asks the others for their calls. */
  readonly asks?: boolean;
  /** One of its calls has become the active one: the other tabs hold theirs. */
  readonly speaks?: boolean;
}

/** A command of one tab for a call of another. */
interface CommandRequest {
  readonly to: string;
  readonly from: string;
  readonly number: number;
  readonly call: string;
  readonly command: TabCommand;
}

/** The end of a command; without an error, it was carried out. */
interface CommandResult {
  readonly to: string;
  readonly number: number;
  readonly error?: {
    readonly code: SipErrorCode;
    readonly subject?: string | undefined;
    readonly status?: number | undefined;
  };
}

type Message = CallsMessage | CommandRequest | CommandResult;

/** A command that another tab has not carried out yet. */
interface Pending {
  readonly to: string;
  readonly settle: (error: CommandResult['error']) => void;
}

/**
 * Copies this tab's calls to the other tabs of a phone, has copies of theirs, and carries out their commands. Nothing is
 * sent as long as there is no other tab, and only what changes a copy.
 */
export class TabCalls {
  readonly #options: TabCallsOptions;
  readonly #name: string;
  #id = '';
  #channel: BroadcastChannel | undefined;
  /** The calls of each other tab by their ids. */
  readonly #tabs = new Map<string, Map<string, TabCall>>();
  #shown: readonly TabCall[] = [];
  readonly #commands = new Map<number, Pending>();
  #commandCount = 0;
  /** The active call when the calls were looked at last. */
  #spoke: SipCall | undefined;
  /** The copies that were sent last, as a text. */
  #sent = '';
  #sending = false;

  constructor(options: TabCallsOptions) {
    this.#options = options;
    this.#name = `sip-elements:calls:${SHARING_VERSION}:${options.phone}`;
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
      if (this.#tabs.size > 0) this.#post({from, calls: []});
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
      channel.onmessage = ({data}: MessageEvent<Message>) => this.#receive(data, ending.signal);
      this.#sendCalls({asks: true});
    });
  }

  /** Sends the others what has changed of this tab's calls, once for all changes of the current task. */
  update(): void {
    if (this.#sending) return;
    this.#sending = true;
    queueMicrotask(() => {
      this.#sending = false;
      const {speaking} = this.#options.lines;
      const speaks = speaking !== undefined && speaking !== this.#spoke;
      // A tab that comes later asks.
      if (this.#tabs.size === 0) return;
      this.#spoke = speaking;
      if (speaks || JSON.stringify(this.#copies()) !== this.#sent) this.#sendCalls({speaks});
    });
  }

  #receive(message: Message, signal: AbortSignal): void {
    if ('calls' in message) this.#receiveCalls(message, signal);
    else if (message.to !== this.#id) return;
    else if ('command' in message) void this.#carryOut(message);
    else this.#commands.get(message.number)?.settle(message.error);
  }

  #receiveCalls({from, calls, asks, speaks}: CallsMessage, signal: AbortSignal): void {
    if (asks) this.#sendCalls();
    if (speaks) this.#options.lines.silence();
    const tab = this.#tabs.get(from) ?? this.#meet(from, signal);
    const before = [...tab.values()];
    for (const copy of calls) {
      const call = tab.get(copy.id);
      if (call) call.follow(copy);
      else {
        const {identify} = this.#options;
        tab.set(copy.id, new TabCall(copy, identify, (command) => this.#request(from, copy.id, command)));
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
    // What has changed since this tab has asked was sent to no one.
    this.update();
    return tab;
  }

  #forget(id: string): void {
    const tab = this.#tabs.get(id);
    this.#tabs.delete(id);
    for (const call of tab?.values() ?? []) call.release();
    for (const {to, settle} of this.#commands.values()) if (to === id) settle({code: 'call-not-found'});
    this.#changed();
  }

  /** Has another tab carry out a command; rejects as the command. */
  async #request(to: string, call: string, command: TabCommand): Promise<void> {
    const number = (this.#commandCount += 1);
    const error = await new Promise<CommandResult['error']>((settle) => {
      if (!this.#tabs.has(to)) return settle({code: 'call-not-found'});
      this.#commands.set(number, {to, settle});
      this.#post({to, from: this.#id, number, call, command});
    });
    this.#commands.delete(number);
    if (error) throw new SipError(error.code, {subject: call, ...error});
  }

  async #carryOut({from: to, number, call: id, command}: CommandRequest): Promise<void> {
    let error: CommandResult['error'];
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

  #sendCalls(more: Pick<CallsMessage, 'asks' | 'speaks'> = {}): void {
    const calls = this.#copies();
    this.#sent = JSON.stringify(calls);
    this.#post({from: this.#id, calls, ...more});
  }

  /** What the others show: calls that every tab shows itself while they ring are left out. */
  #copies(): readonly TabCallCopy[] {
    return this.#options.getCalls().filter(isActive).map(copyOf);
  }

  #changed(): void {
    const calls = [...this.#tabs.values()].flatMap((calls) => [...calls.values()]);
    const shown = keptList(this.#shown, calls);
    if (shown !== this.#shown) this.#options.onChange((this.#shown = shown));
  }

  #post(message: Message): void {
    this.#channel?.postMessage(message);
  }

  #lock(id: string): string {
    return `${this.#name}:${id}`;
  }
}

/** The members of a conference or a group are left out: they are many, change all the time, and no other tab shows them. */
function copyOf({id, type, direction, remoteParty: remote, media, watched, state}: SipCall): TabCallCopy {
  const {
    members: _,
    groupMembers: __,
    ...shown
  }: Partial<ConferenceState & IntercomState> & CallState = state;
  return {id, type, direction, remote, media, watched, state: shown};
}
