import {SipError} from '../../errors.js';
import type {SipCall} from '../call/call.js';
import type {CallMedia, Party} from '../types.js';
import {isForeign} from '../util/number.js';
import {StateTarget, until} from '../util/state-target.js';
import {featureCodes, type Feature, type FeatureCodes, type FeaturePreset} from './feature-codes.js';
import {earlyDialogOf, replacesHeaders, type EarlyDialog} from './early-dialog.js';

/** Options of picking up a call. */
export interface PickUpOptions {
  /**
   * With `video`, the camera is sent if the caller offers video.
   *
   * @defaultValue audio
   */
  readonly media?: CallMedia;
}

/** A call that this client has parked. */
export interface ParkedCall {
  /** The id of the call that was parked. */
  readonly id: string;
  readonly remote: Party;
  /** The slot; empty if the PBX has chosen it, which announces it. */
  readonly slot: string;
  /** What any phone of the PBX calls to retrieve it; empty if that is unknown. */
  readonly number: string;
  /** When it was parked, in milliseconds since 1970. */
  readonly time: number;
}

/** A code that the PBX has answered. Other phones of the user may have changed since what it was for. */
export interface CodeAnswer {
  readonly feature: Feature;
  /** The number that calls are forwarded to, or the queue; empty for others. */
  readonly number: string;
  /** When the PBX has answered, in milliseconds since 1970. */
  readonly time: number;
}

/** What this client has asked the PBX for since it connected. `disconnect()` erases it. */
export interface PbxState {
  /** The calls that were parked here and not retrieved here, oldest first; at most 20. */
  readonly parked: readonly ParkedCall[];
  /** The last code for forwarding that was answered; undefined before, because the PBX does not tell its state. */
  readonly forwarding: CodeAnswer | undefined;
  readonly doNotDisturb: CodeAnswer | undefined;
  /** The last code for each queue, the newest last; at most 20. */
  readonly queues: readonly CodeAnswer[];
}

const NOTHING_KNOWN: PbxState = {parked: [], forwarding: undefined, doNotDisturb: undefined, queues: []};

/** How many parked calls and queues are kept. */
const KEPT = 20;

/** What is needed of the client. */
interface PbxClient {
  /** Aborted when the client disconnects; then there is another one. */
  readonly ending: AbortSignal;
  dispatchEvent(event: Event): boolean;
  readonly options: {
    readonly features?: FeaturePreset | FeatureCodes | undefined;
    readonly user: string;
    readonly dial: (number: string) => string;
    readonly clean: (address: string) => string;
  };
  readonly state: {readonly waitingMessages?: {readonly account?: string | undefined} | undefined};
  call(number: string, options?: {readonly media?: CallMedia}): Promise<SipCall>;
}

/** A call with headers that are not the page's. */
interface CodedCall {
  readonly number: string;
  readonly media: CallMedia;
  readonly headers: readonly string[];
}

/** What is needed of the client's calls. */
interface PbxCalls {
  place(request: CodedCall, command: () => Promise<SipCall>): Promise<SipCall>;
}

/** What is needed of the client's link to its server. */
interface PbxLink {
  readonly required: {call(request: CodedCall): Promise<SipCall>};
  readonly service:
    {readonly presence?: {dialogsOf?(number: string): readonly Element[]} | undefined} | undefined;
}

/** Responses of a server that does not know the dialog, or does not support `Replaces` (RFC 3891 §3). */
const UNKNOWN_DIALOG: ReadonlySet<number | undefined> = new Set([400, 405, 420, 481, 501]);

/**
 * What a PBX offers by codes: parking, picking up, voicemail, forwarding, queues, whispering. `client.pbx` is it, if the
 * option `features` has the codes.
 *
 * A command without a code rejects with `unsupported`.
 */
export class Pbx extends StateTarget<PbxState> {
  /** The codes that the PBX has. */
  readonly codes: FeatureCodes;
  readonly #client: PbxClient;
  readonly #calls: PbxCalls;
  readonly #link: PbxLink;

  /** @internal @throws {SipError} `bad-parameter` for a code that cannot be used. */
  constructor(client: PbxClient, calls: PbxCalls, link: PbxLink) {
    super(NOTHING_KNOWN);
    this.codes = featureCodes(client.options.features!);
    this.#client = client;
    this.#calls = calls;
    this.#link = link;
    this.#forgetAtEnd();
  }

  /** Changes parts of the state; the client's `statechange` reports it as well, for who follows the client. */
  protected override update(patch: Partial<PbxState>): void {
    const before = this.state;
    super.update(patch);
    if (this.state !== before) this.#client.dispatchEvent(new Event('statechange'));
  }

