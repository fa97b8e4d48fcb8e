import type {CallControl} from '../core/call/call-control.js';
import {callsOf, createCall, type AddedCall} from '../core/call/create-call.js';
import type {CallInit, KeptCall} from '../core/call/call-init.js';
import type {Arrival, CallServiceHost} from '../core/client/call-service.js';
import {isLine} from '../core/call-kinds.js';
import {SipConference} from '../core/conference/conference.js';
import {followReferral} from '../core/call/follow-referral.js';
import {mayBeReplaced, mediaOf, moveTo, restore, showsCamera, takePlace} from '../core/call/take-place.js';
import type {CallMedia} from '../core/types.js';
import {isNobody} from '../core/util/number.js';
import {bracketed} from '../core/util/url.js';
import {randomUuid} from '../core/util/uuid.js';
import {logOf} from '../sip/log.js';
import {clearNumber} from '../sip/headers/grammar.js';
import {mediaTypeOf} from '../sip/headers/media-type.js';
import type {Messenger} from '../sip/messaging/messenger.js';
import type {IncomingMessage, IncomingReferral, SipDialog, SipUserAgent} from '../sip/user-agent.js';
import {CONFERENCE, NOTHING, SINGLE, type CallKind} from './call-kind.js';
import {CONFBRIDGE_EVENT} from './confbridge-event.js';
import {filledIn} from './dial-pattern.js';
import {FilePlay} from './file-play.js';
import {answered} from './progress.js';
import {StandardConference} from './standard-conference.js';

/** Messages that a dispatch server sends to its own clients, and to this one if it cannot distinguish them: ignored. */
const DISPATCH_TYPE = /^application\/resjsonapi\b/i;

/** The calls of a standard server: turns outgoing and incoming dialogs into calls. */
export class StandardCalls {
  readonly #host: CallServiceHost;
  readonly #userAgent: SipUserAgent;
  readonly #messenger: Messenger;
  readonly #added = new WeakMap<SipDialog, AddedCall>();
  readonly #conferences = new WeakMap<SipDialog, StandardConference>();

  constructor(host: CallServiceHost, userAgent: SipUserAgent, messenger: Messenger) {
    this.#host = host;
    this.#userAgent = userAgent;
    this.#messenger = messenger;
  }

  /** Adds a call for the dialog to the client. */
  add(
    dialog: SipDialog,
    media: CallMedia,
    {id = randomUuid(), kind = SINGLE, kept}: {id?: string; kind?: CallKind; kept?: KeptCall} = {},
  ): AddedCall {
    const files = isLine(kind.type) ? this.#filesOf(dialog) : undefined;
    this.follow(dialog, kind);
    const conference = this.#conferences.get(dialog);
    const create = conference ? callsOf((...inner) => new SipConference(...inner, conference)) : createCall;
    const init: CallInit = {
      id,
      type: kind.type,
      typeNumber: kind.typeNumber,
      direction: (kept ?? dialog).direction,
      remote: dialog.remote,
      media,
      dialog,
      followsDialog: true,
      answerAfter: dialog.answerAfter,
      abandon: async () => {},
      ...(kept && {continued: kept}),
      ...(files && {files}),
    };
    const added = this.#host.addCall(init, create);
    const {call} = added;
    call.addEventListener('statechange', () => call.state.phase === 'released' && files?.end());
    this.#added.set(dialog, added);
    return added;
  }

