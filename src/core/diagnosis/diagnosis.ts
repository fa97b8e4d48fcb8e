import {diagnosisDurations} from '../../durations/diagnosis.js';
import {SipError, toSipError} from '../../errors.js';
import {StateTarget} from '../util/state-target.js';
import {checkBandwidth, checkEcho, checkLoop, checkQuality, echoOf, type CallCheck} from './call-steps.js';
import {checkCamera, checkMicrophone} from './device-steps.js';
import type {DiagnosedClient} from './diagnosed-client.js';
import {
  checkAddresses,
  checkRelay,
  checkStun,
  checkTurn,
  singly,
  transportOf,
  type OneServer,
} from './ice-steps.js';
import {inTime} from './in-time.js';
import {checkPage, checkPermission} from './page-steps.js';
import {reportOf, type CheckReport, type ReportOptions} from './report.js';
import {checkServers, checkSignIn, type SignIn} from './server-steps.js';
import {CHECK_STEPS, type CheckFinding, type CheckStep, type CheckStepName} from './step.js';

/** Options of a diagnosis. */
export interface DiagnoseOptions {
  /** Ends the diagnosis. */
  readonly signal?: AbortSignal;
  /**
   * A number that answers and sends back what it hears; by default the one that the server names, if it names one. With an
   * empty one, or without any, sound goes through the TURN servers back to this page.
   */
  readonly echo?: string | undefined;
  /** The steps to run; all by default. */
  readonly only?: readonly CheckStepName[];
  /** Receives the report when the diagnosis has ended, to send it to a support desk. */
  readonly onReport?: (report: CheckReport) => void;
}

/** A snapshot of a diagnosis. */
export interface DiagnosisState {
  readonly running: boolean;
  /** The steps in their order. */
  readonly steps: readonly CheckStep[];
}

/** Steps that open devices or fill the network, which running calls need. */
const DISTURBING: ReadonlySet<CheckStepName> = new Set([
  'microphone',
  'camera',
  'call',
  'quality',
  'bandwidth',
]);

/**
 * Finds out whether calls work from here, step by step. `statechange` reports each one.
 *
 * It ends no call and no connection, and closes the devices that it opens. Steps that would disturb a running call are
 * skipped, and end if a call begins.
 */
export class Diagnosis extends StateTarget<DiagnosisState> {
  /** Resolves when all steps have ended; never rejects. */
  readonly finished: Promise<void>;
  readonly #client: DiagnosedClient;
  readonly #echo: string | undefined;
  readonly #wanted: ReadonlySet<CheckStepName>;
  readonly #ending = new AbortController();
  readonly #begun = Date.now();
  /** Why the page has no STUN and TURN servers, if its function failed. */
  #iceFailure: CheckFinding | undefined;
  /** The echo call is not one that others are to be kept from. */
  #calls = 0;

  /** @internal Created by its client. */
  constructor(client: DiagnosedClient, {signal, echo, only, onReport}: DiagnoseOptions = {}) {
    for (const name of only ?? [])
      if (!CHECK_STEPS.includes(name)) throw new SipError('bad-parameter', {subject: `only “${name}”`});
    const names = CHECK_STEPS.filter((name) => !only || only.includes(name));
    super({
      running: true,
      steps: Object.freeze(names.map((name) => Object.freeze({name, verdict: 'waiting'}))),
    });
    this.#client = client;
    this.#echo = echo === undefined || echo === null ? undefined : String(echo).trim();
    this.#wanted = new Set(names);
    if (signal?.aborted) this.abort();
    // Who has signed out is not signed in again, and has no device open.
    for (const each of [signal, client.ending])
      each?.addEventListener('abort', () => this.abort(), {signal: this.#ending.signal});
    this.finished = this.#run().finally(() => {
      this.#ending.abort();
      this.update({running: false});
      try {
        onReport?.(this.report());
      } catch (error) {
        // It is the page's own.
        reportError(error);
      }
    });
  }

  /** The steps in their order. */
  get steps(): readonly CheckStep[] {
    return this.state.steps;
  }

  /** Ends the diagnosis: steps that have not ended are skipped. Idempotent. */
  abort(): void {
    this.#ending.abort();
  }