  /** Whether the PBX has a code for a feature. */
  has(feature: Feature): boolean {
    return this.codes[feature] !== undefined;
  }

  /** The number of the user's voice messages: as the server tells it, or else by its code. Empty if there is none. */
  get voicemailNumber(): string {
    return this.#client.state.waitingMessages?.account || this.codes.voicemail || '';
  }

  /**
   * Parks the other side of a call, and ends the call here; resolves once it is parked. `state.parked` lists it.
   *
   * @param slot - Where, if the code has `{slot}`.
   * @throws {SipError} `bad-parameter` without the slot that the code has; as `SipCall.transfer`; then the call goes on.
   */
  async park(call: SipCall, slot = ''): Promise<void> {
    await call.transfer(this.#filled('park', '{slot}', slot).number);
    const chosen = this.codes.park!.includes('{slot}') ? slot.trim() : '';
    const {id, remote} = call;
    const entry = Object.freeze({
      id,
      remote,
      slot: chosen,
      number: this.#retrieval(chosen),
      time: Date.now(),
    });
    this.update({parked: lastOf([...this.state.parked, entry])});
  }

  /**
   * Calls for a parked call; resolves once the user talks to it, and no longer lists it.
   *
   * @param parked - The slot, or a call of `state.parked`.
   * @throws {SipError} as `park`, and as `client.call`
   */
  async retrieve(parked: string | ParkedCall = ''): Promise<SipCall> {
    const slot = typeof parked === 'string' ? parked.trim() : parked.slot;
    const call = await this.#dial('retrieve', '{slot}', slot);
    // Without slots, the PBX has a queue.
    const entry = typeof parked === 'string' ? this.state.parked.find((each) => each.slot === slot) : parked;
    if (entry && call.state.answeredAt) this.forgetParked(entry.id);
    return call;
  }

  /** No longer lists a parked call, which stays parked. */
  forgetParked(id: string): void {
    this.update({parked: this.state.parked.filter((entry) => entry.id !== id)});
  }

  /** Whether a call that rings at a number can be answered from here. The number must be watched, or have a code. */
  canPickUp(number: string): boolean {
    return (this.has('pickup') && !isForeign(number)) || this.#ringing(number) !== undefined;
  }

  /**
   * Answers the call that rings at another number; resolves once the user talks to the caller.
   *
   * If the number is watched and the server tells its dialogs (RFC 4235), the call that rings is replaced (RFC 3891),
   * unless somebody has answered it meanwhile. Otherwise, or if the server does not know the dialog, the code is called.
   *
   * @throws {SipError} `unsupported` without either; as `client.call`.
   */
  async pickUp(number: string, {media = 'audio'}: PickUpOptions = {}): Promise<SipCall> {
    const own = this.#client.options.dial(number);
    const ringing = this.#ringing(own);
    if (ringing) {
      const {caller} = ringing;
      const request = {number: caller || own, media, headers: replacesHeaders(ringing)};
      try {
        return await talking(await this.#place(request), own);
      } catch (error) {
        if (!this.has('pickup') || isForeign(own) || !UNKNOWN_DIALOG.has((error as SipError).status))
          throw error;
      }
    }
    return this.#dial('pickup', '{number}', own, media);
  }

  /** Calls the user's voice messages. @throws {SipError} as `client.call` */
  async playVoicemail(): Promise<SipCall> {
    const number = this.voicemailNumber;
    if (!number) throw new SipError('unsupported', {subject: 'voicemail'});
    return this.#client.call(number);
  }

  /**
   * Transfers the other side of a call to the voicemail of a number, and ends the call here.
   *
   * @param number - The user's own by default.
   * @throws {SipError} as `SipCall.transfer`
   */
  async transferToVoicemail(call: SipCall, number = this.#client.options.user): Promise<void> {
    const dialed = this.#client.options.dial(number);
    await call.transfer(this.#filled('transferToVoicemail', '{number}', dialed).number);
  }

  /**
   * Has all calls to the user forwarded to a number; resolves once the PBX has answered, whose announcement the user hears.
   */
  async forward(number: string): Promise<SipCall> {
    return this.#ask('forward', '{number}', this.#client.options.dial(number));
  }

  /** Ends forwarding. */
  async endForwarding(): Promise<SipCall> {
    return this.#ask('forwardOff');
  }

  /** Turns “do not disturb” on or off at the PBX, for all phones of the user; `client.doNotDisturb` is that of this one. */
  async setDoNotDisturb(on: boolean): Promise<SipCall> {
    return this.#ask(on ? 'dndOn' : 'dndOff');
  }

  /** Has calls of a queue distributed to the user. @param queue - Its number, if the code has `{queue}`. */
  async logIntoQueue(queue = ''): Promise<SipCall> {
    return this.#ask('queueLogin', '{queue}', queue);
  }

  /** Ends that. */
  async logOutOfQueue(queue = ''): Promise<SipCall> {
    return this.#ask('queueLogout', '{queue}', queue);
  }

  /** Stays in a queue, but gets no calls of it; with `false`, gets them again. */
  async pauseInQueue(queue = '', paused = true): Promise<SipCall> {
    return this.#ask(paused ? 'queuePause' : 'queueResume', '{queue}', queue);
  }

  /**
   * Listens to the call of a number, and speaks to that number alone; the other side does not hear the user. Resolves once
   * the user is heard.
   */
  async whisper(number: string): Promise<SipCall> {
    return this.#dial('whisper', '{number}', this.#client.options.dial(number));
  }

  /** Calls a code, and notes that the PBX has answered it. */
  async #ask(feature: Feature, place?: string, value = ''): Promise<SipCall> {
    const call = await this.#dial(feature, place, value);
    if (!call.state.answeredAt) return call;
    const answer: CodeAnswer = Object.freeze({feature, number: value.trim(), time: Date.now()});
    if (feature.startsWith('forward')) this.update({forwarding: answer});
    else if (feature.startsWith('dnd')) this.update({doNotDisturb: answer});
    else {
      const others = this.state.queues.filter(({number}) => number !== answer.number);
      this.update({queues: lastOf([...others, answer])});
    }
    return call;
  }

  /** What is called to retrieve a call of a slot; empty if the slot is needed and unknown, or there is no code. */
  #retrieval(slot: string): string {
    const {retrieve = ''} = this.codes;
    return slot || !retrieve.includes('{slot}') ? retrieve.replaceAll('{slot}', () => slot) : '';
  }

  /** Erases what is known when the client disconnects, each time. */
  #forgetAtEnd(): void {
    this.#client.ending.addEventListener('abort', () => {
      this.update(NOTHING_KNOWN);
      // The client has its next signal by then.
      queueMicrotask(() => this.#forgetAtEnd());
    });
  }

  /** Places a call with headers that are not the page's. */
  async #place(request: CodedCall): Promise<SipCall> {
    const service = this.#link.required;
    return this.#calls.place(request, () => service.call(request));
  }

  #ringing(number: string): EarlyDialog | undefined {
    // Who is of another domain does not choose which number of the account's is called.
    const callable = isForeign(number) ? () => '' : (address: string) => this.#callable(address);
    for (const dialog of this.#link.service?.presence?.dialogsOf?.(number) ?? []) {
      const early = earlyDialogOf(dialog, callable);
      if (early) return early;
    }
    return undefined;
  }

  /** The number of an address of the account's domain; empty for any other. */
  #callable(address: string): string {
    try {
      const number = this.#client.options.clean(address);
      return isForeign(number) ? '' : number;
    } catch {
      return '';
    }
  }

  /** @throws {SipError} `unsupported`, `bad-parameter` */
  #filled(feature: Feature, place = '', value = ''): {readonly number: string; readonly tones: string} {
    const {[feature]: code} = this.codes;
    if (code === undefined) throw new SipError('unsupported', {subject: feature});
    const text = value.trim();
    // With a number of another domain, the code would be a number of that domain.
    if (place && (!text || isForeign(text)) && code.includes(place))
      throw new SipError('bad-parameter', {subject: `${place.slice(1, -1)} “${text}”`, expected: '701'});
    const comma = code.indexOf(',');
    const [number, tones] = comma < 0 ? [code, ''] : [code.slice(0, comma), code.slice(comma)];
    return {number: place ? number.replaceAll(place, () => text) : number, tones};
  }

  async #dial(feature: Feature, place?: string, value?: string, media?: CallMedia): Promise<SipCall> {
    const {number, tones} = this.#filled(feature, place, value);
    const call = await talking(await this.#client.call(number, {...(media && {media})}), number);
    if (tones) await call.sendDtmf(tones);
    return call;
  }
}

const lastOf = <T>(list: readonly T[]): readonly T[] => Object.freeze(list.slice(-KEPT));

/** Resolves once a call is answered, or the user has ended it. @throws {SipError} why it ended before */
async function talking(call: SipCall, number: string): Promise<SipCall> {
  await until(call, () => call.state.phase === 'answered' || call.state.phase === 'released');
  const {phase, cause, answeredAt} = call.state;
  if (phase === 'released' && !answeredAt && cause && cause.by !== 'local')
    throw new SipError(cause.code === 'normal' ? 'call-not-found' : cause.code, {
      subject: number,
      status: cause.status,
    });
  return call;
}
