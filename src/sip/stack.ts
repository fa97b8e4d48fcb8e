import type {OutgoingRequestMessage} from 'sip.js/lib/core/index.js';
import type {DialogIdentity, DialogMedia} from '../core/server/dialog.js';
import type {ResolvedOptions} from '../core/client/options.js';
import type {ConnectionState, Party} from '../core/types.js';
import {durations} from '../durations.js';
import {attempt} from '../core/util/attempt.js';
import {SipError, textOf, toSipError} from '../errors.js';
import type {PeerSettings} from '../media/peer/peer.js';
import {Authentication, refusesCredentials} from './auth/authentication.js';
import {Connection} from './transport/connection.js';
import type {DialogContext} from './dialog/dialog-context.js';
import {readUri, type Addresses} from './headers/addresses.js';
import type {SipDialog} from './dialog/dialog.js';
import {FocusRequests} from './transfer/focus-requests.js';
import {IncomingDialog} from './dialog/incoming-dialog.js';
import type {IncomingInvite} from './dialog/incoming-invite.js';
import {claimInstance} from './registration/instance.js';
import type {KeepAliveTimes} from './transport/keep-alive.js';
import {logOf, type Log} from './log.js';
import {Messages, type OutgoingMessage} from './messages.js';
import {OutgoingDialog, type OutgoingOptions} from './dialog/outgoing-dialog.js';
import type {IncomingReferral} from './transfer/referral.js';
import {readReplaces, replacesOf} from './transfer/replaces.js';
import {whenBack} from '../core/util/when-back.js';
import type {ReconnectPolicy} from '../core/util/reconnect-policy.js';
import {Registration} from './registration/registration.js';
import {SipCore} from './sip-core.js';
import type {SubscriptionRequest} from './subscription/subscription.js';
import {Subscriptions, type RunningSubscription} from './subscription/subscriptions.js';
import type {TransportFactory} from './transport/transport.js';
import type {UserAgentDelegate} from './delegate.js';

/** Options of a stack. */
export interface StackOptions {
  readonly options: ResolvedOptions;
  readonly addresses: Addresses;
  readonly delegate: UserAgentDelegate;
  readonly settings: PeerSettings;
  readonly createTransport: TransportFactory;
  readonly policy: ReconnectPolicy;
  readonly keepAlive: KeepAliveTimes;
  /** The connection was given up. */
  onEnd(): void;
}

/** Options of an INVITE besides its number. */
export interface InviteOptions {
  /** Further headers, as complete lines. */
  readonly headers?: readonly string[];
  /** A SIP URI to invite instead of the number. */
  readonly address?: string | undefined;
}

/** A request to the focus of a conference about one participant. */
export interface FocusWish {
  /** The conference. */
  readonly focus: string;
  /** The address of the call with it. */
  readonly dialed: string | undefined;
  readonly number: string;
  /** The participant's SIP URI, if known. */
  readonly address?: string | undefined;
  /** `BYE` removes the participant; without it, the focus calls them. */
  readonly method?: 'BYE';
  /** Receives the SIP statuses of the focus's action. */
  readonly onProgress: (status: number) => void;
  /** Called once if the reports end without a final status. */
  readonly onOver?: (error: SipError) => void;
}

/** How many requests a page may have sent in a dialog after it noted their number: RFC 3261 §12.2.2 allows a gap. */
const GAP = 100;

/** Everything that exists between a `connect` and its `disconnect`. */
export class Stack {
  readonly instance: string;
  readonly connection: Connection;
  readonly registration: Registration;
  readonly #options: StackOptions;
  readonly #addresses: Addresses;
  readonly #log: Log;
  readonly #authentication: Authentication;
  readonly #sip: SipCore;
  readonly #messages: Messages;
  readonly #subscriptions = new Subscriptions();
  readonly #focusRequests: FocusRequests;
  readonly #dialogs = new Set<SipDialog>();
  readonly #context: DialogContext<SipDialog>;
  readonly #ending: AbortController;
  #networkChanged = false;
  #everConnected = false;

  /** Creates a stack once its instance id is claimed. */
  static async create(options: StackOptions): Promise<Stack> {
    const ending = new AbortController();
    const {user, domain} = options.options;
    return new Stack(options, await claimInstance(`${user}@${domain}`, ending.signal), ending);
  }

