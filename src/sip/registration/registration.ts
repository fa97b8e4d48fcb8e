import type {IncomingResponseMessage, OutgoingRequestMessage, UserAgentCore} from '../sip-js.js';
import type {ResolvedOptions} from '../../core/client/options.js';
import {headerLines} from '../../core/util/sip-headers.js';
import type {PushBinding} from '../../core/push/push-options.js';
import type {RegistrationState} from '../../core/types.js';
import {LONGEST_DELAY_MS} from '../../core/util/longest-delay.js';
import {sipDurations} from '../../durations/sip.js';
import {SipError, textOf, toSipError} from '../../errors.js';
import {TaskQueue} from '../../task-queue.js';
import {refusesCredentials, type Authentication} from '../auth/authentication.js';
import {acceptHeader} from '../headers/accept.js';
import {ALLOW} from '../headers/allow.js';
import type {Log} from '../log.js';
import {askedDelay, retryAfterOf, type ReconnectPolicy} from '../../core/util/reconnect-policy.js';
import {readFinalResponse, type FinalResponse} from '../headers/final-response.js';
import {passing, refusal} from './refusal.js';

/**
 * How often a renewal that is refused is tried again: a server whose database is away refuses those whom it accepted
 * before. Few times, because servers lock accounts.
 */
const MOST_DOUBTED_RENEWALS = 2;

/** Options of a registration. */
export interface RegistrationOptions {
  readonly core: UserAgentCore;
  readonly options: ResolvedOptions;
  readonly instance: string;
  readonly authentication: Authentication;
  readonly policy: ReconnectPolicy;
  readonly log: Log;
  /**
   * Switches to the next server; resolves when connected.
   *
   * @param rest - How long the server asks not to be used, in milliseconds.
   */
  leave(error: SipError, rest: number): Promise<void>;
  /** The server asks for keep-alives at least this often, in seconds (RFC 5626 §4.4.1). */
  onFlowTimer(seconds: number): void;
  onState(state: RegistrationState, error?: SipError): void;
}

/**
 * Keeps the account registered at the server (RFC 3261 §10, RFC 5626 §4.2).
 *
 * Registrations are short and renewed early. The instance id makes a registration after a reload replace the previous
 * one. Once the page has registered, the registration is kept up: after a lost connection and after temporary failures.
 * With several servers, one that accepts the connection but does not register is skipped for the next.
 */
export class Registration {
  readonly #options: RegistrationOptions;
  readonly #account: ResolvedOptions;
  /** What wakes the page while it is closed. */
  readonly #push: PushBinding | undefined;
  readonly #request: OutgoingRequestMessage;
  /** What each request has besides its Contact, the page's own headers included; complete lines. */
  readonly #headers: readonly string[];
  /** The requested lifetime, in seconds; 0 if unregistered. */
  #wanted = 0;
  #regId = true;
  /** Whether the page has gone away, until the browser shows it again. */
  #away = false;
  /** Whether the server accepted the last request, and so its answer to the challenge. */
  #accepted = false;
  #state: RegistrationState = 'unregistered';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Rejects the pending request. */
  #interrupt: ((error: SipError) => void) | undefined;
  readonly #queue = new TaskQueue();
  /** Failures since the last success. */
  #failures = 0;
  /** Settles when the switch to the next server has ended. */
  #moving: Promise<void> | undefined;

  /** @throws {SipError} `bad-parameter` for a header that is not allowed. */
  constructor(options: RegistrationOptions) {
    this.#options = options;
    this.#account = options.options;
    this.#headers = [ALLOW, acceptHeader(this.#account), ...headerLines(this.#account.registerHeaders)];
    const {core} = options;
    this.#push = this.#account.push?.binding;
    this.#push?.follow(() => void this.renew());
    const {aor} = core.configuration;
    const registrar = aor.clone();
    registrar.user = undefined;
    this.#request = core.makeOutgoingRequestMessage('REGISTER', registrar, aor, aor, {});
  }

