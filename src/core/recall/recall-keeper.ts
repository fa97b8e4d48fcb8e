import {keptDurations} from '../../durations/kept.js';
import {SipError, toSipError} from '../../errors.js';
import type {OpusPackets} from '../../media/recall/opus-packets.js';
import type * as RecallMedia from '../../media/recall/recall-media.js';
import type {KeptUtterance, RecallStore} from '../../media/recall/recall-store.js';
import type {UtterancePlayer} from '../../media/recall/utterance-player.js';
import type * as Remux from '../../media/recording/remux.js';
import {stopwatch} from '../../stopwatch.js';
import {isLookedAt} from '../call-kinds.js';
import type {SipCall} from '../call/call.js';
import {patched} from '../util/state-target.js';
import {RecalledCall, type RecalledCallDelegate} from './recalled-call.js';
import type {RecallHost} from './recall-host.js';
import {isUtterance, NO_RECALL, type RecallState, type Utterance} from './recall-state.js';
import {UtteranceRecordings} from './utterance-recordings.js';

/** How much is kept, in bytes: the oldest utterances go first. */
const MOST = 30_000_000;

/** An utterance and its sound. */
interface Kept {
  readonly utterance: Utterance;
  readonly packets: OpusPackets;
  /** Tells how many milliseconds ago it ended, or began to be kept; undefined while it is heard. */
  readonly age: (() => number) | undefined;
}

/** Keeps what is heard in the calls of a client for some minutes, and plays it again. */
export class RecallKeeper {
  readonly #host: RecallHost;
  readonly #media: typeof RecallMedia;
  readonly #update: (state: Partial<RecallState>) => void;
  readonly #store: RecallStore;
  readonly #recordings: UtteranceRecordings;
  readonly #calls = new Map<SipCall, RecalledCall>();
  /** The newest first. */
  #kept: readonly Kept[] = [];
  #context: AudioContext | undefined;
  #player: UtterancePlayer | undefined;
  /** What is played, or about to be. */
  #playing: {readonly id: string} | undefined;
  #expiry: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  /**
   * Begins to keep what is heard.
   *
   * @param update - Changes the state of the recall.
   */
  static async begin(host: RecallHost, update: (state: Partial<RecallState>) => void): Promise<RecallKeeper> {
    return new RecallKeeper(host, await import('../../media/recall/recall-media.js'), update);
  }

  private constructor(
    host: RecallHost,
    media: typeof RecallMedia,
    update: (state: Partial<RecallState>) => void,
  ) {
    this.#host = host;
    this.#media = media;
    this.#update = update;
    this.#store = new media.RecallStore(host.account);
    this.#recordings = new UtteranceRecordings(host, () => this.#refresh());
    void this.#begin();
  }

  /** See `Recall.play`. */
  async play(id: string, rate: number): Promise<void> {
    const {utterance, packets} = this.#find(id);
    this.stop();
    const playing = (this.#playing = {id});
    const player = this.#openPlayer();
    try {
      const {opusFile} = await loadFiles();
      const file = await opusFile(packets, utterance.duration);
      if (this.#playing === playing) await player.play(file, rate);
    } catch (error) {
      if (this.#playing === playing) {
        this.stop();
        const {name} = error as Error;
        throw name === 'NotAllowedError'
          ? new SipError('playback-blocked', {cause: error})
          : toSipError(error);
      }
    }
    if (this.#playing !== playing) throw new SipError('aborted', {subject: id});
    this.#showPosition(0);
  }

  setRate(rate: number): void {
    if (this.#player) this.#player.rate = rate;
  }

  /** Stops what is played; idempotent. */
  stop(): void {
    this.#playing = undefined;
    this.#player?.stop();
    this.#update({playing: undefined});
  }

  /** See `Recall.keep`. */
  async keep(id: string): Promise<File> {
    const {utterance, packets} = this.#find(id);
    return this.#recordings.keep(utterance, async () => {
      const {opusFile} = await loadFiles();
      return opusFile(packets, utterance.duration);
    });
  }

  /** Erases everything; idempotent. */
  async end(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#expiry);
    this.#host.calls.removeEventListener('statechange', this.#follow);
    for (const call of this.#calls.values()) call.stop();
    this.#calls.clear();
    this.stop();
    this.#player?.close();
    this.#closeContext();
    this.#recordings.end();
    this.#kept = [];
    this.#update(NO_RECALL);
    await this.#store.end();
  }

  async #begin(): Promise<void> {
    const left = await this.#store.takeOver();
    if (this.#ended) return;
    for (const kept of left) this.#takeIn(kept);
    this.#refresh();
    const encodes = await this.#media.encodesOpus().catch(() => false);
    if (this.#ended) return;
    // What was left can be heard again all the same.
    if (!encodes) return this.#update({error: 'unsupported-browser'});
    this.#host.calls.addEventListener('statechange', this.#follow);
    this.#follow();
    this.#update({active: true, error: undefined});
  }

  /** Takes in an utterance that another page has left, which any script of the origin can have written. */
  #takeIn({id, about, bytes}: KeptUtterance): void {
    const packets = this.#media.OpusPackets.read(bytes);
    const utterance = {...(about as Utterance), id, running: false};
    if (packets.size && isUtterance(utterance))
      this.#kept = [...this.#kept, {utterance: Object.freeze(utterance), packets, age: stopwatch()}];
    else void this.#store.remove(id);
  }

  /** Listens to the calls that there are now. */
  readonly #follow = (): void => {
    const {calls} = this.#host.calls.state;
    for (const [call, recalled] of this.#calls) {
      if (calls.includes(call)) continue;
      this.#calls.delete(call);
      recalled.stop();
    }
    for (const call of calls)
      if (!this.#calls.has(call) && !isLookedAt(call.type))
        this.#calls.set(call, new RecalledCall(call, this.#media, this.#delegate));
    if (!this.#calls.size) this.#closeContext();
  };

  readonly #delegate: RecalledCallDelegate = {
    isOwn: (number) => this.#host.account.startsWith(`${number}@`),
    allows: (call) => {
      // Loaded, and routed to its output, before it is needed: what is repeated is heard at once.
      loadFiles().catch(() => {});
      this.#openPlayer();
      return this.#host.allowsCall(call);
    },
    context: () => (this.#context ??= new AudioContext()),
    onChange: (utterance, packets) =>
      this.#set({utterance, packets, age: utterance.running ? undefined : stopwatch()}),
    onNote: (utterance, packets) => this.#write(utterance, packets),
  };

  #openPlayer(): UtterancePlayer {
    return (this.#player ??= new this.#media.UtterancePlayer({
      route: (element) => this.#host.devices.route(element, 'unselected'),
      onProgress: (position) => this.#showPosition(position),
      onEnd: () => this.stop(),
    }));
  }

  #closeContext(): void {
    void this.#context?.close();
    this.#context = undefined;
  }

