import type {ConferenceAbilities, ConferenceService, MembersListener} from '../core/conference/conference.js';
import type {MemberReport} from '../core/conference/conference-member.js';
import {SipError, toSipError} from '../errors.js';
import type {Log} from '../sip/log.js';
import type {
  ParticipantRequest,
  RunningSubscription,
  SipDialog,
  SubscriptionRequest,
} from '../sip/user-agent.js';
import {ConfbridgeTable} from './confbridge-event.js';
import {CONFERENCE_INFO, ConferenceTable} from './conference-event.js';
import {byNumber} from './members.js';

/** Options of a conference. */
export interface StandardConferenceOptions {
  /** The call with the conference. */
  readonly dialog: SipDialog;
  /** Whether it may be a two-party call: it becomes a conference once its other side reports that. */
  readonly open: boolean;
  /** Numbers to call into it once this side has joined. */
  readonly members: readonly string[];
  readonly log: Log;
  /** Returns the number at an address; the address itself if it has none. */
  readonly numberAt: (address: string) => string;
  /** Returns the number that is meant by one without an address. */
  readonly numberOf: (number: string) => string;
  /** @throws {SipError} `not-connected`, `invalid-number` */
  readonly subscribe: (request: SubscriptionRequest) => RunningSubscription;
  /** Resolves on a 2xx. */
  readonly refer: (request: ParticipantRequest) => Promise<void>;
}

/** Responses to a REFER from a focus that does not support REFER (RFC 3261 §21.4.6, §21.5.2). */
const UNABLE: ReadonlySet<number | undefined> = new Set([405, 501]);
/** Reports of a focus that removes only members whom it has called: it has no call to a listed one. */
const UNCALLED: ReadonlySet<number> = new Set([404, 481]);

/**
 * A conference of any SIP server. Its members are known from its conference events (RFC 4575) or from the messages of a
 * ConfBridge. A focus (RFC 4579) calls members into it and removes them.
 */
export class StandardConference implements ConferenceService {
  readonly #options: StandardConferenceOptions;
  readonly #table: ConferenceTable;
  #bridge: ConfbridgeTable;
  /** Members called from here that the server has not reported yet. */
  readonly #called = new Map<string, MemberReport>();
  #listener: MembersListener | undefined;
  #subscription: RunningSubscription | undefined;
  #begun = false;
  /** Whether it is a two-party call at the moment, or may be one. */
  #open: boolean;
  /** The number that was called. */
  readonly #number: string;
  /** The number of the ConfBridge that this side has joined. */
  #room: string | undefined;
  #over = false;

  constructor(options: StandardConferenceOptions) {
    this.#options = options;
    this.#table = new ConferenceTable(options.numberAt);
    this.#bridge = new ConfbridgeTable(options.numberOf);
    this.#number = options.dialog.remote.number;
    this.#open = options.open;
  }