  /**
   * Resolves when the server accepts. Rejects with `wrong-password`, `unknown-user`, `registration-refused`, `timeout`,
   * `connection-lost`.
   */
  async register(expires: number): Promise<void> {
    this.#wanted = expires;
    this.#failures = 0;
    try {
      await this.#queue.run(() => this.#begin());
    } catch (error) {
      // The next server may have accepted.
      while (this.#moving) {
        await this.#moving;
        await this.#queue.idle;
      }
      if (this.#state !== 'registered') throw error;
    }
  }

  /** Unregisters; resolves when the server answers or the time for it is over, never rejects. */
  async unregister(): Promise<void> {
    this.#wanted = 0;
    clearTimeout(this.#timer);
    if (this.#state === 'unregistered') return;
    await this.#queue.run(async () => {
      await this.#send(0).catch(() => {});
      this.#change('unregistered');
    });
  }

  /**
   * Unregisters as the page goes away, without waiting for the response; `resume` registers again. A server that wakes the page
   * keeps the registration.
   */
  leave(): void {
    this.#away = true;
    clearTimeout(this.#timer);
    if (this.#state !== 'registered' && this.#state !== 'registering') return;
    if (!this.#push?.wakes) this.#options.core.register(this.#next(0));
    this.#interrupt?.(new SipError('connection-lost'));
    this.#change('unregistered');
  }

  /** Handles the loss of the connection: the account is unregistered until `resume`. */
  suspend(): void {
    clearTimeout(this.#timer);
    this.#interrupt?.(new SipError('connection-lost'));
    if (this.#state === 'registered') this.#change('unregistered');
  }

  /**
   * Handles the return of the connection; resolves when the account is registered again or cannot be. Never rejects.
   */
  async resume(): Promise<void> {
    this.#away = false;
    if (!this.#moving) this.#failures = 0;
    if (this.#wanted) await this.#keep();
  }

  /** Renews the registration now, without a change of its state; never rejects. */
  async renew(): Promise<void> {
    if (this.#state === 'registered') await this.#keep();
  }

  /** Ends the registration without a request to the server; idempotent. */
  stop(): void {
    this.#wanted = 0;
    this.suspend();
    this.#change('unregistered');
  }

  /** Registers at the page's request; gives the request up if it fails for good. */
  async #begin(): Promise<void> {
    try {
      await this.#register();
    } catch (error) {
      const failure = toSipError(error, this.#account.user);
      if (failure.code === 'connection-lost') this.#change('unregistered');
      else if (!this.#moves(failure)) {
        this.#wanted = 0;
        this.#change('rejected', failure);
      }
      throw failure;
    }
  }

  /** Registers again; retries if the failure may be temporary, as even a refusal may be. */
  async #keep(): Promise<void> {
    await this.#queue.run(async () => {
      if (!this.#wanted || this.#away) return;
      try {
        await this.#register(true);
      } catch (error) {
        const failure = toSipError(error);
        if (failure.code === 'connection-lost' || !this.#wanted || this.#moves(failure)) return;
        const rounds = Math.ceil(this.#failures / this.#account.servers.length);
        const isDoubted = !passing(failure);
        const delay = this.#options.policy.nextDelay(isDoubted ? rounds + 1 : rounds);
        if ((isDoubted && this.#failures > MOST_DOUBTED_RENEWALS) || delay === undefined) {
          this.#wanted = 0;
          this.#change('rejected', failure);
          return;
        }
        this.#change('unregistered', failure);
        this.#later(Math.max(delay, askedDelay(retryAfterOf(failure))));
      }
    });
  }

  /**
   * Switches to the next server at once if this one does not answer or cannot serve, until each had its turn; returns
   * whether it did.
   */
  #moves(failure: SipError): boolean {
    this.#failures++;
    const {servers} = this.#account;
    const useless = failure.code === 'timeout' || failure.status === 503;
    if (!useless || !this.#wanted || this.#failures % servers.length === 0) return false;
    this.#change('unregistered', failure);
    this.#moving = this.#options
      .leave(failure, askedDelay(retryAfterOf(failure)))
      .catch(() => {})
      .finally(() => (this.#moving = undefined));
    return true;
  }

  #later(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep(), delay);
  }

  async #register(renewing = false): Promise<void> {
    const {authentication} = this.#options;
    // A renewal does not change the state.
    if (this.#state !== 'registered') this.#change('registering');
    await (renewing ? this.#prepare() : authentication.prepare());
    if (this.#away) throw new SipError('connection-lost');
    let result = await this.#send(this.#wanted);
    if (refusesCredentials(result.status) && (await authentication.renew()))
      result = await this.#send(this.#wanted);
    if (result.status === 439 && this.#regId) {
      // A proxy on the way does not support RFC 5626.
      this.#regId = false;
      result = await this.#send(this.#wanted);
    }
    // The push service, not the account, is refused (RFC 8599 §8).
    if (result.status === 555 && this.#push?.refused()) result = await this.#send(this.#wanted);
    if (result.status === 423 && result.minExpires) {
      this.#wanted = result.minExpires;
      result = await this.#send(this.#wanted);
    }
    if (result.status >= 300) {
      const error = refusal(result, this.#account);
      throw (error.code === 'wrong-password' && authentication.failure) || error;
    }
    if (!this.#wanted) return;
    this.#failures = 0;
    if (result.flowTimer) this.#options.onFlowTimer(result.flowTimer);
    this.#change('registered');
    const lasts = this.#push?.renewedAs(result.expires, this.#wanted) ?? result.expires;
    // A server may end a registration with its token, and tells nobody.
    this.#later(Math.min(renewal(lasts), authentication.renewal));
  }

  /**
   * Asks for credentials before a renewal; if the page's function fails, uses the stored ones, which the server may
   * still accept.
   */
  async #prepare(): Promise<void> {
    const {authentication, log} = this.#options;
    try {
      await authentication.prepare();
    } catch (error) {
      // A refused password is not tried twice; and the connection may be lost.
      if (this.#state !== 'registered' || toSipError(error).code === 'connection-lost') throw error;
      log('warning', `no new credentials for the renewal: ${textOf(error)}`);
    }
  }

  async #send(wanted: number): Promise<FinalResponse> {
    const {core, options, log} = this.#options;
    const expires = (wanted && this.#push?.lifetime) || wanted;
    const request = this.#next(expires);
    return new Promise((resolve, reject) => {
      // The same request, for the server too.
      const again = (): void => void core.transport.send(request.toString()).catch(() => {});
      const repeating = setInterval(again, sipDurations.registerAgain);
      const timer = setTimeout(
        () => fail(new SipError('timeout', {subject: 'REGISTER'})),
        options.timeouts.reply,
      );
      const settle = (): void => {
        clearTimeout(timer);
        clearInterval(repeating);
        this.#interrupt = undefined;
      };
      const fail = (error: SipError): void => {
        settle();
        reject(error);
      };
      const done = ({message}: {message: IncomingResponseMessage}): void => {
        settle();
        log('info', `REGISTER answered with ${message.statusCode}`);
        this.#accepted = message.statusCode !== undefined && message.statusCode < 300;
        if (this.#accepted && wanted) this.#push?.accepted(message.getHeaders('feature-caps'));
        // A response without a Via comes from sip.js itself, after a transport failure.
        if (!message.via) reject(new SipError('connection-lost'));
        else resolve(readFinalResponse(message, core.configuration.contact.uri.user, expires));
      };
      this.#interrupt = fail;
      core.register(request, {onAccept: done, onReject: done, onRedirect: done});
    });
  }

  #next(expires: number): OutgoingRequestMessage {
    const request = this.#request;
    request.cseq++;
    request.setHeader('cseq', `${request.cseq} REGISTER`);
    request.extraHeaders = [`Contact: ${this.#contact(expires)}`, ...this.#headers];
    this.#options.authentication.answerAhead(request, this.#accepted);
    return request;
  }

  #contact(expires: number): string {
    const {core, instance} = this.#options;
    const regId = this.#regId ? ';reg-id=1' : '';
    return `<${core.configuration.contact.uri}${this.#push?.parameters ?? ''}>${regId};+sip.instance="<urn:uuid:${instance}>";expires=${expires}`;
  }

  #change(state: RegistrationState, error?: SipError): void {
    if (this.#state === state && !error) return;
    this.#state = state;
    this.#options.onState(state, error);
  }
}

/**
 * Milliseconds until the next renewal. Timers of a hidden tab run once a minute, so short registrations are renewed at
 * half-time.
 */
function renewal(expires: number): number {
  return Math.min(expires * (expires <= 120 ? 500 : 800), LONGEST_DELAY_MS);
}
