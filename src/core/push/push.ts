import {keptDurations} from '../../durations/kept.js';
import {SipError, textOf, toSipError} from '../../errors.js';
import {TaskQueue} from '../../task-queue.js';
import {unlessAborted, within} from '../../within.js';
import {isLine} from '../call-kinds.js';
import type {SipCall} from '../call/call.js';
import type {RegistrationState} from '../types.js';
import {StateTarget} from '../util/state-target.js';
import {readPushCaps} from './feature-caps.js';
import type {PushBinding, PushOptions, PushSlot} from './push-options.js';
import {forgetPushAccount, keepPushAccount, pushAccounts, takeAnswerWish} from './push-store.js';
import {closeNotifications, registerWorker, subscribe, unsubscribe} from './push-subscription.js';

/**
 * Whether the closed page is woken for calls: `off`; `asking`, if the user has to allow notifications first; `on`; or `failed`,
 * with the error.
 */
export type PushStatus = 'off' | 'asking' | 'on' | 'failed';

/** A snapshot of {@link SipPush}. */
export interface PushState {
  readonly status: PushStatus;
  /** Why it failed. */
  readonly error: SipError | undefined;
  /** Whether the user has pressed “Answer” in a notification: the next call is answered, or it was `missed`. */
  readonly answer: 'none' | 'waiting' | 'missed';
}

/** The client that is woken. */
export interface PushClient extends EventTarget {
  readonly options: {
    readonly user: string;
    readonly domain: string;
    readonly push: PushSlot | undefined;
    readonly log: (entry: {level: 'warning'; area: string; text: string}) => void;
  };
  readonly state: {readonly registration: RegistrationState; readonly calls: readonly SipCall[]};
  /** Aborted when the user signs out. */
  readonly ending: AbortSignal;
}

/** The Contact's parameter that asks whether the server sends pushes (RFC 8599 §4.1.1), and begins those of a subscription. */
const ASKING = ';pn-provider=webpush';

/** The seconds of a week. */
const WEEK_S = 604_800;
const LIFETIME_S = {least: 60, most: 2_592_000};

/** How long connecting waits for what the browser has stored. */
const STORED_MS = 2_000;

/** How often a page subscribes while it is connected: a server that names one key after another would keep it busy. */
const MOST_SUBSCRIPTIONS = 4;

const EXPECTED = "'/sip-push-worker.js', {worker, key, subscription, expires, page}";

const pushes = new WeakMap<object, SipPush>();

/** Returns the pushes of a client. @throws {SipError} `bad-parameter` if its option `push` cannot be used */
export function pushOf(client: PushClient): SipPush {
  const known = pushes.get(client);
  if (known) return known;
  const made = new SipPush(client);
  pushes.set(client, made);
  return made;
}

/** Checks the option. @throws {SipError} `bad-parameter` */
function checkedOptions(slot: PushSlot | undefined): PushOptions {
  const given: unknown = slot?.given;
  const options = (typeof given === 'string' ? {worker: given} : (given ?? {})) as PushOptions;
  const {worker, key = '', subscription, expires = WEEK_S, page = ''} = options;
  const isAddress = (value: unknown): boolean => typeof value === 'string' || value instanceof URL;
  if (
    !(subscription || (isAddress(worker) && String(worker))) ||
    !isAddress(page) ||
    typeof key !== 'string' ||
    !/^[\w-]*=*$/.test(key) ||
    !(expires >= LIFETIME_S.least && expires <= LIFETIME_S.most)
  )
    throw new SipError('bad-parameter', {subject: 'push', expected: EXPECTED});
  return options;
}

/**
 * Wakes the page for calls while it is closed: a push of the server makes the service worker show a notification, which opens
 * the page (RFC 8599, RFC 8030).
 *
 * `client.openPush()` resolves with it.
 */