  /** Follows the conference events of the other side from the beginning: they may arrive before `add`. */
  follow(dialog: SipDialog, {type}: CallKind, members: readonly string[] = []): void {
    if ((type !== 'conference' && type !== 'single') || this.#conferences.has(dialog)) return;
    const conference = new StandardConference({
      dialog,
      open: type === 'single',
      members,
      log: logOf(this.#host.options.log, 'call'),
      numberAt: (address) => {
        const isLocal = hostOf(dialog) === '';
        const number = this.#userAgent.numberAt(address, isLocal ? dialog.focus : undefined);
        // The address itself if it has none.
        return this.#numberFor(
          number ?? clearNumber(address),
          isLocal ? '' : bracketed(this.#host.options.domain),
        );
      },
      numberOf: (number) => this.#numberFor(number, hostOf(dialog)),
      subscribe: (request) => this.#userAgent.subscribe(request),
      refer: (request) => this.#userAgent.refer(request),
    });
    this.#conferences.set(dialog, conference);
  }

  /**
   * Returns the number of a member. A conference of another domain knows no numbers of the account's: those that it reports
   * have a host, and so neither the names nor the pictures that the page has for them.
   */
  #numberFor(number: string, host: string): string {
    return !host || number.includes('@') || number === this.#host.options.user ? number : `${number}@${host}`;
  }

  /** Names a conference; one made by a factory gets the number of its focus once that has answered. */
  async nameConference(dialog: SipDialog, control: CallControl, name: string, made: boolean): Promise<void> {
    const {number} = dialog.remote;
    if (name) control.setRemote({number, name});
    if (made) await answered(dialog, undefined, 'confirmed').catch(() => {});
    if (made && dialog.focus !== undefined)
      control.setRemote({number: this.#userAgent.numberAt(dialog.focus) ?? number, name});
  }

  /** Handles an incoming call. */
  invited(dialog: SipDialog): void {
    const {remote} = dialog;
    const media = dialog.offered.video ? 'video' : 'audio';
    if (dialog.replaced) return this.#replace(dialog, this.#added.get(dialog.replaced), media);
    // All tabs of a phone know the call by one id.
    const id = this.#host.options.sharedWorker ? dialog.id : randomUuid();
    const kind = dialog.focus === undefined ? SINGLE : CONFERENCE;
    const arrival: Arrival = {id, ...kind, remote, media};
    const refusal = this.#host.refusalOf(arrival);
    if (!refusal) return void this.add(dialog, media, {id, kind});
    this.#host.missed(arrival);
    void dialog.reject(refusal).catch(() => {});
  }

  /** Handles a message: to the user, or a conference event within a call. */
  async messaged(message: IncomingMessage): Promise<void> {
    const {contentType, body, dialog} = message;
    if (mediaTypeOf(contentType) === CONFBRIDGE_EVENT)
      return dialog && this.#conferences.get(dialog)?.confbridge(body);
    if (!DISPATCH_TYPE.test(contentType)) await this.#messenger.receive(message);
  }

  /** Follows a transfer that the page accepted. */
  referred(dialog: SipDialog, referral: IncomingReferral): void {
    const old = this.#added.get(dialog)?.call;
    if (!old) return referral.report(481);
    const media = showsCamera(old) ? 'video' : 'audio';
    const wanted = {audio: true, video: media === 'video'};
    void followReferral(
      old,
      referral,
      async () => this.add(this.#userAgent.follow(referral, wanted), media).call,
    );
  }

  /** Continues a call of an earlier page with its state there. */
  resume(kept: KeptCall): boolean {
    const {id, type, typeNumber, remote, media} = kept;
    let dialog: SipDialog;
    try {
      dialog = this.#userAgent.takeOver(kept.dialog, remote, mediaOf(kept));
    } catch {
      return false;
    }
    const {call} = this.add(dialog, media, {id, kind: {type, typeNumber}, kept});
    void restore(call, kept);
    return true;
  }

  /** Whether a dialog is left to the next page. */
  leaves(dialog: SipDialog): boolean {
    const call = this.#added.get(dialog)?.call;
    return call !== undefined && this.#host.keeps(call);
  }

  /** Answers a call that replaces a running one, at once (RFC 3891). */
  #replace(dialog: SipDialog, replaced: AddedCall | undefined, media: CallMedia): void {
    if (!replaced) return void dialog.reject().catch(() => {});
    if (dialog.comesBack) {
      this.#added.set(dialog, replaced);
      return void moveTo(replaced, dialog);
    }
    if (!mayBeReplaced(replaced)) return void dialog.reject().catch(() => {});
    const {call, control} = this.add(dialog, media);
    control.setQuiet();
    void takePlace(call, replaced);
  }

  /** Plays files into the dialog's call, if there is a pattern for that. */
  #filesOf(dialog: SipDialog): FilePlay | undefined {
    const {domain: host, patterns} = this.#host.options;
    const {playFileUri} = patterns;
    if (playFileUri === undefined) return undefined;
    return new FilePlay((file) => {
      const address = filledIn(playFileUri, {host, number: dialog.remote.number, file});
      return this.#userAgent.invite(file, {audio: true, video: false, opens: NOTHING}, {address});
    });
  }
}

/** The host of the other side; empty if it is of the account's domain. */
function hostOf({remote: {number}, direction}: SipDialog): string {
  if (isNobody(number) && direction === 'incoming') return 'anonymous.invalid';
  return number.slice(number.lastIndexOf('@') + 1 || number.length);
}
