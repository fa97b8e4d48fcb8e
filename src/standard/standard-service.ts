import type {SipCall} from '../core/call.js';
import type {CallControl, CallFiles} from '../core/call-init.js';
import {followReferral} from '../core/follow-referral.js';
import {showsCamera, takePlace} from '../core/take-place.js';
import type {Arrival, CallRequest, CallService, CallServiceHost} from '../core/call-service.js';
import {devicesOf, isLine} from '../core/call-kinds.js';
import type {
  ApiMessage,
  CallMedia,
  Capabilities,
  MediaKinds,
  MediaWishes,
  RegistrationState,
} from '../core/types.js';
import {numberOf, type GroupSessionRequest, type SessionRequest} from '../core/session-request.js';
import {SipConference} from '../core/conference.js';
import {cleanNumber} from '../core/number.js';
import {randomUuid} from '../core/uuid.js';
import {SipError} from '../errors.js';
import {logOf} from '../sip/log.js';
import {mediaTypeOf} from '../sip/media-type.js';
import {prepareUnlessAborted} from '../sip/prepare.js';
import {StandardPresence} from './standard-presence.js';
import {
  SipUserAgent,
  type IncomingMessage,
  type IncomingReferral,
  type SipDialog,
  type UserAgentParts,
} from '../sip/user-agent.js';
import {BY_PATTERN, CONFERENCE, SINGLE, type CallKind} from './call-kind.js';
import {standardCapabilities} from './capabilities.js';
import {filledIn} from './dial-pattern.js';
import {CONFBRIDGE_EVENT} from './confbridge-event.js';
import {FilePlay} from './file-play.js';
import {answered} from './progress.js';
import {StandardConference} from './standard-conference.js';

/** What a dispatch server writes to its own clients, and to this one where it cannot tell them apart: nothing to be read. */
const DISPATCH_TYPE = /^application\/resjsonapi\b/i;

const NOTHING: MediaKinds = Object.freeze({audio: false, video: false});

/** A call to place. */
interface Placing {
  readonly kind: CallKind;
  readonly number: string;
  /** Where it is placed, where that is not the number's own address. */
  readonly address?: string | undefined;
  readonly wishes: MediaWishes;
  readonly signal: AbortSignal | undefined;
  /** What a conference is called, and who is called into it. */
  readonly name?: string;
  readonly members?: readonly string[];
}

/** Any SIP server, by the RFCs: the client invites and is invited, and the dialog is the call. */
export class StandardService implements CallService {
  readonly presence: StandardPresence;
  readonly #host: CallServiceHost;
  readonly #userAgent: SipUserAgent;
  readonly #controls = new WeakMap<SipDialog, CallControl>();
  readonly #conferences = new WeakMap<SipDialog, StandardConference>();
  #capabilities: Capabilities;
  #registration: RegistrationState = 'unregistered';

  /** @param parts - What tests and other environments exchange. */
  constructor(host: CallServiceHost, parts: UserAgentParts = {}) {
    this.#host = host;
    this.#capabilities = standardCapabilities(host.options.patterns);
    this.#userAgent = new SipUserAgent(
      host.options,
      {
        onConnection: (state, error) => {
          if (state === 'disconnected') this.presence.disconnected();
          host.setConnection(state, error);
        },
        onRegistration: (state, error) => {
          this.#registration = state;
          if (state === 'registered') this.presence.registered();
          host.setRegistration(state, error);
        },
        onInvite: (dialog) => this.#invited(dialog),
        onMessage: (message) => this.#messaged(message),
        onReferral: (dialog, referral) => this.#referred(dialog, referral),
      },
      parts,
    );
    this.presence = new StandardPresence(
      host,
      (request) => this.#userAgent.subscribe(request),
      (presence) => {
        this.#capabilities = Object.freeze({...this.#capabilities, presence});
        host.setCapabilities(this.#capabilities);
      },
    );
  }

  get capabilities(): Capabilities {
    return this.#capabilities;
  }

  async connect(): Promise<void> {
    await this.#userAgent.connect();
  }