  private constructor(options: StackOptions, instance: string, ending: AbortController) {
    const {options: account, settings, policy} = options;
    this.#options = options;
    this.#addresses = options.addresses;
    this.#ending = ending;
    this.instance = instance;
    this.#log = logOf(account.log, 'sip');
    this.#authentication = new Authentication(account);
    this.connection = new Connection({
      urls: account.servers,
      createTransport: options.createTransport,
      policy,
      keepAlive: options.keepAlive,
      log: this.#log,
      onState: (state, error) => this.#onConnection(state, error),
      onMessage: (message) => this.#sip.receive(message),
      onRenew: () => void this.registration.renew(),
      ask: () => this.#ask(),
      idle: () => this.#dialogs.size === 0,
      bound: () => [...this.#dialogs].some(({state}) => state.phase !== 'confirmed'),
      onMoved: () => {
        // They are at the previous server.
        this.#subscriptions.suspend();
        return this.#restore();
      },
    });
    this.#sip = new SipCore({
      options: account,
      addresses: this.#addresses,
      instance,
      connection: this.connection,
      authentication: this.#authentication,
      log: this.#log,
      onInvite: (invite) => this.#invited(invite),
      onMessage: (message) => options.delegate.onMessage(message),
      onMailbox: (contentType, body) => options.delegate.onMailbox?.(contentType, body),
    });
    const {core} = this.#sip;
    this.#context = {
      core,
      settings,
      log: logOf(account.log, 'media'),
      dtmf: account.dtmf,
      policy,
      addresses: this.#addresses,
      onReferral: (dialog, referral) => options.delegate.onReferral(dialog, referral),
      onEnd: (dialog) => this.#dialogs.delete(dialog),
      onNetworkDoubt: () => {
        // It is no sign that a network is back.
        if (this.connection.state === 'connected') this.connection.hint();
      },
      onMessage: (dialog, from, body, contentType) =>
        void options.delegate.onMessage({from, contentType, body, dialog}),
    };
    this.registration = new Registration({
      core,
      options: account,
      instance,
      authentication: this.#authentication,
      policy,
      log: this.#log,
      leave: (error, rest) => this.connection.leave(error, rest),
      onFlowTimer: (seconds) => this.connection.keepAlive(flowTime(seconds)),
      onState: (state, error) => options.delegate.onRegistration(state, error),
    });
    this.#messages = new Messages(core);
    this.#focusRequests = new FocusRequests(core, this.#guard, account.timeouts.reply);
    this.#watchNetwork();
    this.#watchPage();
  }

  /** @throws {SipError} `invalid-number` */
  invite(number: string, media: DialogMedia, {headers = [], address}: InviteOptions): SipDialog {
    return this.#begin({
      target: address === undefined ? this.#addresses.uriOf(number) : readUri(address),
      number,
      media,
      headers,
    });
  }

  /** Places the call that a REFER requested; sends its INVITE. */
  follow({uri, target, headers}: IncomingReferral, media: DialogMedia): SipDialog {
    return this.#begin({
      target: uri,
      isSupplied: true,
      ...target,
      media,
      headers,
    });
  }

  /**
   * Takes over a dialog of an earlier page: invites its other side to replace it (RFC 3891), or joins its
   * conference or supervised call again. If that fails, or both dialogs may exist there, the old one is ended.
   */
  takeOver(identity: DialogIdentity, {number, name}: Party, media: DialogMedia): SipDialog {
    const {remoteUri, rejoin} = identity;
    const replaces = rejoin?.replaces ?? true;
    const dialog = this.#begin({
      target: readUri(rejoin?.address ?? remoteUri),
      isSupplied: true,
      number,
      name,
      media,
      headers: replaces ? [`Replaces: ${replacesOf(identity)}`, 'Require: replaces'] : [],
      ...(rejoin?.replaces && {headersAgain: []}),
    });
    const follow = (): void => {
      const {phase} = dialog.state;
      if (phase === 'terminated' || (rejoin && phase === 'confirmed')) this.end(identity);
      if (phase !== 'terminated' && phase !== 'confirmed') return;
      clearTimeout(patience);
      dialog.removeEventListener('statechange', follow);
    };
    dialog.addEventListener('statechange', follow);
    const lose = (): void => dialog.terminate({by: 'server', code: 'call-lost'});
    const patience = setTimeout(lose, durations.takeOver);
    follow();
    return dialog;
  }

  /** Asks the page for the credentials of a call to come. */
  async authenticate(): Promise<void> {
    await this.#authentication.prepare();
  }

  /** @throws {SipError} `invalid-number` */
  subscribe(request: SubscriptionRequest): RunningSubscription {
    return this.#subscriptions.begin({
      ...request,
      target:
        request.address === undefined ? this.#addresses.uriOf(request.number) : readUri(request.address),
      core: this.#sip.core,
      guard: this.#guard,
      authentication: this.#authentication,
      policy: this.#options.policy,
      log: this.#log,
    });
  }

  /** Resolves on a 2xx. */
  async message(request: Omit<OutgoingMessage, 'target'>): Promise<boolean> {
    const target = this.#addresses.uriOf(request.number);
    return this.#authenticated(() => this.#messages.send({...request, target}));
  }

  /** Resolves with the media types that a number accepts. */
  async accepted(number: string): Promise<readonly string[]> {
    const target = this.#addresses.uriOf(number);
    return this.#authenticated(() => this.#messages.ask(number, target));
  }

  /** Resolves on a 2xx. @throws {SipError} `invalid-number` */
  async refer({
    focus,
    dialed = focus,
    number,
    address,
    method,
    onProgress,
    onOver,
  }: FocusWish): Promise<void> {
    const target = address === undefined ? this.#addresses.uriOf(number) : readUri(address);
    if (method) target.setParam('method', method);
    const [uri, called] = [readUri(focus), readUri(dialed)];
    // What a factory has made has another name than what was dialed.
    const conference = called.user === uri.user ? called : uri;
    const request = {focus: uri, conference, target, subject: number, onProgress, onOver};
    await this.#authenticated(() => this.#focusRequests.send(request));
  }

  #begin(options: Omit<OutgoingOptions, 'authentication'>): SipDialog {
    const dialog = new OutgoingDialog(this.#context, {authentication: this.#authentication, ...options});
    this.#dialogs.add(dialog);
    return dialog;
  }

  /** Sends the BYE of a dialog that an earlier page began. */
  end({
    localUri,
    localTag,
    remoteUri,
    remoteTag,
    remoteTarget,
    callId,
    routeSet,
    sequence,
    branch,
  }: DialogIdentity): void {
    if (this.connection.state !== 'connected') return;
    const {core} = this.#sip;
    const options = {
      callId,
      cseq: branch ? sequence : sequence + GAP,
      fromTag: localTag,
      toTag: remoteTag,
      routeSet: [...routeSet],
    };
    const [target, from, to] = [remoteTarget, localUri, remoteUri].map(readUri);
    const method = branch ? 'CANCEL' : 'BYE';
    const message = core.makeOutgoingRequestMessage(method, target!, from!, to!, options);
    message.branch = branch;
    core.request(message);
  }

  /** Withholds the credentials from a request to an address of another side that is outside the account's domain. */
  readonly #guard = (request: OutgoingRequestMessage): void => {
    if (!this.#addresses.isOwn(request.ruri)) this.#authentication.withhold(request);
  };

  /** Sends a request; retries with new credentials if the stored ones are refused. */
  async #authenticated<T>(send: () => Promise<T>): Promise<T> {
    await this.#authentication.ensure();
    try {
      return await send();
    } catch (error) {
      const {status = 0} = toSipError(error);
      if (!refusesCredentials(status) || !(await this.#authentication.renew().catch(() => false)))
        throw error;
      return await send();
    }
  }

  /**
   * Ends all dialogs, subscriptions and the registration without waiting: a page that goes away still sends messages
   * queued by the end of `pagehide`.
   */
  #leave({persisted}: PageTransitionEvent): void {
    const leave = (dialog: SipDialog): void =>
      dialog.leave(this.#options.delegate.onLeave?.(dialog) ?? false);
    attempt(
      this.#onError,
      () => this.connection.leaving(),
      ...[...this.#dialogs].map((dialog) => () => leave(dialog)),
      // The browser may show the page again.
      () => (persisted ? this.#subscriptions.suspend() : this.#subscriptions.stop()),
      () => this.registration.leave(),
    );
  }

  /** Ends everything, waits briefly for the responses, and drops the rest; never rejects. */
  async close(): Promise<void> {
    this.#ending.abort();
    const dialogs = [...this.#dialogs];
    attempt(
      this.#onError,
      () => this.connection.leaving(),
      () => this.#authentication.interrupt(new SipError('connection-lost')),
    );
    await Promise.allSettled(dialogs.map(async (dialog) => dialog.hangup()));
    attempt(this.#onError, () => this.#subscriptions.stop());
    if (this.connection.state === 'connected') {
      const farewells = dialogs.map(({farewell}) => farewell);
      const last = Promise.allSettled([...farewells, this.registration.unregister()]);
      await Promise.race([last, pause(durations.lastRequests)]);
    }
    attempt(
      this.#onError,
      () => this.registration.stop(),
      () => this.#messages.interrupt(),
      () => this.#focusRequests.interrupt(),
      () => this.#sip.core.dispose(),
      () => this.#authentication.clear(),
    );
    await this.connection.disconnect();
  }

  readonly #onError = (thrown: unknown): void => this.#log('error', `an end has failed: ${textOf(thrown)}`);

  #invited(invite: IncomingInvite): void {
    if (this.#ending.signal.aborted) return invite.reject(480);
    const replaced = this.#replacedBy(invite.message.getHeaders('replaces'));
    if (typeof replaced === 'number') return invite.reject(replaced);
    // Calls are known by this id: a caller who uses it twice would make lists of calls fail.
    if ([...this.#dialogs].some(({id}) => id === invite.message.callId)) return invite.reject(482);
    const dialog = new IncomingDialog(this.#context, invite, replaced);
    this.#dialogs.add(dialog);
    this.#options.delegate.onInvite(dialog);
  }

  /** The dialog that an INVITE replaces, or the status to refuse it with (RFC 3891 §3); undefined for none. */
  #replacedBy(headers: readonly string[]): SipDialog | 400 | 481 | 486 | undefined {
    if (headers.length === 0) return undefined;
    const replaces = headers.length === 1 ? readReplaces(headers[0]!) : undefined;
    if (!replaces) return 400;
    const found = [...this.#dialogs].find((dialog) => dialog.isMeantBy(replaces));
    if (found?.state.phase !== 'confirmed') return 481;
    return replaces.earlyOnly ? 486 : found;
  }

  #onConnection(state: ConnectionState, error?: SipError): void {
    const dialogs = [...this.#dialogs];
    if (state === 'reconnecting')
      attempt(
        this.#onError,
        () => this.registration.suspend(),
        () => this.#authentication.interrupt(new SipError('connection-lost')),
        () => this.#messages.interrupt(),
        () => this.#subscriptions.suspend(),
        () => this.#focusRequests.interrupt(),
        ...dialogs.map((dialog) => () => dialog.suspend()),
      );
    if (state === 'disconnected')
      attempt(
        this.#onError,
        () => this.#subscriptions.suspend(),
        ...dialogs.map((dialog) => () => dialog.terminate({by: 'server', code: 'connection-lost'})),
      );
    this.#options.delegate.onConnection(state, error);
    if (state === 'connected') {
      if (this.#everConnected) void this.#restore();
      this.#everConnected = true;
    }
    if (state === 'disconnected' && !this.#ending.signal.aborted && this.#everConnected)
      this.#options.onEnd();
  }

  /** Restores the registration first, then the calls. */
  async #restore(): Promise<void> {
    const networkChanged = this.#networkChanged;
    this.#networkChanged = false;
    await this.registration.resume();
    if (this.connection.state !== 'connected') return;
    attempt(this.#onError, ...[...this.#dialogs].map((dialog) => () => dialog.resume(networkChanged)), () =>
      this.#subscriptions.resume(),
    );
  }

  #watchNetwork(): void {
    whenBack((moved) => {
      this.#networkChanged ||= moved;
      this.connection.hint(() => {
        for (const dialog of this.#dialogs) dialog.seek(this.#networkChanged);
        this.#networkChanged = false;
      });
    }, this.#ending.signal);
  }

  #watchPage(): void {
    const {signal} = this.#ending;
    window.addEventListener('pagehide', (event) => this.#leave(event), {signal});
    // A page from the back/forward cache may still be connected.
    window.addEventListener(
      'pageshow',
      ({persisted}) => {
        if (persisted && this.connection.state === 'connected') void this.#restore();
      },
      {signal},
    );
  }

  #ask(): void {
    const {core} = this.#sip;
    const {aor} = core.configuration;
    const server = aor.clone();
    server.user = undefined;
    core.request(core.makeOutgoingRequestMessage('OPTIONS', server, aor, server, {}));
  }
}

/**
 * When to send the next keep-alive to a server with this `Flow-Timer`, in milliseconds: after 80 to 100 % of it (RFC 5626
 * §4.4.1).
 */
function flowTime(seconds: number): number {
  return seconds * (800 + 200 * Math.random());
}

async function pause(delay: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, delay));
}
