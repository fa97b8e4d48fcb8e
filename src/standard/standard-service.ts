import type {SipCall} from '../core/call.js';
import type {CallControl} from '../core/call-init.js';
import {followReferral} from '../core/follow-referral.js';
import {showsCamera, takePlace} from '../core/take-place.js';
import type {Arrival, CallRequest, CallService, CallServiceHost} from '../core/call-service.js';
import type {DialogState} from '../core/dialog.js';
import type {ApiMessage, CallMedia, Capabilities, RegistrationState} from '../core/types.js';
import type {SessionRequest} from '../core/session-request.js';
import {randomUuid} from '../core/uuid.js';
import {SipError} from '../errors.js';
import {prepareUnlessAborted} from '../sip/prepare.js';
import {StandardPresence} from './standard-presence.js';
import {SipUserAgent, type IncomingReferral, type SipDialog, type UserAgentParts} from '../sip/user-agent.js';

/** What any SIP server can do. */
export const STANDARD_CAPABILITIES: Capabilities = Object.freeze({
  call: true,
  message: true,
  api: false,
  directory: false,
  presence: true,
  transfer: true,
  upload: false,
  conference: false,
  broadcast: false,
  members: false,
  push: false,
  playFile: false,
  intercom: false,
  monitor: false,
  memberVideo: false,
  supervise: false,
  urgent: false,
});

/** The server's number of a call of two, which calls of the other profile carry (protocol page §6). */
const SINGLE = 1;

/** What a dispatch server writes to its own clients, and to this one where it cannot tell them apart: nothing to be read. */
const DISPATCH_TYPE = /^application\/resjsonapi\b/i;

/** Any SIP server, by the RFCs: the client invites and is invited, and the dialog is the call. */
export class StandardService implements CallService {
  readonly capabilities = STANDARD_CAPABILITIES;
  readonly presence: StandardPresence;
  readonly #host: CallServiceHost;
  readonly #userAgent: SipUserAgent;
  readonly #controls = new WeakMap<SipDialog, CallControl>();
  #registration: RegistrationState = 'unregistered';

  /** @param parts - What tests and other environments exchange. */
  constructor(host: CallServiceHost, parts: UserAgentParts = {}) {
    this.#host = host;
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
        onMessage: ({from, contentType, body}) => {
          if (!DISPATCH_TYPE.test(contentType))
            host.messageReceived({from, text: body, contentType, time: Date.now()});
        },
        onReferral: (dialog, referral) => this.#referred(dialog, referral),
      },
      parts,
    );
    this.presence = new StandardPresence(host, (request) => this.#userAgent.subscribe(request));
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
    if (this.#registration !== 'registered')
      throw new SipError('not-registered', {subject: this.#host.options.user});
    const wishes = {audio: true, video: media === 'video', screen};
    const prepared = await prepareUnlessAborted(this.#userAgent, wishes, signal);
    const carried = screen ? 'video' : media;
    const dialog = this.#userAgent.invite(number, {audio: true, video: carried === 'video', prepared});
    await answered(dialog, signal);
    return this.#add(dialog, carried).call;
  }

  async createSession({kind}: SessionRequest): Promise<undefined> {
    throw new SipError('unsupported', {subject: kind});
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
    const arrival: Arrival = {id, type: 'single', typeNumber: SINGLE, remote, media};
    const refusal = this.#host.refusalOf(arrival);
    if (!refusal) return void this.#add(dialog, media, id);
    this.#host.missed(arrival);
    void dialog.reject(refusal).catch(() => {});
  }

  #add(dialog: SipDialog, media: CallMedia, id = randomUuid()): CallControl {
    const control = this.#host.addCall({
      id,
      type: 'single',
      typeNumber: SINGLE,
      direction: dialog.direction,
      remote: dialog.remote,
      media,
      dialog,
      followsDialog: true,
      abandon: async () => {},
    });
    this.#controls.set(dialog, control);
    return control;
  }
}

/** Resolves at the first 1xx or 2xx. @throws {SipError} why the dialog ended without; `aborted` */
async function answered(dialog: SipDialog, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const settle = (state: DialogState): void => {
      if (state.phase === 'initial') return;
      dialog.removeEventListener('statechange', onChange);
      signal?.removeEventListener('abort', onAbort);
      if (state.phase !== 'terminated') return resolve();
      const {code = 'normal', status} = state.cause ?? {};
      const subject = dialog.remote.number;
      // Ended here: the signal, or the client's disconnect().
      reject(new SipError(code === 'normal' ? 'aborted' : code, {subject, status}));
    };
    const onChange = (): void => settle(dialog.state);
    const onAbort = (): void => void dialog.hangup();
    dialog.addEventListener('statechange', onChange);
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) onAbort();
    settle(dialog.state);
  });
}

function unsupported(): SipError {
  return new SipError('unsupported', {subject: 'API'});
}
