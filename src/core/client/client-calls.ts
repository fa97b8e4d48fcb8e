import {SipError, textOf, toSipError} from '../../errors.js';
import {whileRinging} from '../call/auto-answer.js';
import {followCall} from './call-events.js';
import type {Tell} from './events.js';
import {CallHistory} from '../history/call-history.js';
import type {CallContext, SipCall} from '../call/call.js';
import type {CallInit, KeptPatch} from '../call/call-init.js';
import {isIntercomType, isLine, isLookedAt, isUrgent} from '../call-kinds.js';
import type {ClientState} from './client-state.js';
import type {ConferenceAbilities} from '../conference/conference.js';
import type {AddedCall, CreateCall} from '../call/create-call.js';
import type {Arrival, CallRequest, CallService} from './call-service.js';
import {notedOf, type Noted} from '../history/history-entry.js';
import {Lines} from '../call/lines.js';
import {isConference} from '../conference/is-conference.js';
import type {KeptCalls} from './kept-calls.js';
import {isWaiting} from '../call/newest-call.js';
import type {ResolvedOptions} from './options.js';
import type {Patches} from '../patches/patches.js';
import type {PatchOptions, SipPatch} from '../patches/patch.js';
import type {RecordingRule} from '../call/recording-rule.js';
import {Recordings} from '../recordings/recordings.js';
import type {SoundOptions} from '../sound/client-sound.js';
import {phoneOf} from '../tabs/shared-phone.js';
import {numberOf, type SessionRequest} from '../server/session-request.js';
import type {TabCalls} from '../tabs/tab-calls.js';
import {attempt} from '../util/attempt.js';
import {isForeign} from '../util/number.js';
import {keptList} from '../util/state-target.js';
import {isStored, removeStored, storageKey} from '../util/stored.js';
import {randomUuid} from '../util/uuid.js';
import type {CallCause, CallType, Party} from '../types.js';

/** How many urgent calls wait for an answer, and how many calls of kinds that take no line. */
const MOST_WAITING = 20;
/** How many urgent calls of one number wait. */
const MOST_URGENT = 5;

/** What `ClientCalls` needs from its client. */
export interface ClientCallsOptions {
  readonly options: ResolvedOptions;
  readonly tell: Tell;
  doNotDisturb(): boolean;
  isRegistered(): boolean;
  /** See `BaseClient.identify`. */
  readonly identify: <T extends Party>(party: T) => T;
  /** See `BaseClient.createSession`. */
  readonly createSession: (request: SessionRequest) => Promise<SipCall | undefined>;
  /** Called when the calls, the current call, the watchers, the patches or the calls of other tabs change. */
  onChange(
    change: Partial<Pick<ClientState, 'calls' | 'current' | 'watchers' | 'patches' | 'tabCalls'>>,
  ): void;
}

/** Manages the calls of one client: how many may exist, which one is active, and their entries in the history. */
export class ClientCalls {
  readonly history: CallHistory;
  readonly recordings: Recordings;
  readonly lines: Lines;
  readonly #client: ClientCallsOptions;
  readonly #sound: SoundOptions;
  /** Numbers whose monitoring the user has ended: they need permission again. */
  readonly #stopped = new Set<string>();
  #calls: readonly SipCall[] = Object.freeze([]);
  #watchers: readonly SipCall[] = Object.freeze([]);
  /** Keeps the calls for the next page, if that is wanted. */
  #kept: KeptCalls | undefined;
  /** Loaded by the first patch. */
  #patches: Patches | undefined;
  /** The other tabs' calls, if they are one phone. */
  #tabs: TabCalls | undefined;
  /** Number of calls that were requested and have no id yet. */
  #placing = 0;

  constructor(client: ClientCallsOptions) {
    const {user, domain, historyStorage, historyLimit, parallelCalls} = client.options;
    const {recordingsStorage, recordingsLimit, recordingsDays, recordingsUpload, duck} = client.options;
    const account = `${user}@${domain}`;
    this.#client = client;
    this.lines = new Lines(
      !parallelCalls,
      () => this.#calls,
      () => this.#changed(),
    );
    this.#sound = {key: storageKey('sound', client.options), transient: new Map(), duck, lines: this.lines};
    this.history = new CallHistory({
      account,
      mode: historyStorage,
      limit: historyLimit,
      onClear: () => this.forgetSounds(),
    });
    this.recordings = new Recordings({
      account,
      mode: recordingsStorage,
      limit: recordingsLimit,
      days: recordingsDays,
      upload: recordingsUpload,
    });
  }

