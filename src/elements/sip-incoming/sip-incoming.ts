import {html, LitElement, nothing, type TemplateResult} from 'lit';

import {ClientController} from '../../controllers/client-controller.js';
import {CallCommands} from '../../controllers/call-commands.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {dispatchError} from '../../controllers/sip-error-event.js';
import {StateController} from '../../controllers/state-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {isWaiting} from '../../core/call/newest-call.js';
import type {SipError} from '../../errors.js';
import {answerControls, holdsOther, otherSpeaks} from '../shared/calls/answer-controls.js';
import {incomingTerm, incomingText} from '../shared/calls/call-texts.js';
import {repeat} from '../shared/repeat.js';
import {setState} from '../shared/custom-state.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {bellIcon, volume2Icon} from '../shared/icons.js';
import {errorNotice} from '../shared/notice.js';
import {initialsOf, nameOf, personLink, pictureOf} from '../shared/people/people.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import {urgentSign, urgentStyles} from '../shared/calls/urgent-sign.js';
import type {} from '../sip-call/sip-call.js';
import {BackgroundLoader} from './background-loader.js';
import {styles} from './sip-incoming.styles.js';
import {sharesScreens} from '../shared/calls/shares-screens.js';
import {watchSign} from './watch-sign.js';

/**
 * Shows incoming calls and lets the user answer with audio or video, or decline. Several calls may ring at once. It
 * also shows requests to see the camera, and who is watching the camera until the user stops it.
 *
 * While most of the element is in view, the elements beside it, such as `<sip-call>`, leave out the buttons that answer
 * its calls.
 *
 * The element is empty while no call rings and no user watches the camera. A call that the page keeps quiet (it canceled
 * `sip-call-received`) is not shown. A screen reader announces a new call once; the focus does not move, since the user
 * may be typing. If a button of the call had the focus, the focus moves to the `<sip-call>` that shows the call.
 *
 * While the page is hidden, or this element is (in a closed `<details>` or `<dialog>`, by styles, or out of view), the
 * title and icon alternate between the page's own and the caller. If the user has allowed notifications, there is one for
 * each call; pressing it brings the page to the front.
 *
 * @slot caller-ID - In the box of the call with this `id`, instead of picture, name and number.
 * @slot details-ID - In the box of the call with this `id`, between the caller and the buttons.
 * @fires {CustomEvent<{error: SipError}>} sip-error - A call could not be answered or declined, or the `notification-worker` was not found.
 * @csspart call - The box around each call.
 * @csspart person - The name that leads to the page about the other side, if `people` tells one.
 * @csspart urgent - The red header of an urgent or SOS call.
 * @csspart decline - The button that declines.
 * @csspart answer-audio - The button that answers with audio.
 * @csspart answer-video - The button that answers with video.
 * @csspart answer-screen - The button that answers with audio and shares the screen, if `screen` is set.
 * @csspart answer-hangup - The button that answers and ends the active call.
 * @csspart show-camera - The button that allows the caller to see the camera.
 * @csspart watcher - The sign that another user is watching the camera.
 * @csspart stop-watching - The button that ends the watching.
 * @csspart sound - The button that enables the ringtone, shown if the browser blocks it.
 * @csspart notify - The button that requests permission for notifications.
 * @csspart notice - A message about a failure.
 * @cssstate ringing - A call is ringing.
 * @cssstate watched - Another user is watching the camera.
 * @cssstate asking - The button that requests permission for notifications is shown.
 */
export class SipIncomingElement extends LitElement {
  static override styles = [shared, urgentStyles, styles];

  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';
  /**
   * Notifications while the user does not see the call. By default they are shown if the user has already allowed them; `ask` shows
   * a button that requests permission, until the user has decided; `none` shows none.
   */
  @property() notifications: '' | 'ask' | 'none' = '';
  /**
   * The address of the service worker `sip-notification-worker.js`, on the page's origin. With it, a notification has
   * buttons that answer with audio only and that decline. A notification never has a button that allows the camera to
   * be seen.
   */
  @property({attribute: 'notification-worker'}) notificationWorker = '';
  /** Offers to answer and share the screen, if the browser supports it. */
  @property({type: Boolean}) screen = false;

