import {ContextProvider} from '@lit/context';
import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {query} from 'lit/decorators.js';
import {callContext} from '../../context/call-context.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {isWaiting} from '../../core/call/newest-call.js';
import type {SipError} from '../../errors.js';
import {answerControls, holdsOther} from '../shared/calls/answer-controls.js';
import {shownCall} from './call-choice.js';
import {CallOffers} from './call-offers.js';
import {CallNotice} from './call-notice.js';
import {CallRequests} from './call-requests.js';
import {CallRow} from './call-row.js';
import {emptyStage, endedControls, middle, stageText, topBar} from './call-stage.js';
import {getsVideo} from '../shared/calls/call-picture.js';
import {setState} from '../shared/custom-state.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {nameOf} from '../shared/people/people.js';
import {property} from '../shared/property.js';
import {isRegistered} from '../shared/registration.js';
import {shared} from '../shared/styles/shared.styles.js';
import {urgentSign, urgentStyles} from '../shared/calls/urgent-sign.js';
import {ShortcutController, type Shortcuts} from '../shared/shortcuts.js';
import {SmallWindow} from './small-window.js';
import {InCallLoader} from './in-call-loader.js';
import {rowStyles, stageBottom} from './call-row.styles.js';
import {styles} from './sip-call.styles.js';
import type {SipVideoElement} from '../sip-video/sip-video.js';

/**
 * Shows one call of the surrounding `<sip-client>`, plays it, and lets the user control it. It is composed of
 * `<sip-video>`, `<sip-audio>`, `<sip-duration>` and the buttons, which a page can also use directly.
 *
 * Without `sid` it shows the client's current call: the call chosen last, otherwise the newest call that is not on
 * hold. A ringing incoming call does not replace an answered one. An ended call stays, with the reason, until the next
 * one begins or the user clears it.
 *
 * If the other side requests a transfer (`sip-transfer-request`) and the page does not answer, the element asks the
 * user. If the other side adds video (`sip-media-request`), the element shows it without asking, since nothing is sent:
 * a notice offers the user's camera, or audio only for both sides.
 *
 * In a consultation before a transfer, a notice offers to complete it. While the user listens to a call of others, a
 * notice says that no one hears the user, and offers to barge in.
 *
 * If the row is too narrow for all controls, the least important ones move to a menu.
 *
 * If the other side reports that its video is a screen, the name and the controls are beside it, not over it. If its
 * camera is off, its name is shown instead of a black picture; if it reports that it records, a sign says so.
 *
 * A button shows the call in full screen, if the browser supports that. Small buttons beside mute and camera choose the
 * devices and the volume.
 *
 * During a call, the system's own controls can end and mute it (Media Session), and video keeps the screen awake. If
 * the browser has Document Picture-in-Picture, a button shows the call in a small window above all others, for as long
 * as the call and this element exist; closing the window does not end the call.
 *
 * Keys press the controls while the focus is inside: Alt and M (mute), V (camera), H (hold), S (screen), K (keypad), T
 * (transfer), P (photo), R (record), F (full screen), X (hang up).
 *
 * @slot - Further controls of an active call, placed before the hang-up button.
 * @fires {Event} sip-question - The other side asks something that the user answers here. The containing element may be closed and can open. Does not bubble.
 * @fires {CustomEvent<{error: SipError}>} sip-error - A control's command failed.
 * @csspart stage - The box around everything.
 * @csspart urgent - The red header of an urgent or SOS call.
 * @csspart remote - The other side's video.
 * @csspart local - The user's own video.
 * @csspart middle - The other party and the call's state, shown while there is no video.
 * @csspart time - The duration of the call.
 * @csspart small-window - The button that shows the call in a small window above all others, if the browser supports it.
 * @csspart full-screen - The button that shows the call in full screen, if the browser supports it.
 * @csspart recorded - The sign that the other side records the call.
 * @csspart quality - The button with the quality bars.
 * @csspart controls - The row of controls.
 * @csspart mute - The button that mutes.
 * @csspart camera - The button that turns the camera on or off.
 * @csspart sound-devices - The small button that opens the menu of microphones and speakers.
 * @csspart camera-devices - The small button that opens the menu of cameras.
 * @csspart devices - The button that opens the menu of all devices, where the small buttons have no room.
 * @csspart devices-menu - The menu of devices.
 * @csspart hold - The button that puts the call on hold.
 * @csspart screen - The button that shares the screen.
 * @csspart keypad - The button that opens the keypad.
 * @csspart transfer - The button that transfers the call.
 * @csspart transfer-dialog - The dialog that asks for the transfer target.
 * @csspart photo - The button that takes a photo.
 * @csspart record - The button that records the call.
 * @csspart pause-recording - The button that pauses the recording.
 * @csspart more - The button that opens the menu.
 * @csspart menu - The menu of the controls that do not fit.
 * @csspart hangup - The button that ends the call.
 * @csspart decline - The button that declines the call.
 * @csspart answer-audio - The button that answers with audio.
 * @csspart answer-video - The button that answers with video.
 * @csspart sound - The button that turns the sound on.
 * @csspart again - The button that calls again.
 * @csspart clear - The button that clears the stage.
 * @csspart notice - A message about a failure, a limitation, or a change.
 * @csspart show - The button that adds the user's video after the other side has added theirs.
 * @csspart sound-only - The button that removes the video from the call again.
 * @csspart complete-transfer - The button that completes a transfer after a consultation.
 * @csspart cancel-transfer - The button that ends the consultation and resumes the call.
 * @csspart barge-in - The button that turns listening to a call of others into barging in.
 * @csspart accept - The button that accepts a requested transfer.
 * @csspart refuse - The button that refuses a requested transfer.
 * @cssprop [--sip-call-fit=contain] - How the video fills the stage: `contain` or `cover`.
 * @cssstate incoming - An incoming call waits to be answered.
 * @cssstate active - The call is in progress.
 * @cssstate full-screen - The element fills the screen.
 * @cssstate over - The call has ended, and the reason is shown.
 */
