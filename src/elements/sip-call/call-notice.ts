import {html, nothing, type ReactiveControllerHost, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {MediaKinds} from '../../core/types.js';
import {getsVideo, isHeld, sendsVideo} from '../shared/calls/call-picture.js';
import {stallText} from '../shared/calls/call-texts.js';
import {interruptedNotice, trialLink, warningNotice} from '../shared/calls/call-warning.js';
import {errorNotice, notice} from '../shared/notice.js';
import {nameOf} from '../shared/people/people.js';

/** The notices over a call's video, one at a time, until the user dismisses them. */
export class CallNotice {
  readonly #host: ReactiveControllerHost;
  readonly #localize: LocalizeController;
  readonly #commands: CommandController;
  #call: SipCall | undefined;
  /** The warning that the user has dismissed. */
  #noted: string | undefined;
  /** Whether the user has dismissed the notice that the call was answered automatically. */
  #known = false;
  /** Whether the user has dismissed the notice that no media arrives. */
  #stallNoted = false;
  /** Whether the other side's video was already expected; undefined before the call was answered. */
  #seen: boolean | undefined;
  /** Whether the other side has added video to an audio call. */
  #shown = false;

  constructor(host: ReactiveControllerHost, localize: LocalizeController, commands: CommandController) {
    this.#host = host;
    this.#localize = localize;
    this.#commands = commands;
  }

  /** Sets the call to show notices for. */
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
    if (!call?.state.warning) this.#noted = undefined;
    // Video that stops and resumes with hold is not new.
    if (call?.state.phase !== 'answered' || isHeld(call)) return;
    const sees = getsVideo(call);
    if (sees && this.#seen === false && !sendsVideo(call)) this.#shown = true;
    if (!sees || sendsVideo(call)) this.#shown = false;
    this.#seen = sees;
  }

  /** @param server - The client's server, for the link to its certificate page. */
  render(server: string | undefined): unknown {
    const call = this.#call;
    const localize = this.#localize;
    const commands = this.#commands;
    const {error} = commands;
    const context = {localize, commands};
    if (error)
      return errorNotice(error, server, {
        localize,
        onDismiss: commands.dismiss,
        links: call?.state.warning === error.code ? trialLink(call, error.code, context) : nothing,
      });
    if (!call || call.state.phase === 'released') return nothing;
    const {warning, stalled} = call.state;
    const stall = stalled && !this.#stallNoted ? stallText(stalled, localize) : undefined;
    if (stall !== undefined) {
      const onDismiss = this.#changes(() => (this.#stallNoted = true));
      return notice(stall, {localize, warns: true, onDismiss});
    }
    if (warning && warning !== this.#noted) {
      const onDismiss = this.#changes(() => (this.#noted = warning));
      return warningNotice(call, warning, {...context, onDismiss});
    }
    if (call.state.sound.interrupted) return interruptedNotice(localize);
    if (call.state.autoAnswered && call.state.phase === 'answered' && !this.#known) {
      const onDismiss = this.#changes(() => (this.#known = true));
      const text = localize.term('autoAnswered', nameOf(call.remote, localize));
      return notice(text, {localize, informs: true, onDismiss});
    }
    if (!this.#shown) return nothing;
    const onDismiss = this.#changes(() => (this.#shown = false));
    const links = html`${this.#changesMedia(call, 'show', 'cameraOn', {video: true})}
    ${this.#changesMedia(call, 'sound-only', 'soundOnly', {video: false})}`;
    const text = localize.term('showsPicture', nameOf(call.remote, localize));
    return notice(text, {localize, informs: true, onDismiss, links});
  }

  /** Renders a button that adds the user's video, or removes all video from the call. */
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
