import {html, LitElement, nothing, type TemplateResult} from 'lit';

import {ClientController} from '../../controllers/client-controller.js';
import {CallCommands} from '../../controllers/call-commands.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {tellError} from '../../controllers/sip-error-event.js';
import {StateController} from '../../controllers/state-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {isWaiting} from '../../core/call/newest-call.js';
import type {SipError} from '../../errors.js';
import {answerControls} from '../shared/answer-controls.js';
import {incomingTerm} from '../shared/call-texts.js';
import {repeat} from '../shared/repeat.js';
import {setState} from '../shared/custom-state.js';
import {bellIcon, volume2Icon} from '../shared/icons.js';
import {errorNotice} from '../shared/notice.js';
import {initialsOf, nameOf} from '../shared/people/people.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {} from '../sip-call/sip-call.js';
import {BackgroundLoader} from './background-loader.js';
import {styles} from './sip-incoming.styles.js';
import {sharesScreens} from '../controls/sip-screen-button.js';
import {watchSign} from './watch-sign.js';

/**
 * Shows who rings, and lets the user answer with sound, with a picture, or decline. Several may ring at once. Shows also who
 * asks to see the camera, and who sees it at this moment, until that is stopped.
 *
 * While nothing rings and nobody looks there is nothing to see. A call that the page keeps quiet (it prevented `sip-call-received`) is
 * not shown. A new call is read out once by a screen reader; the focus stays where it is, since somebody may be typing.
 * Where it was on a call's buttons, it goes on to the `<sip-call>` that shows the call.
 *
 * While the page is hidden, title and icon say who rings, in turn with the page's own, and where the user has allowed the site
 * notifications there is one for each call; pressing it brings the page to the front.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A call could not be answered or declined; there is no such `notification-worker`.
 * @csspart call - The box around each call.
 * @csspart decline - The button that declines.
 * @csspart answer-audio - The button that answers with sound.
 * @csspart answer-video - The button that answers with a picture.
 * @csspart answer-screen - The button that answers with sound and shares the screen, where there is `screen`.
 * @csspart show-camera - The button that shows somebody the camera.
 * @csspart watcher - The sign that somebody sees the camera.
 * @csspart stop-watching - The button that ends that.
 * @csspart sound - The button that lets the ringing be heard, where the browser keeps it off.
 * @csspart notify - The button that has the browser ask for notifications.
 * @csspart notice - What went wrong.
 * @cssstate ringing - Something rings.
 * @cssstate watched - Somebody sees the camera.
 * @cssstate asking - It has the button that asks for notifications.
 */
export class SipIncomingElement extends LitElement {
  static override styles = [shared, styles];

  /** The id of the `<sip-client>`; the nearest one around it where it is empty. */
  @property({attribute: 'for'}) htmlFor = '';
  /**
   * Notifications while the page is hidden: where the user has allowed them already, which is the default; `ask` shows a button
   * that has the browser ask, until it was answered; `none` shows none.
   */
  @property() notifications: '' | 'ask' | 'none' = '';
  /**
   * The address of the service worker `sip-notification-worker.js`, on the page's origin. With it a notification has buttons that
   * answer, with sound alone, and decline. Who wants to see the camera is never let in by one.
   */
  @property({attribute: 'notification-worker'}) notificationWorker = '';
  /** Offers to answer and share the screen, where the browser can. */
  @property({type: Boolean}) screen = false;

  readonly #internals = this.attachInternals();
  readonly #client = new ClientController(this, () => this.htmlFor);
  readonly #commands = new CallCommands(this);
  readonly #localize = new LocalizeController(this);
  /** The call whose button had the focus when rendering began. */
  #focused: SipCall | undefined;

  constructor() {
    super();
    new StateController(this, () => [
      this.#client.client,
      this.#client.client?.ringer,
      ...(this.#client.client?.state.calls ?? []),
    ]);
    new BackgroundLoader(this, () => ({
      calls: this.calls,
      notifies: this.notifications !== 'none',
      worker: this.notificationWorker,
      localize: this.#localize,
      commandsOf: (call) => this.#commands.of(call),
      onError: (error) => this.#complain(error),
    }));
  }

  /** The calls that ring here, oldest first. */
  get calls(): readonly SipCall[] {
    return (this.#client.client?.state.calls ?? []).filter((call) => isWaiting(call) && !call.state.quiet);
  }

  protected override willUpdate(): void {
    const card = this.shadowRoot?.activeElement?.closest<HTMLElement & {call?: SipCall}>('[part=call]');
    this.#focused = card?.call;
  }

  protected override render(): TemplateResult {
    const calls = this.calls;
    const newest = calls.at(-1);
    return html`
      <div class="hidden" role="alert">${newest ? this.#announcement(newest) : nothing}</div>
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
    if (this.#focused && !this.shadowRoot?.activeElement) void this.#handFocusOn(this.#focused);
  }

  #renderCall(call: SipCall): TemplateResult {
    const localize = this.#localize;
    const commands = this.#commands.of(call);
    const {remote} = call;
    const name = nameOf(remote, localize);
    return html`<div
      part="call"
      class="card"
      role="group"
      .call=${call}
      aria-label=${this.#announcement(call)}
    >
      <div class="who">
        <div class="avatar rings" aria-hidden="true">${initialsOf(remote)}</div>
        <div>
          <bdi class="name line" title=${name}>${name}</bdi>
          <span class="quiet"
            >${name === remote.number ? nothing : html`<bdi class="number">${remote.number}</bdi> · `}${this.#kind(
              call,
            )}</span
          >
        </div>
      </div>
      ${
        commands.error
          ? errorNotice(commands.error, undefined, {localize, onDismiss: commands.dismiss})
          : nothing
      }
      <div class="actions">${answerControls(call, localize, commands, this.screen && sharesScreens())}</div>
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

  /** Any gesture on the page lets it ring; here is one to make. */
  #renderSound(): TemplateResult | typeof nothing {
    const ringer = this.#client.client?.ringer;
    if (!ringer?.state.blocked) return nothing;
    return html`<button part="sound" class="pill sound" type="button" @click=${() => ringer.enable()}>
      ${volume2Icon} ${this.#localize.term('enableSound')}
    </button>`;
  }

  /** Whether it asks for notifications; whoever is called has something else to press. */
  get #asks(): boolean {
    const may = this.notifications === 'ask' && globalThis.Notification?.permission === 'default';
    return may && !this.calls.length;
  }

  /** Browsers ask within a gesture alone. */
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
    tellError(this, error);
  }

  /** The button that had the focus is gone: whoever works by keyboard goes on at the call, not at the page's top. */
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

  #announcement(call: SipCall): string {
    return `${this.#kind(call)}: ${nameOf(call.remote, this.#localize)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-incoming': SipIncomingElement;
  }
}