export class SipPush extends StateTarget<PushState> implements PushBinding {
  /** @internal */
  parameters = ASKING;
  /** @internal */
  lifetime = 0;
  readonly #client: PushClient;
  readonly #options: PushOptions;
  readonly #account: string;
  readonly #tasks = new TaskQueue();
  #renew: (() => void) | undefined;
  /** Whether the browser has confirmed the subscription since the client connected. */
  #isChecked = false;
  /** The key of the subscription. */
  #boundKey = '';
  /** The server's key; undefined until the server has told that it sends pushes. */
  #key: string | undefined;
  #endpoint = '';
  /** Settles when the lock of this client is released. */
  #released: Promise<unknown> | undefined;
  /** Whether the user has turned it off, until the sign-out. */
  #off = false;
  #ending: AbortSignal | undefined;
  /** Aborted when the user signs out, or turns it off. */
  #stopping = new AbortController();
  /** How often the page has subscribed since the client connected. */
  #subscriptions = 0;
  /** Ends the wait of the last wish to answer. */
  #wish: AbortController | undefined;

  /** @internal Pages get it by `client.openPush()`. */
  constructor(client: PushClient) {
    super({status: 'off', error: undefined, answer: 'none'});
    this.#client = client;
    this.#options = checkedOptions(client.options.push);
    const {user, domain} = client.options;
    this.#account = `${user}@${domain}`;
    client.options.push!.binding = this;
  }

  /** @internal Whether the server wakes the page. */
  get wakes(): boolean {
    return this.state.status === 'on';
  }