  readonly #internals = this.attachInternals();
  readonly #client = new ClientController(this, () => this.htmlFor);
  readonly #commands = new CallCommands(this);
  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [
      this.#client.client,
      this.#client.client?.ringer,
      ...(this.#client.client?.state.calls ?? []),
    ]);
    new FocusKeeper(this, (focused) => {
      const call = focused.closest<HTMLElement & {call?: SipCall}>('[part=call]')?.call;
      return (
        call &&
        (() => {
          void this.#handFocusOn(call);
          return true;
        })
      );
    });
    new BackgroundLoader(this, () => ({
      host: this,
      client: this.#client.client,
      calls: this.calls,
      notifies: this.notifications !== 'none' && !this.#client.client?.ringer.state.aside,
      worker: this.notificationWorker,
      localize: this.#localize,
      commandsOf: (call) => this.#commands.of(call),
      onError: (error) => this.#complain(error),
    }));
  }

  /** The ringing calls shown, oldest first. */
  get calls(): readonly SipCall[] {
    return (this.#client.client?.state.calls ?? []).filter((call) => isWaiting(call) && !call.state.quiet);
  }

  protected override render(): TemplateResult {
    const calls = this.calls;
    const newest = calls.at(-1);
    return html`
      <div class="hidden" role="alert">${newest ? incomingText(newest, this.#localize) : nothing}</div>
      <div class="calls">
        ${this.#renderWatchers()} ${this.#renderNotify()} ${calls.length > 0 ? this.#renderSound() : nothing}
        ${repeat(
          calls,
          ({id}) => id,
          (call) => this.#renderCall(call),
        )}
      </div>
    `;
  }

  protected override updated(): void {
    setState(this.#internals, 'ringing', this.calls.length > 0);
    setState(this.#internals, 'watched', this.#watchers.length > 0);
    setState(this.#internals, 'asking', this.#asks);
  }

  #renderCall(call: SipCall): TemplateResult {
    const localize = this.#localize;
    const commands = this.#commands.of(call);
    const {remote} = call;
    const name = nameOf(remote, localize);
    const {client} = this.#client;
    const holds = holdsOther(client, call);
    const ends = !!client && !call.watched && otherSpeaks(client, call);
    return html`<div
      part="call"
      class="card"
      role="group"
      .call=${call}
      aria-label=${incomingText(call, localize)}
    >
      ${urgentSign(call, localize)}
      <slot name="caller-${call.id}">
        <div class="who">
          <div class="avatar rings" aria-hidden="true">${initialsOf(remote)}${pictureOf(remote)}</div>
          <div>
            <bdi class="name line" title=${name}>${personLink(remote, name)}</bdi>
            <span class="quiet"
              >${name === remote.number ? nothing : html`<bdi class="number">${remote.number}</bdi> · `}${this.#kind(
                call,
              )}</span
            >
            ${remote.detail ? html`<bdi class="detail line" title=${remote.detail}>${remote.detail}</bdi>` : nothing}
          </div>
        </div>
      </slot>
      <slot name="details-${call.id}" class="details"></slot>
      ${
        commands.error
          ? errorNotice(commands.error, undefined, {localize, onDismiss: commands.dismiss})
          : nothing
      }
      <div class="actions answers ${holds ? 'holds' : ''}">
        ${answerControls(call, localize, commands, this.screen && sharesScreens(), holds, {ends})}
      </div>
    </div>`;
  }

  get #watchers(): readonly SipCall[] {
    return this.#client.client?.state.watchers ?? [];
  }

  #renderWatchers(): TemplateResult {
    const watchers = this.#watchers;
    return html`<div class="watchers" role="status" ?hidden=${!watchers.length}>
      ${repeat(
        watchers,
        ({id}) => id,
        (call) => watchSign(call, this.#localize, this.#commands.of(call)),
      )}
    </div>`;
  }

  /** Any gesture on the page enables the ringtone; this button is a place to make one. */
  #renderSound(): TemplateResult | typeof nothing {
    const ringer = this.#client.client?.ringer;
    if (!ringer?.state.blocked) return nothing;
    return html`<button part="sound" class="pill sound" type="button" @click=${() => ringer.enable()}>
      ${volume2Icon} ${this.#localize.term('soundOn')}
    </button>`;
  }

  /** Whether to offer notifications; while a call rings, its buttons come first. */
  get #asks(): boolean {
    const may = this.notifications === 'ask' && globalThis.Notification?.permission === 'default';
    return may && !this.calls.length;
  }

  /** Renders a button because browsers grant permission only from a user gesture. */
  #renderNotify(): TemplateResult | typeof nothing {
    if (!this.#asks) return nothing;
    return html`<button part="notify" class="pill" type="button" @click=${this.#onNotify}>
      ${bellIcon} <span class="line">${this.#localize.term('notifyCalls')}</span>
    </button>`;
  }

  readonly #onNotify = async (): Promise<void> => {
    await Notification.requestPermission();
    this.requestUpdate();
  };

  #complain(error: SipError): void {
    dispatchError(this, error);
  }

  /**
   * Moves the focus to the `<sip-call>` after the focused button is gone, so that keyboard users do not start at the
   * top of the page.
   */
  async #handFocusOn(call: SipCall): Promise<void> {
    const root = this.getRootNode() as Document | ShadowRoot;
    for (const stage of root.querySelectorAll('sip-call')) {
      await stage.updateComplete;
      if (stage.call === call) return stage.focus({preventScroll: true});
    }
  }

  #kind(call: SipCall): string {
    return this.#localize.term(incomingTerm(call));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-incoming': SipIncomingElement;
  }
}
