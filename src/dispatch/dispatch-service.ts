import {WRITTEN, type ApiRequestObject} from '../core/server/api-request.js';
import type {SipCall} from '../core/call/call.js';
import type {KeptCall} from '../core/call/call-init.js';
import {isLookedAt} from '../core/call-kinds.js';
import type {CallRequest, CallService, CallServiceHost} from '../core/client/call-service.js';
import {NO_CAPABILITIES, type Capabilities} from '../core/capabilities.js';
import type {LoginInfo} from '../core/directory/people.js';
import type {ApiMessage, ConnectionState, WantedMedia, RegistrationState} from '../core/types.js';
import {followReferral} from '../core/call/follow-referral.js';
import {mediaOf, showsCamera} from '../core/call/take-place.js';
import type {PreparedMedia} from '../core/server/dialog.js';
import type {SessionRequest, SingleRequest} from '../core/server/session-request.js';
import type {ServerFile} from '../core/uploads/server-file.js';
import {randomUuid} from '../core/util/uuid.js';
import {SipError, toSipError} from '../errors.js';
import {prepareUnlessAborted} from '../sip/prepare.js';
import {
  type IncomingMessage,
  type IncomingReferral,
  type SipDialog,
  type UserAgentParts,
} from '../sip/user-agent.js';
import {logOf, type Log} from '../sip/log.js';
import {mediaTypeOf} from '../sip/headers/media-type.js';
import {SipService} from '../sip/sip-service.js';
import {Carriers} from './carriers.js';
import {DispatchDirectory} from './directory-service.js';
import {uploadUrlAt} from './login-info.js';
import {makeRequest, UNREPORTED} from './envelope.js';
import {readFiles} from './file-reader.js';
import {API_CODE, API_HEADER, API_REPLY_TYPE, API_USER} from './protocol.js';
import {
  apiCallRequest,
  apiFloorRequest,
  apiSessionRequest,
  type ApiSessionRequest,
} from './session-request.js';
import {Sessions} from './sessions.js';

/** The capabilities of a dispatch server. */
export const DISPATCH_CAPABILITIES: Capabilities = Object.freeze({
  ...NO_CAPABILITIES,
  call: true,
  message: true,
  api: true,
  directory: true,
  transfer: true,
  upload: true,
  conference: true,
  broadcast: true,
  members: true,
  push: true,
  playFile: true,
  intercom: true,
  monitor: true,
  memberVideo: true,
  bargeIn: true,
  listenIn: true,
  supervise: true,
  urgent: true,
});

/** A dispatch server, which places the calls and is controlled through its JSON API (docs/protocol/calls.md). */
export class DispatchService extends SipService implements CallService {
  readonly capabilities = DISPATCH_CAPABILITIES;
  readonly directory: DispatchDirectory;
  readonly #host: CallServiceHost;
  readonly #log: Log;
  readonly #carriers: Carriers;
  readonly #sessions: Sessions;
  #connection: ConnectionState = 'disconnected';
  #registration: RegistrationState = 'unregistered';
  /** Kept while connected. */
  #uploadUrl: Promise<string> | undefined;

