import type {SipCall} from '../core/call/call.js';
import {callsOf, createCall, type AddedCall} from '../core/call/create-call.js';
import type {AskedWith, CallInit, KeptCall} from '../core/call/call-init.js';
import {devicesOf, isIntercomType} from '../core/call-kinds.js';
import type {CallServiceHost} from '../core/client/call-service.js';
import type {Dialog, PreparedMedia} from '../core/server/dialog.js';
import {SipConference} from '../core/conference/conference.js';
import {SipIntercom} from '../core/intercom/intercom.js';
import type {ApiMessage, CallCause, CallHealth, CallMedia, Party} from '../core/types.js';
import {mayBeReplaced, takePlace} from '../core/call/take-place.js';
import {sipDurations} from '../durations/sip.js';
import {toSipError} from '../errors.js';
import {DispatchConference, SessionFiles} from './conference-service.js';
import type {Creation} from './creation.js';
import type {EndedSession} from './ended-session.js';
import type {ApiRequest} from './envelope.js';
import {DispatchIntercom} from './intercom-service.js';
import {callTypeOf, changeOf, hasMembers, type SessionEvent} from './session-event.js';

/** Options of a session. */
export interface SessionInit {
  readonly cid: string;
  /** Call type, docs/protocol/numbers.md#call-types. */
  readonly type: number;
  /** Whether this side requested it: its INVITE is then answered at once. */
  readonly own: boolean;
  readonly remote: Party;
  readonly media: CallMedia;
  /** The request of an own session. */
  readonly asked?: AskedWith;
  /** Whether it already exists for others: it does not end with the call. */
  readonly joins?: boolean | undefined;
  /** The call of an earlier page that it continues. */
  readonly kept?: KeptCall;
  /** The session with the same id that this side was in before. */
  readonly before?: EndedSession | undefined;
  /** Devices for an own session. */
  readonly prepared?: PreparedMedia | undefined;
}

/** What a session needs from its owner. */
export interface SessionContext {
  readonly host: CallServiceHost;
  /** Sends a request to the API; resolves with its reply, whatever the code. */
  readonly request: (request: ApiRequest) => Promise<ApiMessage>;
  /** Ends a session at the server; never rejects. */
  forceEnd(cid: string): void;
  onOver(session: DispatchSession): void;
}

/** The health of a call whose other side is not known to hear this one. */
const AWAY: ReadonlySet<CallHealth> = new Set(['suspect', 'recovering']);

/** How much longer than in a conference a list of members stays valid in an intercom, which may be open for hours. */
const INTERCOM_FACTOR = 20;

/**
 * One session of the server with its call on this side (docs/protocol/calls.md).
 *
 * An own session's INVITE is answered at once. Its call counts as answered when an event reports that, or when the
 * dialog is confirmed and no event arrives. Any other session's call follows its dialog.
 */
export class DispatchSession {
  readonly cid: string;
  readonly type: number;
  readonly #init: SessionInit;
  readonly #context: SessionContext;
  #added: AddedCall | undefined;
  #own: boolean;
  #media: CallMedia;
  #prepared: PreparedMedia | undefined;
  #dialog: Dialog | undefined;
  #heard = false;
  #connected = false;
  #endReported = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #members: DispatchConference | undefined;
  #files: SessionFiles | undefined;
  #intercom: {readonly service: DispatchIntercom; readonly me: Party} | undefined;
  #explain: ((cause: CallCause) => void) | undefined;

  constructor(context: SessionContext, init: SessionInit) {
    this.#context = context;
    this.#init = init;
    this.#own = init.own;
    this.#media = init.media;
    this.#prepared = init.prepared;
    this.cid = init.cid;
    this.type = init.type;
  }

  /** Whether its INVITE arrived. */
  get invited(): boolean {
    return this.#dialog !== undefined;
  }

  /** Whether it rings and was not requested by this side. */
  get rings(): boolean {
    return !this.#own && this.#added?.call.state.phase === 'ringing';
  }

  get remote(): Party {
    return this.#added?.call.remote ?? this.#init.remote;
  }

  /** Whether the server has reported its end. */
  get endReported(): boolean {
    return this.#endReported;
  }

