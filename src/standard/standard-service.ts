import type {SipCall} from '../core/call/call.js';
import type {KeptCall} from '../core/call/call-init.js';
import type {CallRequest, CallService, CallServiceHost} from '../core/client/call-service.js';
import {devicesOf, isLookedAt} from '../core/call-kinds.js';
import {numberOf, type GroupSessionRequest, type SessionRequest} from '../core/server/session-request.js';
import type {ApiMessage, Capabilities, RegistrationState, WantedMedia} from '../core/types.js';
import {SipError} from '../errors.js';
import {SipService} from '../sip/sip-service.js';
import {prepareUnlessAborted} from '../sip/prepare.js';
import {type RunningSubscription, type SubscriptionRequest, type UserAgentParts} from '../sip/user-agent.js';
import {BY_PATTERN, CONFERENCE, NOTHING, SINGLE, type CallKind} from './call-kind.js';
import {standardCapabilities} from './capabilities.js';
import {filledIn} from './dial-pattern.js';
import {Mailbox} from './mailbox.js';
import {answered} from './progress.js';
import {StandardCalls} from './standard-calls.js';
import {StandardPresence} from './standard-presence.js';

/** A call to place. */
interface Placing {
  readonly kind: CallKind;
  readonly number: string;
  /** The address to call, if it is not the number's own. */
  readonly address?: string | undefined;
  readonly wanted: WantedMedia;
  readonly signal: AbortSignal | undefined;
  /** How it is encrypted, if not as the client's options say. */
  readonly encrypted?: CallRequest['encrypted'];
  /** Further headers of the INVITE, as complete lines. */
  readonly headers?: readonly string[] | undefined;
  /** The name of a conference, and the members to call into it. */
  readonly name?: string;
  readonly members?: readonly string[];
}

/** Any SIP server that follows the RFCs: the client sends and receives INVITEs, and the dialog is the call. */
export class StandardService extends SipService implements CallService {
  readonly presence: StandardPresence;
  readonly #mailbox: Mailbox;
  readonly #host: CallServiceHost;
  readonly #calls: StandardCalls;
  #capabilities: Capabilities;
  #registration: RegistrationState = 'unregistered';