  #set(kept: Kept): void {
    if (this.#ended) return;
    const {id} = kept.utterance;
    this.#kept = [kept, ...this.#kept.filter(({utterance}) => utterance.id !== id)];
    this.#refresh();
  }

  #write(utterance: Utterance, packets: OpusPackets): void {
    if (this.#ended || !this.#kept.some((kept) => kept.utterance.id === utterance.id)) return;
    const {id, running: _, ...about} = utterance;
    void this.#store.write({id, expires: this.#expiryOf(utterance), about, bytes: packets.bytes.slice()});
  }

  /** @throws {SipError} `recording-not-found` */
  #find(id: string): Kept {
    const found = this.#kept.find(({utterance}) => utterance.id === id);
    if (!found) throw new SipError('recording-not-found', {subject: String(id)});
    return found;
  }

  /** When an utterance is erased, in milliseconds since the epoch. */
  #expiryOf({time, duration}: Utterance): number {
    return time + duration * 1_000 + this.#patience;
  }

  /** How long an utterance is kept after its end, in milliseconds. */
  get #patience(): number {
    return (this.#host.minutes ?? 0) * keptDurations.recallMinute;
  }

  /** In how many milliseconds an utterance is erased: no later because the device's clock was set back. */
  #leftOf({utterance, age}: Kept): number {
    return age ? Math.min(this.#expiryOf(utterance) - Date.now(), this.#patience - age()) : Infinity;
  }

  /** Erases what is too old or too much, and shows the rest. What has its only recording in memory stays there. */
  #refresh(): void {
    if (this.#ended) return;
    const sorted = [...this.#kept].sort((one, other) => other.utterance.time - one.utterance.time);
    const kept: Kept[] = [];
    let size = 0;
    let next = Infinity;
    for (const one of sorted) {
      const {utterance, packets} = one;
      const {id} = utterance;
      const left = this.#leftOf(one);
      const expired = left <= 0 || size + packets.size > MOST;
      const recordingStorage = this.#recordings.storageOf(id);
      if (expired) void this.#store.remove(id);
      if (expired && recordingStorage !== 'memory') {
        this.#recordings.forget(id);
        continue;
      }
      kept.push({...one, utterance: patched(utterance, {recordingStorage})});
      if (expired) continue;
      size += packets.size;
      next = Math.min(next, left);
    }
    this.#kept = kept;
    const playing = this.#playing?.id;
    // What is erased is not heard to its end.
    if (playing !== undefined && !kept.some(({utterance}) => utterance.id === playing)) this.stop();
    this.#update({utterances: Object.freeze(kept.map(({utterance}) => utterance))});
    clearTimeout(this.#expiry);
    if (next < Infinity) this.#expiry = setTimeout(() => this.#refresh(), next);
  }

  #showPosition(position: number): void {
    const id = this.#playing?.id;
    if (id !== undefined) this.#update({playing: Object.freeze({id, position})});
  }
}

/** Loads what makes files, which is a part of what completes recordings. */
async function loadFiles(): Promise<typeof Remux> {
  return import('../../media/recording/remux.js');
}