  follow(listener: MembersListener): void {
    this.#listener = listener;
    if (!this.#open) listener.onAbilities(abilities(false));
    this.#options.dialog.addEventListener('statechange', this.#onChange);
    this.#report();
  }

  refresh(): void {
    const {dialog} = this.#options;
    if (this.#begun || dialog.state.phase !== 'confirmed') return;
    if (!this.#open || dialog.focus !== undefined || this.#reported) this.#begin();
  }

  close(): void {
    this.#over = true;
    this.#listener = undefined;
    this.#options.dialog.removeEventListener('statechange', this.#onChange);
    this.#subscription?.stop();
  }

  /** Handles a message of a ConfBridge. */
  confbridge(text: string): void {
    if (!this.#bridge.read(text))
      return this.#options.log('warning', 'an event of the conference cannot be read');
    this.#room = this.#options.dialog.remote.number;
    this.#noteRejoin();
    this.refresh();
    this.#report();
  }

  /**
   * Follows a conference of an earlier page once its focus has answered. Also detects that this side has left a
   * ConfBridge, which does not report it: the server then asserts another identity for the other side.
   */
  readonly #onChange = (): void => {
    this.refresh();
    if (this.#room === undefined || this.#room === this.#options.dialog.remote.number) return;
    this.#room = undefined;
    this.#bridge = new ConfbridgeTable(this.#options.numberOf);
    this.#table.clear();
    this.#called.clear();
    this.#subscription?.stop();
    this.#subscription = undefined;
    this.#begun = false;
    this.#open = true;
    this.#options.dialog.rejoin = undefined;
    this.#listener?.onLeft();
  };

  async add(number: string): Promise<void> {
    const before = this.#called.get(number);
    this.#put({number, phase: 'init'});
    try {
      await this.#ask({
        number,
        onProgress: (status) => this.#progressed(number, status),
        onOver: (error) => this.#reportsEnded(number, error),
      });
    } catch (error) {
      if (before) this.#put(before);
      else this.#forget(number);
      throw error;
    }
  }

  async remove(number: string): Promise<void> {
    // A member who could not be reached is listed only here.
    if (!this.#isReported(number) && this.#called.get(number)?.phase === 'released')
      return this.#forget(number);
    if (!this.#isReported(number) && !this.#called.has(number))
      throw new SipError('member-not-found', {subject: number});
    const address = this.#table.addressOf(number);
    const status = await new Promise<number>((resolve, reject) => {
      const onProgress = (status: number): void => {
        if (status >= 200) resolve(status);
      };
      // A focus may report no outcome (RFC 4488): the list of members shows it then.
      const onOver = (error: SipError): void => {
        if (error.code === 'timeout' && this.#isGone(number)) resolve(200);
        else reject(error);
      };
      this.#ask({number, address, method: 'BYE', onProgress, onOver}).catch(reject);
    });
    // The member may have left meanwhile.
    if (status >= 300 && this.#isReported(number))
      throw UNCALLED.has(status)
        ? new SipError('unsupported', {subject: number, status})
        : toSipError({status}, number);
    this.#forget(number);
  }

  async set(number: string): Promise<void> {
    throw new SipError('unsupported', {subject: number});
  }

  async end(): Promise<void> {
    if (!this.#over) throw new SipError('unsupported', {subject: 'end'});
  }

  /** The members that the server reports: a ConfBridge reports more than a subscription to it would. */
  get #reported(): readonly MemberReport[] | undefined {
    return this.#bridge.members ?? this.#table.members;
  }

  /** Whether the server reports a member. */
  #isReported(number: string): boolean {
    return !!this.#reported?.some((member) => member.number === number);
  }

  /** Whether a member has left, as far as the server's reports and those on a call to the member show. */
  #isGone(number: string): boolean {
    return !this.#isReported(number) && (this.#called.get(number)?.phase ?? 'released') === 'released';
  }

  /** Starts to follow the conference that this side has joined. */
  #begin(): void {
    const {dialog, members, subscribe, log} = this.#options;
    this.#begun = true;
    this.#noteRejoin();
    if (this.#open) this.#report();
    this.#listener?.onAbilities(abilities(dialog.focus !== undefined));
    try {
      this.#subscription = subscribe({
        number: dialog.remote.number,
        ...(dialog.focus !== undefined && {address: dialog.focus}),
        // A caller, or the target of a transfer.
        isSupplied: true,
        event: 'conference',
        accept: CONFERENCE_INFO,
        onDocument: (_, body) => this.#documented(body),
        onReset: () => this.#table.clear(),
      });
    } catch (error) {
      log('info', `who takes part in ${dialog.remote.number} is not known: ${toSipError(error).code}`);
    }
    for (const number of members) void this.#callFirst(number);
  }

  /**
   * Lets the next page join again, if an address leads here. A ConfBridge reports its members only to those who join: the
   * next page must not take the place of this one.
   */
  #noteRejoin(): void {
    const {dialog} = this.#options;
    const {focus, direction, remote} = dialog;
    const leads = focus !== undefined || (direction === 'outgoing' && remote.number === this.#number);
    dialog.rejoin = leads ? {address: focus, replaces: this.#room === undefined} : undefined;
  }

  #documented(body: string): void {
    const reading = this.#table.read(body);
    if (reading === 'malformed') this.#options.log('warning', 'a conference event cannot be read');
    if (reading === 'gap') this.#subscription?.refresh();
    if (reading === 'taken' || reading === 'gap') this.#report();
  }

  /** Calls one of the initial members: the list of members shows the outcome, since no caller awaits it. */
  async #callFirst(number: string): Promise<void> {
    try {
      await this.add(number);
    } catch (error) {
      const {code, status} = toSipError(error, number);
      this.#put({
        number,
        phase: 'released',
        cause: {by: status === undefined ? 'local' : 'server', code, ...(status !== undefined && {status})},
      });
    }
  }

  async #ask(request: Omit<ParticipantRequest, 'focus' | 'dialed'>): Promise<void> {
    const {dialog, refer} = this.#options;
    const {focus} = dialog;
    if (focus === undefined) throw new SipError('unsupported', {subject: request.number});
    try {
      await refer({...request, focus, dialed: dialog.identity?.remoteUri});
    } catch (error) {
      const {status} = toSipError(error);
      if (!UNABLE.has(status)) throw error;
      this.#listener?.onAbilities(abilities(false));
      throw new SipError('unsupported', {subject: request.number, status, cause: error});
    }
  }

  /** Handles the focus's progress in calling a member. */
  #progressed(number: string, status: number): void {
    if (!this.#called.has(number) || status === 100) return;
    if (status >= 300) {
      const {code} = toSipError({status}, number);
      this.#put({number, phase: 'released', cause: {by: 'remote', code, status}});
    } else this.#put({number, phase: status >= 200 ? 'answered' : 'ringing'});
  }

  /** Ends the focus's reports on a called member: from now on only the server reports them. */
  #reportsEnded(number: string, {code}: SipError): void {
    if (this.#called.has(number)) this.#put({number, phase: 'released', cause: {by: 'server', code}});
  }

  #put(report: MemberReport): void {
    this.#called.set(report.number, report);
    this.#report();
  }

  #forget(number: string): void {
    if (this.#called.delete(number)) this.#report();
  }

  #report(): void {
    const reported = this.#reported;
    // Members who have joined are followed by the server's reports from now on.
    for (const {number, phase} of reported ?? []) if (phase === 'answered') this.#called.delete(number);
    if (reported || this.#called.size || this.#begun)
      this.#listener?.onAll(byNumber([...(reported ?? []), ...this.#called.values()]));
  }
}

function abilities(members: boolean): ConferenceAbilities {
  return Object.freeze({members, switches: false, end: false});
}
