import {ContextProvider} from '@lit/context';
import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {callContext} from '../context/call-context.js';
import {ClientController} from '../controllers/client-controller.js';
import {ClockController} from '../controllers/clock-controller.js';
import {CommandController} from '../controllers/command-controller.js';
import {LocalizeController} from '../controllers/localize-controller.js';
import {StateController} from '../controllers/state-controller.js';
import type {SipCall} from '../core/call.js';
import {isWaiting} from '../core/newest-call.js';
import {answerControls} from './answer-controls.js';
import {setState} from './custom-state.js';
import {CallPlayer} from './call-player.js';
import {
  callControls,
  endedControls,
  getsVideo,
  isHeld,
  middle,
  sendsVideo,
  topBar,
  type StageContext,
} from './call-stage.js';
import {stateText} from './call-texts.js';
import {phoneIcon, volume2Icon} from './icons.js';
import {errorNotice, notice} from './notice.js';
import {nameOf} from './people.js';
import {isRegistered} from './registration.js';
import {shared} from './shared.styles.js';
import {styles} from './sip-call.styles.js';

/**
 * Shows one call of the surrounding `<sip-client>`, plays it, and lets its user control it.
 *
 * Without `sid` that is the client's current call: the one chosen last, otherwise the newest one that is not held; one that
 * only rings here does not take the place of one that was answered.
 * A call that is over stays, with the reason, until the next one begins or the user clears it.
 *
 * @slot - Further controls of the running call, before the button that hangs up.
 * @fires {CustomEvent<{error: SipError}>} sip-error - A control's command failed.
 * @csspart stage - The box around it all.
 * @csspart remote - The picture of the other side.
 * @csspart local - One's own picture.
 * @csspart middle - Who it is and how far it has come, where there is no picture.
 * @csspart controls - The row of controls.
 * @csspart mute - The button that mutes.
 * @csspart hold - The button that holds.
 * @csspart camera - The button that turns the camera off.
 * @csspart hangup - The button that ends the call.
 * @csspart decline - The button that declines.
 * @csspart answer-audio - The button that answers with sound.
 * @csspart answer-video - The button that answers with a picture.
 * @csspart sound - The button that turns the sound on.
 * @csspart again - The button that calls again.
 * @csspart clear - The button that clears the stage.
 * @csspart notice - What went wrong, or is less than was asked.
 * @cssprop [--sip-call-fit=contain] - How the picture fills the stage: `contain` or `cover`.
 * @cssstate incoming - The call waits to be answered here.
 * @cssstate active - The call is under way.
 */
export class SipCallElement extends LitElement {
  static override styles = [shared, styles];

  /** The id of the call to show; the client's current call where it is empty. */
  @property() sid = '';
  /** The id of the `<sip-client>`; the nearest one around it where it is empty. */
  @property({attribute: 'for'}) htmlFor = '';
  /** Keeps the sound off until the user turns it on. */
  @property({type: Boolean, reflect: true}) silent = false;

  @query('.remote') private readonly remoteVideo!: HTMLVideoElement | null;

