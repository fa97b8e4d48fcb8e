import {html, nothing, type ReactiveControllerHost, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {MediaKinds} from '../../core/types.js';
import {getsVideo, isHeld, sendsVideo} from '../shared/call-picture.js';
import {stallText} from '../shared/call-texts.js';
import {errorNotice, notice} from '../shared/notice.js';
import {nameOf} from '../shared/people/people.js';

/** What there is to say of a call over its picture, one thing at a time, until its user has taken note of it. */
export class CallNotice {
  readonly #host: ReactiveControllerHost;
  readonly #localize: LocalizeController;
  readonly #commands: CommandController;
  #call: SipCall | undefined;
  /** The warning that the user has taken note of. */
  #noted: string | undefined;
  /** The user has taken note that the call was answered by itself. */
  #known = false;
  /** The user has taken note that nothing arrives. */
  #stallNoted = false;
  /** The other side was to be seen already, or was not yet; undefined before the call was answered. */
  #seen: boolean | undefined;
  /** The other side shows a picture in a call that had none. */
  #shown = false;

  constructor(host: ReactiveControllerHost, localize: LocalizeController, commands: CommandController) {
    this.#host = host;
    this.#localize = localize;
    this.#commands = commands;
  }

  /** Follows the call that is shown. */
  follow(call: SipCall | undefined): void {
    if (call !== this.#call) {
      this.#call = call;
      this.#noted = undefined;
      this.#known = false;
      this.#seen = undefined;
      this.#shown = false;
      this.#commands.dismiss();
    }
    if (!call?.state.stalled) this.#stallNoted = false;
    // What goes away and comes back with holding is not new.
    if (call?.state.phase !== 'answered' || isHeld(call)) return;
    const sees = getsVideo(call);
    if (sees && this.#seen === false && !sendsVideo(call)) this.#shown = true;
    if (!sees || sendsVideo(call)) this.#shown = false;
    this.#seen = sees;
  }

  /** @param server - The client's, for its certificate's page. */
  render(server: string | undefined): unknown {
    const call = this.#call;
    const localize = this.#localize;
    const {error} = this.#commands;
    if (error) return errorNotice(error, server, {localize, onDismiss: this.#commands.dismiss});
    if (!call || call.state.phase === 'released') return nothing;
    const {warning, stalled} = call.state;
    const stall = stalled && !this.#stallNoted ? stallText(stalled, localize) : undefined;
    if (stall !== undefined) {
      const onDismiss = this.#changes(() => (this.#stallNoted = true));
      return notice(stall, {localize, warns: true, onDismiss});
    }
    if (warning && warning !== this.#noted) {
      const onDismiss = this.#changes(() => (this.#noted = warning));
      return notice(localize.describe({code: warning}), {localize, warns: true, onDismiss});
    }
    if (call.state.autoAnswered && call.state.phase === 'answered' && !this.#known) {
      const onDismiss = this.#changes(() => (this.#known = true));
      const text = localize.term('autoAnswered', nameOf(call.remote, localize));
      return notice(text, {localize, informs: true, onDismiss});
    }
    if (!this.#shown) return nothing;
    const onDismiss = this.#changes(() => (this.#shown = false));
    const more = html`${this.#changesMedia(call, 'show', 'cameraOn', {video: true})}
    ${this.#changesMedia(call, 'sound-only', 'soundOnly', {video: false})}`;
    const text = localize.term('showsPicture', nameOf(call.remote, localize));
    return notice(text, {localize, informs: true, onDismiss, more});
  }

  /** A button that adds a picture of this side's, or takes all pictures out of the call. */
  #changesMedia(
    call: SipCall,
    part: string,
    term: 'cameraOn' | 'soundOnly',
    media: Partial<MediaKinds>,
  ): TemplateResult {
    return html`<button
      part=${part}
      class="link"
      type="button"
      @click=${() => void this.#commands.run(() => call.setMedia(media))}
    >
      ${this.#localize.term(term)}
    </button>`;
  }

  #changes(change: () => void): () => void {
    return () => {
      change();
      this.#host.requestUpdate();
    };
  }
}