  async disconnect(): Promise<void> {
    await this.#userAgent.disconnect();
  }

  async register(expires: number): Promise<void> {
    await this.#userAgent.register(expires);
  }

  async unregister(): Promise<void> {
    await this.#userAgent.unregister();
  }

  async call({number, media, screen = false, signal}: CallRequest): Promise<SipCall> {
    const wishes = {audio: true, video: media === 'video', screen};
    return this.#place({kind: SINGLE, number, wishes, signal});
  }

  async createSession(request: SessionRequest): Promise<SipCall> {
    if (request.kind === 'conference') return this.#createConference(request);
    const {kind, signal} = request;
    if (!(kind in BY_PATTERN)) throw new SipError('unsupported', {subject: kind});
    const {pattern, media, ...known} = BY_PATTERN[kind as keyof typeof BY_PATTERN];
    const {domain, patterns} = this.#host.options;
    const {[pattern]: template} = patterns;
    if (template === undefined) throw new SipError('unsupported', {subject: kind});
    // A pattern knows whose call it is, and not which of several.
    if ('sid' in request && request.sid)
      throw new SipError('unsupported', {subject: `${kind} ${request.sid}`});
    const number = numberOf(request);
    const address = filledIn(template, {host: domain, number});
    const wishes = {audio: true, video: media === 'video', opens: devicesOf(known.type) ?? NOTHING};
    return this.#place({kind: known, number, address, wishes, signal});
  }

  async sendMessage(number: string, text: string): Promise<void> {
    await this.#userAgent.message(number, text, 'text/plain');
  }

  async connectApi(): Promise<void> {
    throw unsupported();
  }

  async disconnectApi(): Promise<void> {}

  async sendApi(): Promise<ApiMessage> {
    throw unsupported();
  }