  /** See `CallServiceHost.addCall`. */
  add(given: CallInit, create: CreateCall): AddedCall {
    // Lists know their calls by the id, of which the other side may choose a part.
    const isTaken = this.#calls.some(({id}) => id === given.id);
    const init = isTaken ? {...given, id: randomUuid()} : given;
    const {tell, options, identify, createSession} = this.#client;
    const {continued} = init;
    const {lines, recordings} = this;
    const {devices, dial, user, captions} = options;
    const sound = this.#sound;
    const context: CallContext = {
      lines,
      recordings,
      devices,
      dial,
      user,
      sound,
      captions,
      identify,
      createSession,
    };
    const {call, control} = create(init, context);
    this.#calls = Object.freeze([...this.#calls, call]);
    this.#changed();
    call.addEventListener('statechange', this.#follow(call));
    if (options.recordCalls) this.#record(call, options.recordCalls);
    const look = followCall(call, tell, () => {
      this.#calls = Object.freeze(this.#calls.filter((other) => other !== call));
      // The history leaves out the videos of a wall, which come and go.
      const joined = isIntercomType(call.type);
      // Nor does it list intercoms: a group is joined again, not called back.
      if (!joined && (!isLookedAt(call.type) || call.direction === 'incoming'))
        this.history.note(notedOf(call));
      this.#changed();
    });
    if (continued?.current ?? init.direction === 'outgoing') this.lines.choose(call);
    if (continued) tell('sip-call-resumed', {call});
    else if (init.direction === 'outgoing') tell('sip-call-created', {call});
    else {
      const taken = !tell('sip-call-received', {call});
      const shown = this.#showsItself(call);
      if (taken || shown) control.setQuiet();
      // A page that prevented the default answers the call itself. A monitoring call that cannot be answered ends.
      if (shown && !taken) void call.answer().catch(() => call.hangup());
      else if (!taken) this.#answerItself({call, control}, init.answerAfter);
    }
    look();
    return {call, control};
  }

  /**
   * Continues the calls that an earlier page left, with the service that is registered now.
   *
   * @param signsOut - Ends those that do not go on yet instead.
   */
  async resume(service: CallService, signsOut = false): Promise<void> {
    if (!this.#client.options.resume || !service.resume) return;
    const {KeptCalls} = await import('./kept-calls.js');
    this.#kept ??= new KeptCalls({
      history: this.history,
      getCalls: () => this.#calls,
      lines: this.lines,
      isRegistered: () => this.#client.isRegistered(),
      merge: async (calls) => this.merge(calls),
      patch: async (calls, kept) => this.patch(calls, kept),
    });
    await this.#kept.resume(service, signsOut);
  }

