import {ContextProvider} from '@lit/context';
import {css, html, type PropertyValues, type TemplateResult} from 'lit';
import {clientContext, clientFailureContext} from '../../context/client-context.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipEventMap} from '../../core/client/events.js';
import type {Ringer} from '../../core/ringing/ringer.js';
import {toSipError, type SipError} from '../../errors.js';
import {tellError} from '../../controllers/sip-error-event.js';
import {property} from '../shared/property.js';
import {repeatEvents} from './repeat-events.js';
import {Autoconnect} from './autoconnect.js';
import {ClientAttributesElement} from './client-attributes.js';
import {FailureReport} from './failure-report.js';
import {LeaveWarning} from './leave-warning.js';
import {OwnClient} from './own-client.js';

/** What changes at once, whatever the connection does. */
const TUNES = ['ringtone', 'ringVolume', 'tones', 'quietHours'] as const;

/**
 * Provides a `SipClient` to the elements inside it and repeats its events. It shows nothing itself.
 *
 * The client is made from the attributes as soon as they name a server and a user. An attribute that changes while it
 * is connected counts from the next `connect()` on that finds no call running; with `autoconnect` at once, or when the
 * last call is over. An element that leaves the document and is not back by the next task ends its calls and
 * disconnects, unless it has `keep-alive`; one that is moved goes on.
 *
 * @slot - The elements that use the client.
 * @fires {CustomEvent<{call: SipCall}>} sip-call-created - A call was asked for here.
 * @fires {CustomEvent<{call: SipCall}>} sip-call-received - A call arrived. Cancelable: then nothing rings.
 * @fires {CustomEvent<{call: SipCall, after: number}>} sip-auto-answer - A call will be answered by itself in so many seconds. Cancelable: then it rings as usual.
 * @fires {CustomEvent<{call: SipCall}>} sip-call-answered - A call was answered.
 * @fires {CustomEvent<{call: SipCall, cause: CallCause}>} sip-call-hangup - A call is over.
 * @fires {CustomEvent<{call: SipCall, phase: CallPhase}>} sip-call-state - A call reached another phase.
 * @fires {CustomEvent<{call: SipCall, held: boolean}>} sip-call-hold - A call was put on hold here, or goes on.
 * @fires {CustomEvent<{call: SipCall, held: boolean}>} sip-call-remote-hold - The other side put a call on hold, or goes on.
 * @fires {CustomEvent<{call: SipCall, health: CallHealth}>} sip-call-health - A call's connection fares differently.
 * @fires {CustomEvent<{call: SipCall, tone: string, duration: number}>} sip-dtmf - The other side sent a tone; milliseconds.
 * @fires {CustomEvent<{call: SipCall} & RecordingRequest>} sip-recording-request - A recording is about to begin. Cancelable: then it does not.
 * @fires {CustomEvent<{call: SipCall, id?: string, blob: Blob, name?: string, type: string, duration: number, error?: SipError}>} sip-recording - A recording is finished. Cancelable: then it is not downloaded.
 * @fires {CustomEvent<null>} sip-server-connect - The connection stands.
 * @fires {CustomEvent<{error?: SipError}>} sip-server-disconnect - The connection stands no more.
 * @fires {CustomEvent<{state: ConnectionState}>} sip-connection - The connection's state changed.
 * @fires {CustomEvent<{state: RegistrationState, error?: SipError}>} sip-registration - The registration changed.
 * @fires {CustomEvent<{state: ApiState}>} sip-api-connection - The state of the API's socket changed.
 * @fires {CustomEvent<{message: ApiMessage}>} sip-api-received - The server's API sent a message.
 * @fires {CustomEvent<{message: ReceivedMessage}>} sip-message-received - Somebody sent a text.
 * @fires {CustomEvent<{message: SipMessage}>} sip-message-state - A message of this side's is sent, has failed, or is sent again.
 * @fires {CustomEvent<{number: string, count: number, unread: number}>} sip-message-unread - More or fewer messages are unread.
 * @fires {CustomEvent<{messages?: WaitingMessages}>} sip-waiting-messages - Something else waits in the mailbox.
 * @fires {CustomEvent<{number: string, state?: PersonState}>} sip-person-state - Somebody can be reached, is in a call, or cannot be reached any more.
 * @fires {CustomEvent<Position>} sip-position - Somebody who is followed is elsewhere.
 * @fires {CustomEvent<{conference: SipConference, member: ConferenceMember}>} sip-member-change - A conference's member came, left, talks, or is otherwise than before.
 * @fires {CustomEvent<{intercom: SipIntercom, floor: FloorState, speaker?: Party}>} sip-floor - The floor of an intercom is elsewhere.
 * @fires {CustomEvent<UploadProgress>} sip-upload-progress - How far an upload is.
 * @fires {CustomEvent<UploadEnd>} sip-upload-end - An upload is over.
 * @fires {CustomEvent<DeviceChange>} sip-device-change - Another device is in use: chosen, unplugged, or plugged in again.
 * @fires {CustomEvent<{error: SipError}>} sip-error - The attributes make no client, or one of them cannot be.
 */