  /** @param parts - Parts that tests and other environments replace. */
  constructor(host: CallServiceHost, parts: UserAgentParts = {}) {
    super(
      host,
      {
        onConnection: (state, error) => {
          if (state === 'disconnected') this.#endSubscriptions();
          host.setConnection(state, error);
        },
        onRegistration: (state, error) => {
          this.#registration = state;
          if (state === 'registered') this.#subscribe();
          host.setRegistration(state, error);
        },
        onInvite: (dialog) => this.#calls.invited(dialog),
        onLeave: (dialog) => this.#calls.leaves(dialog),
        onMessage: (message) => this.#calls.messaged(message),
        onMailbox: (contentType, body) => this.#mailbox.take(contentType, body),
        onReferral: (dialog, referral) => this.#calls.referred(dialog, referral),
      },
      parts,
    );
    this.#host = host;
    this.#capabilities = standardCapabilities(host.options.patterns);
    this.#calls = new StandardCalls(host, this.userAgent, this.messenger);
    const subscribe = (request: SubscriptionRequest): RunningSubscription =>
      this.userAgent.subscribe(request);
    this.presence = new StandardPresence(host, subscribe, (presence) => {
      this.#capabilities = Object.freeze({...this.#capabilities, presence});
      host.setCapabilities(this.#capabilities);
    });
    this.#mailbox = new Mailbox(host, subscribe);
  }

  get capabilities(): Capabilities {
    return this.#capabilities;
  }

  async disconnect(): Promise<void> {
    this.messenger.clear();
    await this.userAgent.disconnect();
  }

  override async unregister(): Promise<void> {
    this.#mailbox.end();
    await super.unregister();
  }

  async call({number, media, screen = false, headers, signal, encrypted}: CallRequest): Promise<SipCall> {
    const wanted = {audio: true, video: media === 'video', screen};
    return this.#place({kind: SINGLE, number, wanted, headers, signal, encrypted});
  }

  async createSession(request: SessionRequest): Promise<SipCall> {
    if (request.kind === 'conference') return this.#createConference(request);
    const {kind, signal} = request;
    if (!(kind in BY_PATTERN)) throw new SipError('unsupported', {subject: kind});
    const {pattern, media, ...known} = BY_PATTERN[kind as keyof typeof BY_PATTERN];
    const {domain, patterns} = this.#host.options;
    const {[pattern]: template} = patterns;
    if (template === undefined) throw new SipError('unsupported', {subject: kind});
    // A pattern identifies a call by its number, and cannot select one of several.
    if ('sid' in request && request.sid)
      throw new SipError('unsupported', {subject: `${kind} ${request.sid}`});
    const number = numberOf(request);
    const address = filledIn(template, {host: domain, number});
    const wanted = {audio: true, video: media === 'video', opens: devicesOf(known.type) ?? NOTHING};
    return this.#place({kind: known, number, address, wanted, signal});
  }

  resumes({type}: Pick<KeptCall, 'type'>): boolean {
    return !isLookedAt(type);
  }

  resume(kept: KeptCall): boolean {
    return this.#calls.resume(kept);
  }

  async connectApi(): Promise<void> {
    throw unsupported();
  }

  async disconnectApi(): Promise<void> {}

  async sendApi(): Promise<ApiMessage> {
    throw unsupported();
  }

  /** Joins a room by its number, or creates a conference with a factory (RFC 4579 §5.4). */
  async #createConference(request: GroupSessionRequest & Pick<SessionRequest, 'signal'>): Promise<SipCall> {
    const {number, name, members, media, screen = false, fileId, signal} = request;
    if (fileId !== undefined) throw new SipError('unsupported', {subject: fileId});
    const {domain: host, patterns} = this.#host.options;
    const {conferenceUri} = patterns;
    if (!number && conferenceUri === undefined)
      throw new SipError('unsupported', {subject: 'conference-uri'});
    const wanted = {audio: true, video: media === 'video', screen};
    const placing = {kind: CONFERENCE, wanted, signal, name, members};
    if (number) return this.#place({...placing, number: this.#host.options.dial(number)});
    const address = filledIn(conferenceUri!, {host, number: ''});
    return this.#place({...placing, number: this.userAgent.numberAt(address) ?? '', address});
  }

  async #place(placing: Placing): Promise<SipCall> {
    const {kind, number, address, wanted, headers = [], signal, name = '', members = [], encrypted} = placing;
    if (this.#registration !== 'registered')
      throw new SipError('not-registered', {subject: this.#host.options.user});
    const preparer = {
      ending: this.userAgent.ending,
      prepare: async (media: WantedMedia) => this.userAgent.prepare(media, encrypted),
    };
    const prepared = await prepareUnlessAborted(preparer, wanted, signal);
    const {audio, video, screen = false, opens} = wanted;
    const media = {audio, video: video || screen, prepared, ...(opens && {opens})};
    const dialog = this.userAgent.invite(number, media, {address, headers});
    // The next page joins the call of others again as this one does: by the pattern's address.
    if (kind !== CONFERENCE && address !== undefined) dialog.rejoin = {address, replaces: false};
    this.#calls.follow(dialog, kind, members);
    // A pattern's address need not be in the number's domain.
    await answered(dialog, signal, 'early', address === undefined ? this.#host.options.domain : undefined);
    const {call, control} = this.#calls.add(dialog, media.video ? 'video' : 'audio', {kind});
    if (kind === CONFERENCE) void this.#calls.nameConference(dialog, control, name, address !== undefined);
    return call;
  }

  #subscribe(): void {
    this.presence.registered();
    this.#mailbox.registered();
  }

  #endSubscriptions(): void {
    this.presence.disconnected();
    this.#mailbox.end();
  }
}

function unsupported(): SipError {
  return new SipError('unsupported', {subject: 'API'});
}