  /** Shows the calls of the phone's other tabs, and this tab's calls to them, until the signal is aborted. */
  async share(signal: AbortSignal): Promise<void> {
    const {options} = this.#client;
    if (!options.sharedWorker) return;
    const {TabCalls} = await import('../tabs/tab-calls.js');
    this.#tabs ??= new TabCalls({
      phone: phoneOf(options),
      lines: this.lines,
      identify: this.#client.identify,
      getCalls: () => this.#calls,
      onChange: (tabCalls) => this.#client.onChange({tabCalls}),
    });
    this.#tabs.begin(signal);
  }

  /** Reports that something else is known about the other sides. */
  identified(): void {
    for (const call of [...this.#calls, ...(this.#tabs?.shown ?? [])])
      call.dispatchEvent(new Event('statechange'));
  }

  /** Whether the next page can continue the call. */
  keeps(call: SipCall): boolean {
    return this.#kept?.keeps(call) ?? false;
  }

  /**
   * Places a call and silences the active one.
   *
   * @throws {SipError} `too-many-calls`; what `command` rejects with, and the active call continues.
   */
  async place<T>(
    {number, media, type = 'single'}: Pick<CallRequest, 'number' | 'media'> & {type?: CallType | undefined},
    command: () => Promise<T>,
  ): Promise<T> {
    const {maxCalls} = this.#client.options;
    if (this.#taken >= maxCalls && !isUrgent(type))
      throw new SipError('too-many-calls', {subject: String(maxCalls)});
    const time = Date.now();
    this.#placing += 1;
    try {
      return await this.lines.speak(undefined, command);
    } catch (error) {
      const {code, status, apiCode} = toSipError(error, number);
      const remote = {number, name: ''};
      // A refusal by the server means that the number was called.
      if (status !== undefined || apiCode !== undefined)
        this.#note({id: randomUuid(), type, remote, media}, 'outgoing', {by: 'server', code}, time);
      throw error;
    } finally {
      this.#placing -= 1;
    }
  }

  /**
   * Places a session of another kind. Sessions that are not lines (monitoring, listening in, intercoms) silence no
   * call.
   */
  async placeSession<T>(request: SessionRequest, command: () => Promise<T>): Promise<T> {
    const {kind} = request;
    const type = kind === 'file' ? 'other' : kind;
    if (type === 'remove' || type === 'remove-other' || !isLine(type)) return command();
    const media = 'media' in request ? request.media : 'audio';
    return this.place({number: numberOf(request), media, type}, command);
  }

  /**
   * Resumes a call and holds the active one.
   *
   * @throws {SipError} `invalid-state` if the call is over, or is incoming and not answered yet.
   */
  async activate(call: SipCall): Promise<void> {
    if (!this.#calls.includes(call) || isWaiting(call))
      throw new SipError('invalid-state', {subject: `activate, ${call.direction}, ${call.state.phase}`});
    if (call.state.phase === 'answered') await call.unhold();
    else this.lines.choose(call);
  }

  /** See `BaseClient.patch`. */
  async patch(calls: readonly SipCall[], options?: PatchOptions | KeptPatch): Promise<SipPatch> {
    return (await this.#loadPatches()).patch(calls, options);
  }

  /** See `BaseClient.merge`. */
  async merge(calls: readonly SipCall[]): Promise<void> {
    await (await this.#loadPatches()).merge(calls);
  }

  /** See `BaseClient.split`. */
  async split(call: SipCall): Promise<void> {
    (await this.#loadPatches()).split(call);
    await this.activate(call);
  }

  /** See `CallServiceHost.refusalOf`. */
  refusalOf({type, remote: {number}}: Arrival, joined = false): 480 | 486 | undefined {
    const isStranger = isForeign(number);
    if (!isStranger && this.#isFlooded(type, number)) return 486;
    if (joined) return undefined;
    // Any caller can write that a call is urgent.
    if (isUrgent(type) && !isStranger) return undefined;
    // Monitoring does not disturb a user who allows it.
    if (type === 'monitor' && this.#allowsMonitoring(number)) return undefined;
    if (this.#client.doNotDisturb()) return 480;
    const ringing = isStranger ? this.#calls.filter(ringsFromOutside).length : 0;
    const taken = isStranger || isLine(type) ? this.#taken + ringing : 0;
    return taken >= this.#client.options.maxCalls ? 486 : undefined;
  }

  /** See `CallServiceHost.missed`. */
  missed(arrival: Arrival, cause: CallCause = {by: 'server', code: 'busy'}): void {
    this.#note(arrival, 'incoming', cause, Date.now());
  }

  /** Whether the user has chosen a volume or an output that is remembered. */
  get remembersSounds(): boolean {
    return this.#sound.transient.size > 0 || isStored(this.#sound.key);
  }

  /** Erases the volumes and outputs that the user has chosen: they name the same numbers as the history. */
  forgetSounds(): void {
    this.#sound.transient.clear();
    removeStored(this.#sound.key);
  }

  async #loadPatches(): Promise<Patches> {
    const {Patches} = await import('../patches/patches.js');
    return (this.#patches ??= new Patches({
      lines: this.lines,
      getCalls: () => this.#calls,
      onChange: (patches) => this.#client.onChange({patches}),
    }));
  }

  /** Number of lines in use. Calls of other domains that only ring take none from the user and their colleagues. */
  get #taken(): number {
    const lines = this.#calls.filter((call) => isLine(call.type) && !ringsFromOutside(call));
    return this.#placing + lines.length;
  }

  /** Whether so many calls of a type that needs no free line have arrived that more would block the page. */
  #isFlooded(type: CallType, number: string): boolean {
    const isOfNumber = ({remote}: SipCall): boolean => remote.number === number;
    const arrived = this.#calls.filter(({direction}) => direction === 'incoming');
    if (isUrgent(type)) {
      const urgent = arrived.filter((call) => isUrgent(call.type) && isWaiting(call));
      return urgent.length >= MOST_WAITING || urgent.filter(isOfNumber).length >= MOST_URGENT;
    }
    if (isLine(type)) return false;
    const apart = arrived.filter((call) => !isLine(call.type) && (isWaiting(call) || isOfNumber(call)));
    return apart.length >= MOST_WAITING;
  }

  /** Adds a call to the history that never became a `SipCall`. */
  #note(
    {id, type, remote, media}: Omit<Arrival, 'typeNumber'>,
    direction: Noted['direction'],
    cause: CallCause,
    time: number,
  ): void {
    this.history.note({id, type, direction, remote, media, time, cause});
  }

  /** Returns a listener for the changes that can make another call the current one. */
  #follow(call: SipCall): () => void {
    let {phase} = call.state;
    let {direction, type} = call;
    let abilities = abilitiesOf(call);
    return () => {
      // A new array, because conferences and their abilities are looked up in it.
      if (call.type !== type || abilitiesOf(call) !== abilities)
        this.#calls = Object.freeze([...this.#calls]);
      type = call.type;
      abilities = abilitiesOf(call);
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

  /** Records a call once it is answered, if the rule says so. */
  #record(call: SipCall, rule: RecordingRule | true): void {
    const onError = (thrown: unknown): void =>
      this.#client.options.log({level: 'error', area: 'call', text: `recordCalls: ${textOf(thrown)}`});
    import('../call/recording-rule.js')
      .then(({recordByRule}) => recordByRule(call, rule, onError))
      .catch(onError);
  }

  /** Answers a call as its caller asks, if the page allows that and no other line is busy. */
  #answerItself({call, control}: AddedCall, after: number | undefined): void {
    const {options, tell} = this.#client;
    const {autoAnswer: media} = options;
    const busy = (): boolean => this.#placing > 0 || this.lines.busyBeside(call);
    if (after === undefined || !media || busy() || !tell('sip-auto-answer', {call, after})) return;
    whileRinging(call, after, () => {
      // By now another line may be busy, or the user may be answering this call.
      if (call.state.phase !== 'ringing' || busy() || this.lines.isChosen(call)) return;
      control.setAutoAnswered();
      void call.answer({media: call.media === 'video' ? media : 'audio'}).catch(() => call.hangup());
    });
  }

  /**
   * Whether a number may see the camera without asking. Any caller can write that a call is for that: those of other
   * domains, and those without a number, need the user's permission.
   */
  #allowsMonitoring(number: string): boolean {
    return this.#client.options.allowMonitoring && !isForeign(number);
  }

  /** Whether a call monitors this side, the user has allowed that beforehand and has not stopped it since. */
  #showsItself(call: SipCall): boolean {
    if (!call.watched) return false;
    const {number} = call.remote;
    const shows = this.#allowsMonitoring(number) && !this.#stopped.has(number);
    call.addEventListener('statechange', () => {
      const {phase, cause, answeredAt} = call.state;
      if (phase === 'answered') this.#stopped.delete(number);
      else if (answeredAt && cause?.by === 'local' && cause.code === 'normal') this.#stopped.add(number);
    });
    return shows;
  }

  #changed(): void {
    const watchers = this.#calls.filter(({watched, state}) => watched && state.phase === 'answered');
    this.#watchers = keptList(this.#watchers, watchers);
    const client = this.#client;
    attempt(
      (thrown) => client.options.log({level: 'error', area: 'call', text: textOf(thrown)}),
      () => this.#kept?.note(),
      () => this.#tabs?.update(),
      () => client.onChange({calls: this.#calls, current: this.lines.current, watchers: this.#watchers}),
    );
  }
}

/** Whether a call is from another domain, or from a caller without a number, and has not been answered. */
function ringsFromOutside(call: SipCall): boolean {
  return isWaiting(call) && isForeign(call.remote.number);
}

function abilitiesOf(call: SipCall): ConferenceAbilities | undefined {
  return isConference(call) ? call.state.abilities : undefined;
}