  readonly #internals = this.attachInternals();
  readonly #client = new ClientController(this, () => this.htmlFor);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #clock = new ClockController(this, () => this.#answeredAt);
  readonly #player = new CallPlayer(
    this,
    () => ({
      audio: this.renderRoot.querySelector('audio'),
      remote: this.remoteVideo,
      local: this.renderRoot.querySelector<HTMLVideoElement>('.local'),
    }),
    () => this.#call,
    () => this.#client.client?.devices,
  );
  readonly #provider = new ContextProvider(this, {context: callContext});
  #call: SipCall | undefined;
  /** The call's warning that the user has taken note of. */
  #noted: string | undefined;
  #pictured = false;
  /** A control had the focus when rendering began. */
  #focused = false;

  constructor() {
    super();
    new StateController(this, () => [
      this.#client.client,
      ...(this.#client.client?.state.calls ?? []),
      this.#call,
    ]);
  }

  /** The call that is shown. */
  get call(): SipCall | undefined {
    return this.#call;
  }

  /** Moves the focus to the stage: to what the call is, not to a button that somebody may press by mistake. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.stage')?.focus(options);
  }

  protected override willUpdate(): void {
    this.#focused = !!this.shadowRoot?.activeElement;
    const next = this.#choose();
    if (next === this.#call) return;
    this.#call = next;
    this.#noted = undefined;
    this.#pictured = false;
    this.#commands.dismiss();
    this.#provider.setValue(next);
  }

  protected override render(): TemplateResult {
    const call = this.#call;
    if (!call) return this.#renderEmpty();
    const context: StageContext = {call, localize: this.#localize, commands: this.#commands};
    const over = call.state.phase === 'released';
    // Of a call that is held the last picture may be left, which is nobody's any more.
    const pictured = this.#pictured && !over && !isHeld(call);
    const name = nameOf(call.remote, this.#localize);
    const sound = this.#renderSound(call);
    // Where no picture comes there is room for it in the middle, and none beneath.
    const amid = !getsVideo(call) && !pictured;
    return html`<div
      part="stage"
      class="stage"
      role="group"
      tabindex="-1"
      aria-label=${this.#localize.term('callWith', name)}
    >
      <audio .muted=${this.silent}></audio>
      <video
        part="remote"
        class="remote ${pictured ? 'playing' : ''}"
        autoplay
        playsinline
        .muted=${true}
        aria-label=${this.#localize.term('picture', name)}
        @resize=${this.#onPicture}
        @emptied=${this.#onPicture}
      ></video>
      ${middle(context, pictured, amid ? sound : nothing)}
      <video
        part="local"
        class="local"
        autoplay
        playsinline
        .muted=${true}
        aria-label=${this.#localize.term('ownPicture')}
        ?hidden=${over || call.state.held || call.state.cameraOff || !sendsVideo(call)}
      ></video>
      <div class="hidden" role="status">${stateText(call, this.#localize)}</div>
      ${topBar(context, this.#clock.seconds, pictured)}
      <div class="bottom">
        ${amid ? nothing : sound} ${this.#renderNotice(call)}
        <div
          part="controls"
          class="controls"
          role="group"
          aria-label=${this.#localize.term('callWith', name)}
        >
          ${this.#renderControls(context)}
        </div>
      </div>
    </div>`;
  }

  protected override updated(): void {
    const call = this.#call;
    const over = !call || call.state.phase === 'released';
    const waits = !over && isWaiting(call);
    setState(this.#internals, 'incoming', waits);
    setState(this.#internals, 'active', !over && !waits);
    // The control that had the focus is gone: whoever works by keyboard goes on from here, not from the page's top.
    if (this.#focused && !this.shadowRoot?.activeElement) this.focus({preventScroll: true});
  }

  #renderEmpty(): TemplateResult {
    const localize = this.#localize;
    return html`<div
      part="stage"
      class="stage"
      role="group"
      aria-label=${localize.term('noCall')}
      tabindex="-1"
    >
      <div class="middle empty">
        ${phoneIcon}
        ${
          this.#client.client
            ? html`<span class="big">${localize.term('noCall')}</span>
                <p class="quiet">${localize.term('noCallHint')}</p>`
            : html`<p class="quiet">${localize.term('noClient')}</p>`
        }
      </div>
    </div>`;
  }

  #renderControls(context: StageContext): TemplateResult {
    const {call} = context;
    const {phase} = call.state;
    const {client} = this.#client;
    if (phase === 'released') {
      const again = (): void => {
        void this.#commands.run(async () => client?.call(call.remote.number, {media: call.media}));
      };
      return endedControls(
        context,
        isRegistered(client) && !this.#commands.pending ? again : undefined,
        this.#clear,
      );
    }
    if (isWaiting(call)) return answerControls(call, this.#localize, this.#commands);
    return callControls(context);
  }

  #renderNotice(call: SipCall): unknown {
    const localize = this.#localize;
    const {error} = this.#commands;
    if (error)
      return errorNotice(error, this.#client.client?.options.server, {
        localize,
        onDismiss: this.#commands.dismiss,
      });
    const {warning, phase} = call.state;
    if (!warning || warning === this.#noted || phase === 'released') return nothing;
    const onDismiss = (): void => {
      this.#noted = warning;
      this.requestUpdate();
    };
    return notice(localize.describe({code: warning}), {localize, warns: true, onDismiss});
  }

  #renderSound(call: SipCall): TemplateResult | typeof nothing {
    if (call.state.phase !== 'answered' || !(this.silent || this.#player.blocked)) return nothing;
    return html`<button part="sound" class="pill sound" type="button" @click=${this.#onSound}>
      ${volume2Icon} ${this.#localize.term(this.silent ? 'soundOn' : 'enableSound')}
    </button>`;
  }

  get #answeredAt(): number | undefined {
    const state = this.#call?.state;
    return state?.phase === 'answered' ? state.answeredAt : undefined;
  }

  #choose(): SipCall | undefined {
    const {client} = this.#client;
    const shown = this.#call;
    const ended = shown?.state.phase === 'released' ? shown : undefined;
    if (!client) return undefined;
    if (this.sid) return client.getCall(this.sid) ?? (ended?.id === this.sid ? ended : undefined);
    return client.state.current ?? ended;
  }

  readonly #onSound = (): void => {
    this.silent = false;
    // The press is what the browser waited for: the player tries again.
    this.requestUpdate();
  };

  readonly #onPicture = (): void => {
    const pictured = !!this.remoteVideo?.videoWidth;
    if (pictured === this.#pictured) return;
    this.#pictured = pictured;
    this.requestUpdate();
  };

  readonly #clear = (): void => {
    this.#commands.dismiss();
    this.#call = undefined;
    this.#provider.setValue(undefined);
    this.requestUpdate();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-call': SipCallElement;
  }
}