  /**
   * Reports the call to the page.
   *
   * @param dialog - The dialog of an INVITE that has already arrived.
   */
  begin(dialog?: Dialog): SipCall {
    const {cid, type, remote, media, asked, kept} = this.#init;
    const {host, request} = this.#context;
    const commands = {cid, request};
    this.#files = new SessionFiles(commands);
    const intercom = (this.#intercom = this.#makeIntercom());
    const members = (this.#members =
      hasMembers(type) || intercom
        ? new DispatchConference({
            ...commands,
            patience: host.options.timeouts.members * (intercom ? INTERCOM_FACTOR : 1),
          })
        : undefined);
    if (!this.#own) this.#dialog = dialog;
    const create = intercom
      ? callsOf((...inner) => new SipIntercom(...inner, {...intercom, members}))
      : members
        ? callsOf((...inner) => new SipConference(...inner, members))
        : createCall;
    const init: CallInit = {
      id: cid,
      type: callTypeOf(type),
      typeNumber: type,
      direction: kept?.direction ?? (this.#own ? 'outgoing' : (dialog?.direction ?? 'incoming')),
      remote,
      media,
      asked,
      ...(dialog && !this.#own && {dialog}),
      followsDialog: !this.#own,
      abandon: () => this.#abandon(),
      explain: (cause) => this.#explanation(cause),
      files: this.#files,
      ...(kept && {continued: kept}),
    };
    const {call} = (this.#added = host.addCall(init, create));
    call.addEventListener('statechange', this.#onCall);
    this.#onCall();
    if (this.#own && dialog) this.invite(dialog);
    else if (this.#own && !this.#over) {
      const {invite} = host.options.timeouts;
      this.#timer = setTimeout(() => this.#lacksInvite(), invite);
    }
    return call;
  }

  /** The session's call, once reported to the page. */
  get call(): SipCall | undefined {
    return this.#added?.call;
  }

  /** Its members, if it has any. */
  get members(): DispatchConference | undefined {
    return this.#members;
  }

  /** Handles an event of the members of this or another session. */
  memberEvent(message: ApiMessage): void {
    this.#members?.event(message);
    this.#files?.event(message);
  }

  /** Its floor, if it is an intercom. */
  get intercom(): DispatchIntercom | undefined {
    return this.#intercom?.service;
  }

  isCarriedBy(dialog: Dialog): boolean {
    return this.#dialog === dialog;
  }

  /** Whether its call may be handed over. */
  get mayBeReplaced(): boolean {
    return this.#added !== undefined && mayBeReplaced(this.#added);
  }

  /** Answers at once, and ends the replaced session's call. */
  takePlaceOf(replaced: DispatchSession): void {
    const {call, control} = this.#added!;
    control.setQuiet();
    void takePlace(call, replaced.#added!);
  }

  /** Answers at once, without ringing. */
  answerQuietly(): void {
    const {call, control} = this.#added!;
    control.setQuiet();
    call.answer().catch(() => {});
  }

  /** Handles the session's INVITE; a second one is refused. */
  invite(dialog: Dialog): void {
    if (this.#dialog || this.#over) {
      void dialog.reject().catch(() => {});
      return;
    }
    clearTimeout(this.#timer);
    this.#dialog = dialog;
    this.#added!.control.attach(dialog);
    this.#answer(dialog);
  }

  /** Handles a late reply: the ringing call is the requested one (docs/protocol/calls.md#order). */
  claim({request: {media}, prepared, asked}: Creation): SipCall {
    const {call, control} = this.#added!;
    const dialog = this.#dialog;
    if (!this.rings || !dialog) {
      // The user has already answered it.
      prepared.release();
      return call;
    }
    this.#own = true;
    this.#media = media;
    this.#prepared = prepared;
    control.followDialog(false);
    control.setOutgoing(asked);
    this.#answer(dialog);
    return call;
  }

  /** Handles an event of the session. */
  event(event: SessionEvent): void {
    const {state, number, name} = event;
    const change = changeOf(state, this.type);
    // This side has left the session before, and is in it again.
    if (change?.cause && this.#init.before?.takeReport()) return;
    if (!this.#added || this.#over) return;
    const {call, control} = this.#added;
    const {remote} = call;
    this.#heard = true;
    control.setRemote({
      number: number || remote.number,
      name: name || (number && number !== remote.number ? '' : remote.name),
    });
    this.intercom?.event(event);
    if (change?.cause) {
      this.#endReported = true;
      this.#conclude(change.cause);
    }
    if (!change?.phase) return;
    // Noted in any case: a ringing call may turn out to be an own one.
    if (change.phase === 'answered') this.#connected = true;
    if (!this.#own) return;
    if (change.phase === 'ringing') control.setPhase('ringing');
    this.#onDialog();
  }

  /** Ends the call with the cause, and its dialog. */
  release(cause: CallCause): void {
    this.#added?.control.release(cause);
  }

  get #over(): boolean {
    return this.#added?.call.state.phase === 'released';
  }

  #answer(dialog: Dialog): void {
    dialog.addEventListener('statechange', this.#onDialog);
    const prepared = this.#prepared;
    this.#prepared = undefined;
    const silent = this.#intercom !== undefined;
    const opens = devicesOf(callTypeOf(this.type));
    const media = {audio: true, video: this.#media === 'video', silent, prepared, ...(opens && {opens})};
    dialog.accept(media).catch((error: unknown) => {
      // If the dialog itself is over, the call knows the cause.
      if (dialog.state.phase !== 'terminated')
        this.release({by: 'local', code: toSipError(error, this.cid).code});
    });
  }

  readonly #onDialog = (): void => {
    if (this.#dialog?.state.phase !== 'confirmed' || this.#over) return;
    clearTimeout(this.#timer);
    if (this.#connected) this.#added?.control.setPhase('answered');
    else if (!this.#heard) {
      const {sessionEvent} = this.#context.host.options.timeouts;
      this.#timer = setTimeout(() => {
        // The server sends no events for the session: the dialog decides.
        if (!this.#heard) this.#added?.control.followDialog(true);
      }, sessionEvent);
    }
  };

  readonly #onCall = (): void => {
    if (!this.#over) return;
    clearTimeout(this.#timer);
    this.#added?.call.removeEventListener('statechange', this.#onCall);
    this.#dialog?.removeEventListener('statechange', this.#onDialog);
    this.#prepared?.release();
    this.#prepared = undefined;
    this.#context.onOver(this);
  };

  async #abandon(): Promise<void> {
    // The page may hang up during the event that reports the call.
    await Promise.resolve();
    this.#endForAll();
    this.release({by: 'local', code: 'normal'});
  }

  #lacksInvite(): void {
    this.#endForAll();
    this.release({by: 'server', code: 'no-invite'});
  }

  /** Ends the session at the server, unless it exists for others. */
  #endForAll(): void {
    if (!this.#init.joins) this.#context.forceEnd(this.cid);
  }

  #makeIntercom(): {readonly service: DispatchIntercom; readonly me: Party} | undefined {
    const {cid, type} = this;
    if (!isIntercomType(callTypeOf(type))) return undefined;
    const {host, request} = this.#context;
    const {user, displayName} = host.options;
    const group = (): string => this.remote.number;
    return {
      service: new DispatchIntercom({cid, user, group, request, patience: sipDurations.endReason}),
      me: Object.freeze({number: user, name: displayName === user ? '' : displayName}),
    };
  }

  #conclude(cause: CallCause): void {
    const {health} = this.#added!.call.state;
    // The server ended it while this side was away.
    if (cause.code === 'normal' && AWAY.has(health)) this.release({by: 'server', code: 'call-lost'});
    else if (this.#explain) this.#explain(cause);
    else if (cause.code === 'normal' && this.rings) this.release({...cause, code: 'cancelled'});
    else this.release(cause);
  }

  /** Waits for the event that explains why an own call ended unanswered: whether it was refused or not answered. */
  async #explanation(cause: CallCause): Promise<CallCause> {
    if (!this.#own) return cause;
    return new Promise((resolve) => {
      const done = (found: CallCause): void => {
        clearTimeout(timer);
        this.#explain = undefined;
        resolve(found);
      };
      const timer = setTimeout(() => done({by: 'remote', code: 'normal'}), sipDurations.endReason);
      this.#explain = done;
    });
  }
}