export class SipClientElement extends ClientAttributesElement {
  static override styles = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none;
    }
  `;

  readonly #provider = new ContextProvider(this, {context: clientContext});
  readonly #failures = new ContextProvider(this, {context: clientFailureContext});
  readonly #own = new OwnClient(
    () => [this.settings, this.options],
    (client) => this.#follow(client),
  );
  #given: BaseClient | undefined;
  #following: AbortController | undefined;
  readonly #autoconnect = new Autoconnect();
  readonly #leaveWarning = new LeaveWarning();
  readonly #report = new FailureReport(this);
  /** What was last asked for here; undefined where the client decides alone. */
  #quiet: boolean | undefined;

  /** Refuses calls that come in, and notes them as missed. */
  @property({type: Boolean, attribute: 'do-not-disturb'})
  get doNotDisturb(): boolean {
    return this.#made?.state.doNotDisturb ?? this.#quiet ?? false;
  }

  set doNotDisturb(doNotDisturb: boolean) {
    this.#quiet = doNotDisturb;
    if (this.#made) this.#made.doNotDisturb = doNotDisturb;
  }

  /**
   * The client: the one that was handed in, or else the element's own; undefined while the attributes make none.
   *
   * One that is handed in is never connected or ended by the element itself.
   */
  @property({attribute: false, noAccessor: true})
  override get client(): BaseClient | undefined {
    return this.#given ?? this.#own.prepare();
  }

  override set client(client: BaseClient | undefined) {
    if (client === this.#given) return;
    void this.#own.end();
    this.#given = client;
    this.#follow(this.client);
    this.requestUpdate();
  }

  /**
   * Connects to the server; resolves when the connection stands.
   *
   * @throws {SipError} `bad-parameter` where the attributes make no client, and what `SipClient` rejects with.
   */
  async connect(): Promise<void> {
    if (!this.#given && this.#own.outdated && !this.calls.length) await this.#own.end();
    await this.required.connect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follow(this.client);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    setTimeout(() => {
      if (!this.isConnected && !this.keepAlive) this.#leave();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#provider.setValue(this.client);
    this.#failures.setValue(this.#failure);
    if (TUNES.some((name) => changed.has(name))) this.#tune(changed);
    if (changed.has('leaveWarning')) this.#warn();
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  protected override updated(): void {
    if (!this.isConnected) return;
    const {client} = this;
    this.#report.tell(this.#failure, this.#own.written);
    if (!client || !this.autoconnect || this.#given) return;
    if (this.#own.outdated) void (this.calls.length || this.#own.end().then(() => this.requestUpdate()));
    else this.#autoconnect.begin(client, () => this.hasAttribute('api'));
  }

  /** Gives the client's ringer what the attributes say; what they do not say stays as it is, what they said no more does not. */
  #tune(changed?: PropertyValues<this>): void {
    const ringer = this.client?.ringer;
    if (!ringer) return;
    if (this.ringtone || changed?.get('ringtone')) ringer.ringtone = this.ringtone;
    for (const [name, property] of [
      ['country', 'tones'],
      ['quietHours', 'quietHours'],
    ] as const)
      if (this[property] || changed?.get(property)) this.#set(ringer, name, this[property]);
    const spoken = changed?.get('ringVolume') !== undefined;
    if (this.ringVolume !== undefined || spoken) ringer.volume = this.ringVolume ?? 1;
  }

  /** What cannot be leaves it as it is, and is told. */
  #set(ringer: Ringer, name: 'country' | 'quietHours', value: string): void {
    try {
      ringer[name] = value;
    } catch (cause) {
      tellError(this, toSipError(cause));
    }
  }

  /** Why there is no client. */
  get #failure(): SipError | undefined {
    return this.#given ? undefined : this.#own.failure;
  }

  #warn(): void {
    this.#leaveWarning.follow(this.leaveWarning ? this.#made : undefined);
  }

  #leave(): void {
    this.#autoconnect.forget();
    void this.#own.end();
    if (this.#given) this.#following?.abort();
    this.#leaveWarning.follow(undefined);
  }

  /** The client as it is, none made for the question. */
  get #made(): BaseClient | undefined {
    return this.#given ?? this.#own.current;
  }

  protected override get required(): BaseClient {
    // Made once more for the error that says what is missing.
    return this.client ?? this.#own.make();
  }

  #follow(client: BaseClient | undefined): void {
    this.#following?.abort();
    this.#warn();
    if (!client) return;
    if (this.#quiet !== undefined) client.doNotDisturb = this.#quiet;
    this.#following = new AbortController();
    const {signal} = this.#following;
    repeatEvents(client, this, signal);
    this.#tune();
    const onChange = (): void => {
      this.#warn();
      // Where the attributes have changed, the last call's end is what was waited for.
      if (this.#own.outdated) this.requestUpdate();
    };
    client.addEventListener('statechange', onChange, {signal});
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-client': SipClientElement;
  }
  // Here, and not where they are dispatched: declarations lead others to this file.
  interface HTMLElementEventMap extends SipEventMap {
    /** The command of an element's control failed. */
    'sip-error': CustomEvent<{readonly error: SipError}>;
  }
}
