import {ContextProvider} from '@lit/context';
import {LitElement, type TemplateResult} from 'lit';
import {callContext} from '../../context/call-context.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {CallState} from '../../core/call/call-state.js';
import {isActive, isWaiting} from '../../core/call/newest-call.js';
import {shownCall} from './call-choice.js';
import type {CallView} from './call-view.js';
import {emptyStage, unloadedStage} from './idle-stage.js';
import {CALL_COMMANDS, forwardCommands, type CallCommands} from '../shared/calls/call-commands.js';
import {setState} from '../shared/custom-state.js';
import {defineInner} from '../shared/define-inner.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {LazyModule} from '../shared/lazy-module.js';
import {property} from '../shared/property.js';
import {addStyles} from '../shared/styles/add-styles.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {Shortcuts} from '../shared/shortcuts.js';
import {styles} from './idle-stage.styles.js';

/** What shows a call; loaded while the client connects. */
const callView = new LazyModule(() => import('./call-view.js'));

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-empty-object-type -- They are defined below the class.
export interface SipCallElement extends CallCommands {}

/**
 * Shows one call of the surrounding `<sip-client>`, plays it, and lets the user control it. It is composed of
 * `<sip-video>`, `<sip-audio>`, `<sip-duration>` and the buttons, which a page can also use directly.
 *
 * Without `sid` it shows the client's current call: the call chosen last, otherwise the newest call that is not on
 * hold. A ringing incoming call does not replace an answered one. An ended call stays, with the reason, until the next
 * one begins or the user clears it. It leaves out what a `<sip-conference>`, `<sip-intercom>` or `<sip-monitor>` of the
 * client shows.
 *
 * If the other side requests a transfer (`sip-transfer-request`) and the page does not answer, the element asks the
 * user. If the other side adds video (`sip-media-request`), the element shows it without asking, since nothing is sent:
 * a notice offers the user's camera, or audio only for both sides.
 *
 * In a consultation before a transfer, a notice offers to complete it. If there are several calls, a notice offers to
 * merge them into one conference, and then to split them. While the user listens in on a call of others, a
 * notice says that no one hears the user, and offers to barge in.
 *
 * If the row is too narrow for all controls, the least important ones move to a menu.
 *
 * If the other side reports that its video is a screen, the name and the controls are beside it, not over it. If its
 * camera is off, its name is shown instead of a black picture; if it reports that it records, a sign shows that.
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
 * The methods of the call shown are the element's, too, such as `hold()`; they reject with `call-not-found` if there is none.
 *
 * @slot - Further controls of an active call, placed before the hang-up button.
 * @fires {Event} sip-question - The other side asks something that the user answers here. The containing element may be closed and can open. Does not bubble.
 * @fires {CustomEvent<PhotoDetail>} sip-photo - A photo was taken. Cancelable: if canceled, it is not downloaded.
 * @fires {CustomEvent<{error: SipError}>} sip-error - A control's command failed.
 * @csspart stage - The box around everything.
 * @csspart urgent - The red header of an urgent or SOS call; a chip after the call.
 * @csspart remote - The other side's video.
 * @csspart local - The user's own video.
 * @csspart middle - The other party and the call's state, shown while there is no video.
 * @csspart person - The name that leads to the page about the other side, if `people` tells one.
 * @csspart time - The duration of the call.
 * @csspart small-window - The button that shows the call in a small window above all others, if the browser supports it.
 * @csspart full-screen - The button that shows the call in full screen, if the browser supports it.
 * @csspart sound-off - The sign that the user has turned the sound of the call off; a press turns it on.
 * @csspart recorded - The sign that the other side records the call.
 * @csspart encryption - The button that says whether the call is encrypted end to end.
 * @csspart encryption-details - The popover with the code to compare.
 * @csspart encryption-verify - The button that confirms that the codes match.
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
 * @csspart park - The button that parks the call, if the client has a feature code for it.
 * @csspart captions - The button that turns captions on and off, if the page recognizes speech.
 * @csspart captions-band - The captions above the controls.
 * @csspart photo - The button that takes a photo.
 * @csspart record - The button that records the call.
 * @csspart pause-recording - The button that pauses the recording.
 * @csspart sounds - The button that opens the sounds to play into the call.
 * @csspart sounds-panel - The panel of the sounds.
 * @csspart more - The button that opens the menu.
 * @csspart menu - The menu of the controls that do not fit.
 * @csspart hangup - The button that ends the call.
 * @csspart decline - The button that declines the call.
 * @csspart answer-audio - The button that answers with audio.
 * @csspart answer-video - The button that answers with video.
 * @csspart sound - The button that turns the sound on.
 * @csspart again - The button that calls again.
 * @csspart clear - The button that clears the stage.
 * @csspart parked - Where the call was parked.
 * @csspart slot - The field for the slot of a parked call.
 * @csspart retrieve - The button that retrieves a parked call.
 * @csspart notice - A message about a failure, a limitation, or a change.
 * @csspart retry - The button that tries to open a missing microphone or camera.
 * @csspart show - The button that adds the user's video after the other side has added theirs.
 * @csspart sound-only - The button that removes the video from the call again.
 * @csspart complete-transfer - The button that completes a transfer after a consultation.
 * @csspart cancel-transfer - The button that ends the consultation and resumes the call.
 * @csspart merge - The button that merges the calls into one conference.
 * @csspart split - The button that ends the conference: this call continues, the others are held.
 * @csspart barge-in - The button that barges into the call that the user listens to.
 * @csspart accept - The button that accepts a requested transfer.
 * @csspart refuse - The button that refuses a requested transfer.
 * @cssprop [--sip-call-fit=contain] - How the video fills the stage: `contain` or `cover`.
 * @cssstate incoming - An incoming call waits to be answered.
 * @cssstate active - The call is in progress.
 * @cssstate full-screen - The element fills the screen.
 * @cssstate over - The call has ended, and the reason is shown.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class SipCallElement extends LitElement {
  static override styles = [shared, styles];

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

  readonly #internals = this.attachInternals();
  readonly #client = new ClientController(this, () => this.htmlFor, {handsOn: true});
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  #view: CallView | undefined;
  readonly #provider = new ContextProvider(this, {context: callContext});
  #call: SipCall | undefined;

  constructor() {
    super();
    new StateController(this, () => [
      this.#client.client,
      ...(this.#client.client?.state.calls ?? []),
      this.#call,
    ]);
    new FocusKeeper(this, '.stage');
  }

  /** The call shown. */
  get call(): SipCall | undefined {
    return shownCall(this.#client.client, this.sid, this.#call);
  }

  /** The state of the call shown; undefined if there is none. */
  get state(): Readonly<CallState> | undefined {
    return this.call?.state;
  }

  /** Moves the focus to the stage, which describes the call, and not to a button that may be pressed by mistake. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.stage')?.focus(options);
  }

  protected override willUpdate(): void {
    const {client} = this.#client;
    const next = shownCall(client, this.sid, this.#call);
    if (next !== this.#call) this.#provider.setValue(next);
    this.#call = next;
    if (next || (client && client.state.connection !== 'disconnected')) this.#load();
    this.#view?.follow(next, this.sid ? (next ? [next] : []) : (client?.state.calls ?? []));
  }

  protected override render(): TemplateResult {
    const call = this.#call;
    if (!call) return emptyStage(this.#localize, this.#client);
    return this.#view?.render(call) ?? unloadedStage(call, this.#localize, this.#commands);
  }

  protected override updated(): void {
    const call = this.#call;
    setState(this.#internals, 'incoming', !!call && isWaiting(call));
    setState(this.#internals, 'active', !!call && isActive(call));
    setState(this.#internals, 'full-screen', this.#view?.fills ?? false);
    setState(this.#internals, 'over', call?.state.phase === 'released');
  }

  #load(): void {
    const module = this.#view ? undefined : callView.load(this);
    if (!module) return;
    const {CallView, inner, viewStyles} = module;
    defineInner(inner);
    addStyles(this, viewStyles);
    this.#view = new CallView({
      host: this,
      client: this.#client,
      commands: this.#commands,
      localize: this.#localize,
      onClear: this.#clear,
    });
  }

  readonly #clear = (): void => {
    this.#commands.dismiss();
    this.#call = undefined;
    this.#provider.setValue(undefined);
    this.requestUpdate();
  };
}

forwardCommands(SipCallElement.prototype, CALL_COMMANDS, ({call}) => call);

declare global {
  interface HTMLElementTagNameMap {
    'sip-call': SipCallElement;
  }
  interface HTMLElementEventMap {
    'sip-question': Event;
  }
}