export class SipCallElement extends LitElement {
  static override styles = [shared, urgentStyles, stageBottom, styles, rowStyles];

  /** The id of the call to show; the client's current call if empty. */
  @property() sid = '';
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';
  /** Keeps the sound off until the user turns it on. */
  @property({type: Boolean, reflect: true}) silent = false;
  /**
   * Keyboard shortcuts that replace the defaults, `{mute: 'Control+M', hangup: ''}`; the attribute takes only `none`,
   * which turns all off.
   */
  @property({converter: (value) => (value === 'none' ? value : {})}) shortcuts: Shortcuts | 'none' = {};
  /**
   * Where the shortcuts work: while the focus is in the `stage`, or anywhere on the `page` except while the user types.
   */
  @property({attribute: 'shortcuts-scope'}) shortcutsScope: 'stage' | 'page' = 'stage';
  /** @internal Whether this element is in the small window; the element in the page plays the sound. */
  @property({attribute: false}) small = false;

  @query('.stage') private readonly stage!: HTMLElement | null;
  @query('.remote') private readonly remoteVideo!: SipVideoElement | null;

  readonly #internals = this.attachInternals();
  readonly #client = new ClientController(this, () => this.htmlFor, {handsOn: true});
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #notice = new CallNotice(this, this.#localize, this.#commands);
  readonly #requests = new CallRequests(this, this.#localize);
  readonly #offers = new CallOffers(this, this.#localize, this.#commands);
  readonly #row = new CallRow(this, this.#localize, () => this.shortcuts);
  readonly #window = new SmallWindow(this, {
    client: () => this.#client.client,
    localize: this.#localize,
    commands: this.#commands,
  });
  readonly #inCall = new InCallLoader(this, () => ({
    host: this,
    localize: this.#localize,
    commands: this.#commands,
    small: this.small,
    call: this.#call,
  }));
  readonly #provider = new ContextProvider(this, {context: callContext});
  #call: SipCall | undefined;

  constructor() {
    super();
    new StateController(this, () => [
      this.#client.client,
      ...(this.#client.client?.state.calls ?? []),
      this.#call,
    ]);
    new ShortcutController(this, {
      shortcuts: () => (this.#isActive ? this.#row.shortcuts : {}),
      scope: () => (this.shortcutsScope === 'page' ? undefined : (this.stage ?? this)),
      press: (name) => this.#row.press(name),
    });
    new FocusKeeper(this, () => () => this.stage);
  }

  /** The call shown. */
  get call(): SipCall | undefined {
    return this.#call;
  }

  /** Moves the focus to the stage, which describes the call, and not to a button that may be pressed by mistake. */
  override focus(options?: FocusOptions): void {
    this.stage?.focus(options);
  }

  protected override firstUpdated(): void {
    // A press dismisses the previous failure; the capturing listener runs before the control's own command.
    this.renderRoot.addEventListener('click', this.#onPress, {capture: true});
  }

  protected override willUpdate(): void {
    const {client} = this.#client;
    const next = shownCall(client, this.sid, this.#call, this.getRootNode());
    if (next !== this.#call) this.#provider.setValue(next);
    this.#call = next;
    this.#notice.follow(next);
    this.#requests.follow(this.sid ? (next ? [next] : []) : (client?.state.calls ?? []));
  }

  protected override render(): TemplateResult {
    const call = this.#call;
    const localize = this.#localize;
    if (!call)
      return html`<div
        part="stage"
        class="stage idle"
        role="group"
        tabindex="-1"
        aria-label=${localize.term('noCall')}
      >
        ${emptyStage(localize, this.#client)}
      </div>`;
    const context = {call, localize};
    const inCall = this.#inCall.part;
    const pictured = this.remoteVideo?.playing ?? false;
    const text = inCall?.pictureText(call, this.remoteVideo?.dark ?? false) ?? stageText(context);
    const title = localize.term('callWith', nameOf(call.remote, localize));
    // Without video, the sound button has room in the middle.
    const sounds = !this.small && call.state.phase === 'answered' && (this.silent || call.state.soundBlocked);
    const amid = sounds && !getsVideo(call) && !pictured;
    return html`<div
      part="stage"
      class="stage ${amid ? 'sounds' : ''} ${pictured && call.state.remoteSharing ? 'beside' : ''}"
      role="group"
      tabindex="-1"
      aria-label=${title}
    >
      ${urgentSign(call, localize)}
      <sip-video
        class="remote ${pictured ? 'playing' : ''}"
        exportparts="video: remote"
        @sip-picture=${this.#onPicture}
      ></sip-video>
      ${middle(context, text, {hidden: pictured, sounds: amid})}
      <sip-video class="local" of="local" exportparts="video: local"></sip-video>
      <div class="hidden" role="status">${text}</div>
      <div class="hidden" role="status">${inCall?.recordedText(call) ?? nothing}</div>
      ${topBar(context, pictured, this.#commands, {
        recorded: inCall?.recordedSign(call),
        buttons: [
          this.small ? nothing : this.#window.render(call),
          inCall?.fullScreenButton(this.#row.shortcuts.fullscreen ?? ''),
        ],
      })}
      <div class="bottom" @sip-error=${this.#onError}>
        ${
          this.small
            ? nothing
            : html`<sip-audio
                class="sound"
                exportparts="sound"
                .silent=${this.silent}
                @click=${this.#onSound}
              ></sip-audio>`
        }
        ${this.#requests.render() ?? this.#offers.render(call, this.#client.client) ?? this.#notice.render(this.#client.client?.options.server)}
        ${this.#renderControls(call, title)}
      </div>
    </div>`;
  }

  protected override updated(): void {
    const call = this.#call;
    setState(this.#internals, 'incoming', !!call && isWaiting(call));
    setState(this.#internals, 'active', this.#isActive);
    setState(this.#internals, 'full-screen', this.#inCall.part?.fills ?? false);
    setState(this.#internals, 'over', call?.state.phase === 'released');
  }

  #renderControls(call: SipCall, title: string): TemplateResult {
    if (this.#isActive) return this.#row.render(call, this.#client.client ?? {}, title, this.#inCall);
    const localize = this.#localize;
    const {client} = this.#client;
    const again = (): void => {
      void this.#commands.run(async () => client?.call(call.remote.number, {media: call.media}));
    };
    const ready = isRegistered(client) && !this.#commands.pending;
    const controls = isWaiting(call)
      ? answerControls(call, localize, this.#commands, false, holdsOther(client, call))
      : endedControls({call, localize}, ready ? again : undefined, this.#clear);
    return html`<div part="controls" class="controls" role="group" aria-label=${title}>${controls}</div>`;
  }

  get #isActive(): boolean {
    const call = this.#call;
    return !!call && call.state.phase !== 'released' && !isWaiting(call);
  }

  readonly #onSound = (): void => {
    this.silent = false;
  };

  readonly #onPicture = (): void => this.requestUpdate();

  readonly #onPress = ({target}: Event): void => {
    if ((target as Element).closest('.row, .menu')) this.#commands.dismiss();
  };

  /** Shows the failure of a control, which dispatches `sip-error`; the transfer dialog shows its own failures. */
  readonly #onError = ({detail, target}: CustomEvent<{error: SipError}>): void => {
    if ((target as Element).localName !== 'sip-transfer-button') this.#commands.show(detail.error);
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