  /** Returns what was found, with what a support desk needs besides. It can be written as JSON and has no secrets. */
  report(options: ReportOptions = {}): CheckReport {
    return reportOf(this.#client, {begun: this.#begun, steps: this.state.steps}, options);
  }

  async #run(): Promise<void> {
    const {signal} = this.#ending;
    const client = this.#client;
    // The caller listens from now on.
    await Promise.resolve();
    await this.#step('secure-page', async () => checkPage());
    await this.#step('microphone-permission', () => checkPermission('microphone'));
    await this.#step('camera-permission', () => checkPermission('camera'));
    await this.#step('microphone', (ending) => checkMicrophone(client.devices, ending));
    const camera = await this.#step('camera', (ending) => checkCamera(client.devices, ending));
    const network = this.#step('network', () => checkAddresses(signal));
    const servers = await this.#iceServers();
    const ice = this.#checkIce(servers);
    await this.#step('server', () => checkServers(client, signal));
    let signedIn: SignIn | undefined;
    try {
      await this.#step('sign-in', async () => {
        signedIn = await checkSignIn(client, signal);
        return signedIn.finding;
      });
      await network;
      const working = await ice;
      // Once the user has signed in, the calls are of the user's client again.
      const registered = client.state.registration === 'registered' ? client : undefined;
      if (registered) await signedIn?.end();
      await this.#checkCall(registered ?? signedIn?.client, working, camera?.verdict === 'passed');
    } finally {
      await signedIn?.end().catch(() => {});
    }
  }

  /** Runs the steps of STUN and TURN at the same time; returns the TURN servers to use. */
  async #checkIce(servers: readonly OneServer[]): Promise<readonly OneServer[]> {
    const {signal} = this.#ending;
    const [stun, udp, tcp, tls] = await Promise.all([
      this.#step('stun', async () => this.#iceFailure ?? checkStun(servers, signal)),
      ...(['udp', 'tcp', 'tls'] as const).map((transport) =>
        this.#step(
          `turn-${transport}`,
          async () => this.#iceFailure ?? checkTurn(servers, transport, signal),
        ),
      ),
    ]);
    const found = {stun, udp, tcp, tls};
    await this.#step('relay', async () => this.#iceFailure ?? checkRelay(servers, found));
    // Without the steps, which ones work is not known.
    return servers.filter((server) => {
      const transport = transportOf(server);
      return transport && found[transport]?.verdict !== 'failed';
    });
  }

  async #checkCall(
    client: DiagnosedClient | undefined,
    relays: readonly OneServer[],
    camera: boolean,
  ): Promise<void> {
    const media = camera ? 'video' : 'audio';
    let check: CallCheck | undefined;
    await this.#step('call', async (ending) => {
      const echo = client && (this.#echo ?? (await echoOf(client, ending)));
      this.#calls = echo && client === this.#client ? 1 : 0;
      try {
        check =
          echo && client
            ? await checkEcho(client, this.#numberFor(client, echo), media, ending)
            : await checkLoop(this.#client.devices, relays, camera, ending);
      } finally {
        this.#calls = 0;
      }
      return check.finding;
    });
    await this.#step('quality', async () => checkQuality(check?.quality));
    await this.#step('bandwidth', (ending) => checkBandwidth(relays, ending));
  }

  /** Returns the number of the echo for one of the two clients. @throws {SipError} `invalid-number` */
  #numberFor(client: DiagnosedClient, echo: string): string {
    return client === this.#client ? echo : this.#client.options.dial(echo);
  }

  /** Returns the servers that calls would have; none if the page's function fails. */
  async #iceServers(): Promise<readonly OneServer[]> {
    const {iceServers} = this.#client.options;
    try {
      if (typeof iceServers !== 'function') return singly(iceServers);
      const given = await inTime(iceServers(), diagnosisDurations.checkedRelay, this.#ending.signal);
      if (given) return singly(given);
      this.#iceFailure = {verdict: 'failed', code: 'too-slow'};
      return [];
    } catch (thrown) {
      this.#iceFailure = {verdict: 'failed', code: toSipError(thrown).code};
      return [];
    }
  }

  /** Whether a call of the user runs, in this tab or in another one of the same phone. */
  get #isCalling(): boolean {
    const {calls, tabCalls} = this.#client.state;
    return calls.length > this.#calls || tabCalls.length > 0;
  }

  /** Runs a step if it is wanted; returns what it found. */
  async #step(
    name: CheckStepName,
    check: (ending: AbortSignal) => Promise<CheckFinding>,
  ): Promise<CheckFinding | undefined> {
    if (!this.#wanted.has(name)) return undefined;
    const finding = await this.#find(name, check);
    this.#set({name, ...finding});
    return finding;
  }

  async #find(
    name: CheckStepName,
    check: (ending: AbortSignal) => Promise<CheckFinding>,
  ): Promise<CheckFinding> {
    const {signal} = this.#ending;
    const disturbs = DISTURBING.has(name);
    if (signal.aborted) return {verdict: 'skipped', code: 'aborted'};
    if (disturbs && this.#isCalling) return {verdict: 'skipped', code: 'call-running'};
    this.#set({name, verdict: 'running'});
    const giveWay = new AbortController();
    const over = new AbortController();
    const onCalls = (): void => {
      if (this.#isCalling) giveWay.abort();
    };
    if (disturbs) this.#client.addEventListener('statechange', onCalls, {signal: over.signal});
    signal.addEventListener('abort', () => giveWay.abort(), {signal: over.signal});
    const ended = (): CheckFinding | undefined => {
      if (signal.aborted) return {verdict: 'skipped', code: 'aborted'};
      return giveWay.signal.aborted ? {verdict: 'skipped', code: 'call-running'} : undefined;
    };
    try {
      const finding = await check(giveWay.signal);
      return ended() ?? finding;
    } catch (thrown) {
      const early = ended();
      if (early) return early;
      const {code, subject} = toSipError(thrown);
      return {verdict: name === 'camera' ? 'warning' : 'failed', code, ...(subject && {subject})};
    } finally {
      over.abort();
    }
  }

  #set(step: CheckStep): void {
    const steps = this.state.steps.map((each) => (each.name === step.name ? Object.freeze(step) : each));
    this.update({steps: Object.freeze(steps)});
  }
}