  /** @param parts - Parts that tests and other environments replace. */
  constructor(host: CallServiceHost, parts: UserAgentParts = {}) {
    super(
      host,
      {
        onConnection: (state, error) => this.#onConnection(state, error),
        onRegistration: (state, error) => {
          const renewed = state === 'registered' && this.#registration !== state;
          this.#registration = state;
          host.setRegistration(state, error);
          if (!renewed) return;
          this.#carriers.hurry();
          this.#sessions.refresh();
        },
        onInvite: (dialog) => this.#sessions.invited(dialog),
        onLeave: (dialog) => {
          const call = this.#sessions.callOf(dialog);
          return call !== undefined && host.keeps(call);
        },
        onMessage: (message) => this.#onMessage(message),
        onReferral: (dialog, referral) => this.#referred(dialog, referral),
      },
      parts,
    );
    const {options} = host;
    this.#host = host;
    this.#log = logOf(options.log, 'api');
    this.#carriers = new Carriers({
      options,
      sender: this.userAgent,
      ...(parts.policy && {policy: parts.policy}),
      instance: () => this.userAgent.instance,
      shared: () => this.userAgent.shared,
      onState: (state) => host.setApi(state),
      onUnsolicited: (message) => {
        this.#sessions.unsolicited(message);
        this.directory.unsolicited(message);
        host.apiReceived(message);
      },
      onMessage: (message) => host.apiHeard(message),
    });
    this.#sessions = new Sessions({
      host,
      request: (request) => this.#carriers.request(request),
      isShared: () => this.userAgent.shared !== false,
    });
    this.directory = new DispatchDirectory({
      host,
      log: this.#log,
      request: (request, signal) => this.#carriers.request(request, signal),
    });
  }

  async disconnect(): Promise<void> {
    this.userAgent.leaving();
    this.messenger.clear();
    this.#end(new SipError('aborted', {subject: this.#host.options.server}), 'local');
    await this.#carriers.close();
    await this.userAgent.disconnect();
  }

  async call(request: CallRequest): Promise<SipCall> {
    // The server sends the INVITE.
    if (request.headers?.length) throw new SipError('unsupported', {subject: 'headers'});
    if (request.encrypted) throw new SipError('unsupported', {subject: 'encryption'});
    return this.#create(apiCallRequest(request, this.#host.options.user), request.signal);
  }

  async createSession(request: SessionRequest): Promise<SipCall | undefined> {
    if (request.kind === 'single' && request.direct) return this.#invite(request, request.signal);
    const {user} = this.#host.options;
    const apiRequest = apiSessionRequest(request, user);
    if (request.kind === 'intercom')
      return this.#join(apiRequest, apiFloorRequest(request.group, user, 'returned'), request.signal);
    if (apiRequest.invites) return this.#create(apiRequest, request.signal);
    this.#checkReady();
    const {code} = await this.sendApi({header: apiRequest.header, body: apiRequest.body}, request.signal);
    if (code) throw toSipError({apiCode: code}, apiRequest.number || apiRequest.header);
    return undefined;
  }

  /** The videos that this side watches are requested again. */
  resumes({type, direction}: Pick<KeptCall, 'type' | 'direction'>): boolean {
    return direction === 'incoming' || !isLookedAt(type);
  }

  resume(kept: KeptCall): boolean {
    try {
      this.#sessions.resume(kept, this.userAgent.takeOver(kept.dialog, kept.remote, mediaOf(kept)));
      return true;
    } catch {
      return false;
    }
  }

  async uploadUrl(): Promise<string> {
    this.#uploadUrl ??= this.#carriers
      .loginInfo()
      .then(({webPort}) => uploadUrlAt(this.#host.options.server, webPort));
    const asked = this.#uploadUrl;
    return asked.catch((error: unknown) => {
      if (this.#uploadUrl === asked) this.#uploadUrl = undefined;
      throw error;
    });
  }

  async listFiles(): Promise<readonly ServerFile[]> {
    const request = {...makeRequest(API_HEADER.allFiles, {}), [UNREPORTED]: true} as const;
    const {code, body} = await this.#carriers.request(request);
    if (code === API_CODE.badParameter) throw new SipError('unsupported', {subject: 'listFiles'});
    if (code) throw toSipError({apiCode: code}, 'listFiles');
    // A server that names no addresses is not asked for its own.
    const addressed = body.some((file) => (file as {readonly url?: unknown} | null)?.url !== undefined);
    return readFiles(body, addressed ? await this.uploadUrl().catch(() => undefined) : undefined);
  }

  async connectApi(): Promise<void> {
    await this.#carriers.open();
  }

  async disconnectApi(): Promise<void> {
    await this.#carriers.close();
  }

  async sendApi(message: ApiRequestObject, signal?: AbortSignal): Promise<ApiMessage> {
    const msgid = message.msgid ?? (message[WRITTEN] === undefined ? randomUuid() : undefined);
    return this.#carriers.request({...message, msgid}, signal);
  }

  async loginInfo(): Promise<LoginInfo> {
    return this.#carriers.loginInfo();
  }

  /** Follows a transfer that the page accepted. An attended transfer is left to the server. */
  #referred(dialog: SipDialog, referral: IncomingReferral): void {
    const old = this.#sessions.callOf(dialog);
    if (!old || referral.attended) return referral.report(old ? 501 : 481);
    const {number} = referral.target;
    const media = showsCamera(old) ? 'video' : 'audio';
    void followReferral(old, referral, () => this.call({number, media}));
  }

  /** Joins an intercom; requests its floor if the server supports no other way. */
  async #join(
    apiRequest: ApiSessionRequest,
    byFloor: ApiSessionRequest,
    signal?: AbortSignal,
  ): Promise<SipCall> {
    try {
      return await this.#create(apiRequest, signal);
    } catch (error) {
      if (apiRequest.floor || toSipError(error).apiCode !== API_CODE.badParameter) throw error;
      return this.#create(byFloor, signal);
    }
  }

  /** Opens the media of a session, then requests it. */
  async #create(apiRequest: ApiSessionRequest, signal?: AbortSignal): Promise<SipCall> {
    return this.#sessions.create(apiRequest, await this.#prepare(apiRequest.opens, signal), signal);
  }

  /** Invites a number without a request to the API; the server puts the call through. */
  async #invite({number, media}: SingleRequest, signal?: AbortSignal): Promise<SipCall> {
    const wanted = {audio: true, video: media === 'video'};
    const prepared = await this.#prepare(wanted, signal);
    return this.#sessions.place(this.userAgent.invite(number, {...wanted, prepared}), media);
  }

  /** Opens the media of a call. */
  async #prepare(wanted: WantedMedia, signal?: AbortSignal): Promise<PreparedMedia> {
    this.#checkReady();
    const preparer = {
      ending: this.userAgent.ending,
      prepare: (wanted: WantedMedia) => this.userAgent.prepareCall(wanted),
    };
    const prepared = await prepareUnlessAborted(preparer, wanted, signal);
    try {
      // The browser's permission prompt may have taken a while.
      this.#checkReady();
    } catch (error) {
      prepared.release();
      throw error;
    }
    return prepared;
  }

  #checkReady(): void {
    if (this.#connection !== 'connected')
      throw new SipError('not-connected', {subject: this.#host.options.server});
    if (this.#registration !== 'registered')
      throw new SipError('not-registered', {subject: this.#host.options.user});
  }

  #onConnection(state: ConnectionState, error?: SipError): void {
    this.#connection = state;
    if (state !== 'connected') this.#sessions.lost();
    this.#uploadUrl = undefined;
    if (state === 'disconnected') {
      this.#end(error ?? new SipError('connection-lost'), 'server');
      void this.#carriers.close();
    }
    this.#host.setConnection(state, error);
  }

  async #onMessage(message: IncomingMessage): Promise<void> {
    const {contentType, body, dialog, from} = message;
    if (mediaTypeOf(contentType) !== API_REPLY_TYPE || dialog) return this.messenger.receive(message);
    // Any user can send a message of this type: only the server is trusted.
    if (from === API_USER) this.#carriers.receive(body);
    else this.#log('warning', `a message of the API is not believed: it came from ${from}`);
  }

  #end(error: SipError, by: 'local' | 'server'): void {
    this.#sessions.close(error, by === 'local' ? {by, code: 'normal'} : {by, code: 'connection-lost'});
    this.#carriers.drop(error);
  }
}