  /** @internal Begins for a connection: reads what is known of earlier pages, before the user registers. */
  async begin(): Promise<void> {
    const {ending} = this.#client;
    if (this.#ending === ending) return;
    this.#ending = ending;
    this.#off = this.#isChecked = false;
    this.#subscriptions = 0;
    this.#stopping = new AbortController();
    this.#set('off');
    this.parameters = ASKING;
    this.#key = this.#options.key;
    ending.addEventListener('abort', () => this.#signedOut(), {once: true});
    this.#share(ending);
    this.#listen(ending);
    await within(this.#recall().catch(this.#warn), STORED_MS);
    void this.#takeWish();
  }

  /**
   * Asks the user to allow notifications, unless they have, and subscribes: must be called within a user gesture.
   *
   * Resolves when the page is subscribed, or will be once the server tells that it sends pushes.
   *
   * @throws {SipError} `push-failed` if the user, the browser or its push service refuses, or the push service does not answer
   * within 30 seconds: what it answers later counts all the same,
   * `insecure-page`, `unsupported-browser`, `unsupported` if the server sends no pushes, `bad-parameter` for a worker that
   * cannot be loaded.
   */
  async enable(): Promise<void> {
    if (this.#off) this.#stopping = new AbortController();
    this.#off = false;
    if (!this.#options.subscription) {
      if (typeof Notification === 'undefined') throw this.#fail(unavailable('Notification'));
      if ((await Notification.requestPermission()) !== 'granted')
        throw this.#fail(new SipError('push-failed', {subject: 'notifications'}));
    }
    if (this.#key === undefined) {
      const {state} = this.#client;
      if (state.registration !== 'registered') return;
      throw this.#fail(new SipError('unsupported', {subject: 'push'}));
    }
    await this.#subscribe();
    const {error} = this.state;
    if (error) throw error;
  }

  /** Ends it until the next sign-in: the closed page is not called any more. Never rejects. */
  async disable(): Promise<void> {
    this.#off = true;
    this.#stopping.abort();
    await this.#forget();
    this.parameters = ASKING;
    this.lifetime = 0;
    this.#set('off');
    this.#renew?.();
  }

  /** @internal */
  accepted(featureCaps: readonly string[]): void {
    const caps = readPushCaps(featureCaps);
    if (caps) this.#key = this.#options.key ?? caps.key;
    if (this.#key === undefined) {
      // What the other side does not know is not sent again.
      this.parameters = '';
      this.lifetime = 0;
      this.#fail(new SipError('unsupported', {subject: 'push'}));
      return;
    }
    if (this.#off) return;
    if (this.lifetime) {
      this.#set('on');
      void this.#closeNotifications();
    }
    // The browser may have ended the subscription of an earlier page, and the server may have another key.
    const isDue = !this.#isChecked || !this.lifetime || this.#key !== this.#boundKey;
    if (isDue && this.#subscriptions < MOST_SUBSCRIPTIONS && this.state.status !== 'failed')
      void this.#subscribe();
  }

  /** @internal */
  refused(): boolean {
    const isSent = this.parameters !== '';
    this.#key = undefined;
    this.accepted([]);
    return isSent;
  }

  /** @internal */
  follow(renew: () => void): void {
    this.#renew = renew;
  }

  /** @internal */
  renewedAs(granted: number, usual: number): number {
    return this.lifetime ? Math.min(granted, usual) : granted;
  }

  /** Reads the subscription of an earlier page. */
  async #recall(): Promise<void> {
    const known = (await pushAccounts()).find(({account}) => account === this.#account);
    if (!known) return;
    const isAllowed =
      this.#options.subscription ||
      (typeof Notification !== 'undefined' && Notification.permission === 'granted');
    if (isAllowed) this.#bind(checkedEndpoint(known), known.key);
  }

  async #subscribe(): Promise<void> {
    const {signal} = this.#stopping;
    await this.#tasks.run(async () => {
      const key = this.#key;
      if (key === undefined || signal.aborted) return;
      try {
        if (
          !this.#options.subscription &&
          typeof Notification !== 'undefined' &&
          Notification.permission === 'default'
        )
          return this.#set('asking');
        this.#subscriptions += 1;
        const asked = this.#address(key);
        const awaited = unlessAborted(asked, [signal], () => new SipError('aborted', {subject: 'push'}));
        const late = (): SipError =>
          new SipError('push-failed', {subject: 'The push service does not answer'});
        const address = await within(awaited, keptDurations.pushSubscription, late).catch(
          (error: unknown) => {
            void this.#takeLate(asked, key, signal);
            throw error;
          },
        );
        await this.#use(address, key, signal);
      } catch (error) {
        if (!signal.aborted) this.#fail(toSipError(error));
      }
    });
  }

  /** Takes a subscription that comes later than it was waited for: the network may be back. */
  async #takeLate(asked: Promise<unknown>, key: string, signal: AbortSignal): Promise<void> {
    try {
      const address = await asked;
      // Nobody uses it.
      if (signal.aborted && signal === this.#stopping.signal) await this.#forget();
      if (!signal.aborted && key === this.#key) await this.#tasks.run(() => this.#use(address, key, signal));
    } catch (error) {
      this.#warn(error);
    }
  }

  /** Uses a subscription from now on. */
  async #use(address: unknown, key: string, signal: AbortSignal): Promise<void> {
    const endpoint = checkedEndpoint(address);
    if (signal.aborted) return;
    const page = new URL(String(this.#options.page ?? location.href), document.baseURI);
    page.hash = '';
    const lang = document.documentElement.lang || navigator.language;
    await keepPushAccount({account: this.#account, endpoint, page: page.href, lang, key});
    this.#isChecked = true;
    const isNew = this.#bind(endpoint, key);
    if (isNew) this.#renew?.();
    else this.#set('on');
  }

  /** Resolves with the subscription for a key of the server: the page's, or the browser's. */
  async #address(key: string): Promise<unknown> {
    const {subscription, worker} = this.#options;
    if (!subscription) return subscribe(this.#options, key);
    if (worker) await registerWorker(this.#options);
    return typeof subscription === 'function' ? subscription() : subscription;
  }

  /** Returns whether the endpoint is another one than before. */
  #bind(endpoint: string, key: string): boolean {
    const isNew = this.#endpoint !== endpoint || !this.lifetime;
    this.#endpoint = endpoint;
    this.#boundKey = key;
    this.parameters = `${ASKING};pn-prid=${escaped(endpoint)}`;
    this.lifetime = Math.floor(this.#options.expires ?? WEEK_S);
    return isNew;
  }

  /** Forgets the account, and ends the subscription unless another account, or another tab of this one, has it. */
  async #forget(): Promise<void> {
    await this.#tasks.run(async () => {
      try {
        const isOver = this.#ending?.aborted ?? true;
        // Of a browser that does not answer, nothing is known of other tabs.
        const limit = keptDurations.pushAnswer;
        if (isOver) await within(Promise.resolve(this.#released), limit);
        if (await within(isShared(this.#lock, isOver ? 0 : 1), limit)) return;
        if (await forgetPushAccount(this.#account)) return;
        await within(closeNotifications(this.#options), limit);
        if (!this.#options.subscription) await within(unsubscribe(this.#options), limit);
      } catch (error) {
        this.#warn(error);
      }
    });
  }

  /** The REGISTER that ends the registration still names the subscription that ends. */
  #signedOut(): void {
    this.#stopping.abort();
    this.lifetime = 0;
    this.#endpoint = '';
    this.#set('off');
    void this.#forget();
  }

  get #lock(): string {
    return `sip-elements:push:${this.#account}`;
  }

  /** Shows other tabs that this one has the account. */
  #share(signal: AbortSignal): void {
    const hold = (): Promise<unknown> =>
      new Promise((resolve) => signal.addEventListener('abort', resolve, {once: true}));
    const {locks} = navigator as {locks?: LockManager};
    this.#released = locks?.request(this.#lock, {mode: 'shared'}, hold).catch(() => {});
  }

  #listen(signal: AbortSignal): void {
    const workers = (navigator as {serviceWorker?: ServiceWorkerContainer}).serviceWorker;
    if (!workers) return;
    workers.addEventListener(
      'message',
      ({data, ports}: MessageEvent<unknown>) => {
        const isRegistered = this.#client.state.registration === 'registered';
        if (data === 'sip-push') ports[0]?.postMessage({account: this.#account, isRegistered});
        else if (data === 'sip-push-answer') void this.#takeWish();
        else if (data === 'sip-push-changed') void this.#subscribe();
      },
      {signal},
    );
    workers.startMessages();
  }

  /** Answers the next call if the user has pressed “Answer” in a notification. */
  async #takeWish(): Promise<void> {
    const ending = this.#ending;
    const left = await takeAnswerWish(this.#account).catch(() => 0);
    if (!left || !ending || ending.aborted) return;
    this.update({answer: 'waiting'});
    // Of several wishes, the last one counts: one that was forgotten would answer somebody else's call.
    this.#wish?.abort();
    const over = (this.#wish = new AbortController());
    const end = (answer: PushState['answer']): void => {
      over.abort();
      this.update({answer});
    };
    const look = (): void => {
      const calls = this.#client.state.calls.filter(rings);
      if (calls.length === 0) return;
      end('none');
      // If two ring, the user chooses.
      if (calls.length === 1) calls[0]!.answer({media: 'audio'}).catch(this.#warn);
    };
    ending.addEventListener('abort', () => end('none'), {signal: over.signal});
    const patience = setTimeout(() => {
      end('missed');
      void this.#post('sip-push-missed');
    }, left);
    over.signal.addEventListener('abort', () => clearTimeout(patience));
    this.#client.addEventListener('statechange', look, {signal: over.signal});
    look();
  }

  async #closeNotifications(): Promise<void> {
    await this.#post('sip-push-here').catch(this.#warn);
  }

  async #post(message: string): Promise<void> {
    if (!this.#options.worker) return;
    (await registerWorker(this.#options)).active?.postMessage(message);
  }

  #set(status: PushStatus): void {
    this.update({status, error: undefined});
  }

  #fail(error: SipError): SipError {
    this.update({status: 'failed', error});
    this.#warn(error);
    return error;
  }

  readonly #warn = (error: unknown): void =>
    this.#client.options.log({level: 'warning', area: 'call', text: `push: ${textOf(error)}`});
}

const rings = (call: SipCall): boolean =>
  call.direction === 'incoming' && call.state.phase === 'ringing' && !call.watched && isLine(call.type);

/** Whether more pages than these hold a lock. */
async function isShared(name: string, own: number): Promise<boolean> {
  const {locks} = navigator as {locks?: LockManager};
  const {held = []} = (await locks?.query()) ?? {};
  return held.filter((lock) => lock.name === name).length > own;
}

/** @throws {SipError} `push-failed` */
function checkedEndpoint(address: unknown): string {
  const {endpoint} = (address ?? {}) as {endpoint?: unknown};
  if (typeof endpoint === 'string' && endpoint.length <= 2_000 && /^https?:\/\/[^\s<>"]+$/.test(endpoint))
    return endpoint;
  throw new SipError('push-failed', {subject: 'endpoint'});
}

/** A text as the value of a parameter of a SIP URI (RFC 3261 §25.1). */
const escaped = (text: string): string => encodeURIComponent(text);

const unavailable = (feature: string): SipError =>
  isSecureContext ? new SipError('unsupported-browser', {subject: feature}) : new SipError('insecure-page');
