import {SipError, toSipError} from '../../errors.js';
import {StateTarget, until} from '../util/state-target.js';
import type {RecallHost} from './recall-host.js';
import type {RecallKeeper} from './recall-keeper.js';
import {NO_RECALL, type RecallState, type Utterance} from './recall-state.js';

/**
 * What was heard in the last minutes, cut into utterances, to be heard again while the calls go on.
 *
 * The option `recall` turns it on. The sound is kept in this browser only, in memory and in the origin's private files, so
 * that the next page of the account has it after a crash. `disconnect()` and the end of the time erase it.
 *
 * ```ts
 * await client.recall.repeat();
 * ```
 */
export class Recall extends StateTarget<RecallState> {
  readonly #host: RecallHost;
  #keeper: Promise<RecallKeeper> | undefined;

  /** @internal Created by its client. */
  constructor(host: RecallHost) {
    super({...NO_RECALL, rate: 1});
    this.#host = host;
  }

  /** For how many minutes something is kept; 0 if nothing is. */
  get minutes(): number {
    return this.#host.minutes ?? 0;
  }

  /** What was heard in the last minutes, the newest first. */
  get utterances(): readonly Utterance[] {
    return this.state.utterances;
  }

  /**
   * Plays the last utterance, of all calls, of one, or of one number, over the unselected output; resolves when it sounds. One
   * that is still heard plays up to now.
   *
   * @param options.call - The id of a call, also of one that has ended.
   * @param options.number - The number of the other side: a caller, a conference or a group, also of earlier calls.
   * @throws {SipError} `nothing-to-repeat`, and as `play`
   */
  async repeat({
    call,
    number,
  }: {readonly call?: string | undefined; readonly number?: string | undefined} = {}): Promise<void> {
    const last = this.utterances.find(
      (each) => (!call || each.call === call) && (!number || each.remote.number === number),
    );
    if (!last) throw new SipError('nothing-to-repeat');
    await this.play(last.id);
  }

  /**
   * Plays an utterance instead of the one that plays, over the unselected output; resolves when it sounds. Live sound goes
   * on.
   *
   * @throws {SipError} `recording-not-found` if its time has passed; `playback-blocked`; `aborted` if another one is played
   * or it is stopped meanwhile.
   */
  async play(id: string): Promise<void> {
    await (await this.#required(id)).play(id, this.state.rate);
  }

  /**
   * Sets how fast utterances play, 0.5–2, with the same pitch.
   *
   * @throws {SipError} `bad-parameter`
   */
  async setRate(rate: number): Promise<void> {
    if (!(rate >= 0.5 && rate <= 2)) throw new SipError('bad-parameter', {subject: 'rate'});
    this.update({rate});
    (await this.#keeper)?.setRate(rate);
  }

  /** Stops what is heard again; idempotent. */
  async stop(): Promise<void> {
    (await this.#keeper)?.stop();
  }

  /**
   * Returns a recording of an utterance, which is made at the first time, once the utterance is over. `client.recordings` then
   * has it; if it stores none, `recordingStorage` of the utterance is `memory`, and the utterance stays until the user signs
   * out or closes the page.
   *
   * @throws {SipError} `recording-not-found` if its time has passed; `recording-declined` if the page refuses
   * (`sip-recall-keep`); `storage-full`
   */
  async keep(id: string): Promise<File> {
    const keeper = await this.#required(id);
    await until(this, () => !this.utterances.some((each) => each.id === id && each.running));
    return keeper.keep(id);
  }

  /** Erases everything that is kept. What is heard from now on is kept again. */
  async erase(): Promise<void> {
    const keeps = this.#keeper !== undefined;
    await this.end();
    if (keeps) this.start();
  }

  /** @internal Begins to keep what is heard, and takes over what an earlier page of the account has left. */
  start(): void {
    if (!this.minutes || this.#keeper) return;
    const keeper = (this.#keeper = this.#load());
    keeper.catch((error: unknown) => {
      // Loaded again at the next registration.
      if (this.#keeper === keeper) this.#keeper = undefined;
      this.update({error: toSipError(error).code});
    });
  }

  /** @internal Keeps something for these minutes from the next `start()` on, unless the page has said whether to. */
  turnOn(minutes: number): void {
    this.#host.minutes ??= minutes;
  }

  /** @internal Erases everything, and keeps nothing from now on, also after another registration. */
  turnOff(): void {
    if (this.minutes) void this.end();
    this.#host.minutes = 0;
  }

  /**
   * @internal Erases everything, and keeps nothing any more.
   *
   * @param left - Also erases what an earlier page has left if nothing was kept yet.
   */
  async end(left = true): Promise<void> {
    const keeper = this.#keeper ?? (left && this.minutes ? this.#load() : undefined);
    this.#keeper = undefined;
    await keeper?.then((loaded) => loaded.end()).catch(() => {});
  }

  async #load(): Promise<RecallKeeper> {
    const {RecallKeeper} = await import('./recall-keeper.js');
    return RecallKeeper.begin(this.#host, (state) => this.update(state));
  }

  async #required(id: string): Promise<RecallKeeper> {
    const keeper = await this.#keeper;
    if (!keeper) throw new SipError('recording-not-found', {subject: id});
    return keeper;
  }
}