  /** Joins a room by its number, or has a conference made by a factory (RFC 4579 §5.4). */
  async #createConference(request: GroupSessionRequest & Pick<SessionRequest, 'signal'>): Promise<SipCall> {
    const {number, name, members, media, screen = false, fileId, signal} = request;
    if (fileId !== undefined) throw new SipError('unsupported', {subject: fileId});
    const {domain: host, patterns} = this.#host.options;
    const {conferenceUri} = patterns;
    if (!number && conferenceUri === undefined)
      throw new SipError('unsupported', {subject: 'conference-uri'});
    const wishes = {audio: true, video: media === 'video', screen};
    const placing = {kind: CONFERENCE, wishes, signal, name, members};
    if (number) return this.#place({...placing, number: cleanNumber(number)});
    const address = filledIn(conferenceUri!, {host, number: ''});
    return this.#place({...placing, number: userOf(address), address});
  }

  async #place({kind, number, address, wishes, signal, name = '', members = []}: Placing): Promise<SipCall> {
    if (this.#registration !== 'registered')
      throw new SipError('not-registered', {subject: this.#host.options.user});
    const prepared = await prepareUnlessAborted(this.#userAgent, wishes, signal);
    const {audio, video, screen = false, opens} = wishes;
    const media = {audio, video: video || screen, prepared, ...(opens && {opens})};
    const dialog = this.#userAgent.invite(number, media, {address});
    // What it tells right after its answer is for a conference that is there.
    if (kind === CONFERENCE) this.#makeConference(dialog, members);
    await answered(dialog, signal);
    const control = this.#add(dialog, media.video ? 'video' : 'audio', {kind});
    if (kind === CONFERENCE) void this.#nameConference(dialog, control, name, address !== undefined);
    return control.call;
  }

  /** The page agreed to call somebody else instead. */
  #referred(dialog: SipDialog, referral: IncomingReferral): void {
    const old = this.#controls.get(dialog)?.call;
    if (!old) return referral.tell(481);
    const media = showsCamera(old) ? 'video' : 'audio';
    const wishes = {audio: true, video: media === 'video'};
    void followReferral(
      old,
      referral,
      async () => this.#add(this.#userAgent.follow(referral, wishes), media).call,
    );
  }

  /** Somebody takes the place of another one, with whom a call stands: it is answered at once (RFC 3891). */
  #replace(dialog: SipDialog, replaced: CallControl | undefined, media: CallMedia): void {
    if (!replaced) return void dialog.reject().catch(() => {});
    const control = this.#add(dialog, media);
    control.setQuiet();
    void takePlace(control, replaced);
  }

  #invited(dialog: SipDialog): void {
    const {remote} = dialog;
    const media = dialog.offered.video ? 'video' : 'audio';
    if (dialog.replaced) return this.#replace(dialog, this.#controls.get(dialog.replaced), media);
    const id = randomUuid();
    const kind = dialog.focus === undefined ? SINGLE : CONFERENCE;
    if (kind === CONFERENCE) this.#makeConference(dialog, []);
    const arrival: Arrival = {id, ...kind, remote, media};
    const refusal = this.#host.refusalOf(arrival);
    if (!refusal) return void this.#add(dialog, media, {id, kind});
    this.#host.missed(arrival);
    void dialog.reject(refusal).catch(() => {});
  }

  #add(
    dialog: SipDialog,
    media: CallMedia,
    {id = randomUuid(), kind = SINGLE}: {id?: string; kind?: CallKind} = {},
  ): CallControl {
    const files = isLine(kind.type) ? this.#filesOf(dialog) : undefined;
    const conference = this.#conferences.get(dialog);
    const control = this.#host.addCall({
      id,
      type: kind.type,
      typeNumber: kind.typeNumber,
      direction: dialog.direction,
      remote: dialog.remote,
      media,
      dialog,
      followsDialog: true,
      abandon: async () => {},
      ...(files && {files}),
      ...(conference && {create: (init, reveal) => new SipConference(init, reveal, conference)}),
    });
    this.#controls.set(dialog, control);
    return control;
  }

  /** A conference goes by its name, and one that a factory makes by the number of its focus, once that has answered. */
  async #nameConference(dialog: SipDialog, control: CallControl, name: string, made: boolean): Promise<void> {
    const {number} = dialog.remote;
    if (name) control.setRemote({number, name});
    if (made) await answered(dialog, undefined, 'confirmed').catch(() => {});
    if (made && dialog.focus !== undefined) control.setRemote({number: userOf(dialog.focus) || number, name});
  }

  #makeConference(dialog: SipDialog, members: readonly string[]): void {
    const conference = new StandardConference({
      dialog,
      members,
      log: logOf(this.#host.options.log, 'call'),
      subscribe: (request) => this.#userAgent.subscribe(request),
      refer: (wish) => this.#userAgent.refer(wish),
    });
    this.#conferences.set(dialog, conference);
  }

  #messaged({from, contentType, body, dialog}: IncomingMessage): void {
    if (mediaTypeOf(contentType) === CONFBRIDGE_EVENT)
      return dialog && this.#conferences.get(dialog)?.confbridge(body);
    if (!DISPATCH_TYPE.test(contentType))
      this.#host.messageReceived({from, text: body, contentType, time: Date.now()});
  }

  /** Plays files into the dialog's call, where there is a pattern for that. */
  #filesOf(dialog: SipDialog): CallFiles | undefined {
    const {domain: host, patterns} = this.#host.options;
    const {playFileUri} = patterns;
    if (playFileUri === undefined) return undefined;
    const files = new FilePlay((file) => {
      const address = filledIn(playFileUri, {host, number: dialog.remote.number, file});
      return this.#userAgent.invite(file, {audio: true, video: false, opens: NOTHING}, {address});
    });
    dialog.addEventListener('statechange', () => {
      if (dialog.state.phase === 'terminated') files.end();
    });
    return files;
  }
}

/** The user part of a SIP URI. */
function userOf(address: string): string {
  return decodeURIComponent(/^sip:([^@;]*)/i.exec(address)?.[1] ?? '');
}

function unsupported(): SipError {
  return new SipError('unsupported', {subject: 'API'});
}
