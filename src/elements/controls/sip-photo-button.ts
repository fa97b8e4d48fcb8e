import '../../locales/controls-en.js';
import {html, type TemplateResult} from 'lit';
import {state} from 'lit/decorators.js';
import {pictureOf} from '../../core/call/call-photo.js';
import type {SipCall} from '../../core/call/call.js';
import {CallControlElement} from './call-control.js';
import {cameraIcon, checkIcon} from '../shared/icons/controls.js';
import {takePhoto} from '../shared/calls/photo.js';
import {property} from '../shared/property.js';
import {styles} from './sip-photo-button.styles.js';

export type {PhotoDetail} from '../shared/calls/photo.js';

/** How long the button confirms a photo, in milliseconds. */
const CONFIRMATION = 2000;

/**
 * Takes a photo of the other side's video, or of the user's own, and downloads it.
 *
 * @fires {CustomEvent<PhotoDetail>} sip-photo - A photo was taken. Cancelable: if canceled, it is not downloaded.
 * @fires {CustomEvent<{error: SipError}>} sip-error - No photo could be taken.
 * @slot icon - An icon instead of the element's own.
 * @csspart button - The button.
 */
export class SipPhotoButtonElement extends CallControlElement {
  static override styles = [super.styles, styles];

  /** The file's name: `{number}`, `{name}`, `{id}` and `{time}` are filled in; `{{` is a literal brace. */
  @property() name = 'photo-{number}-{time}';
  /** Whose video: `remote` or `local`. */
  @property() of: 'remote' | 'local' = 'remote';

  /** The message about the last photo, shown for a moment. */
  @state() private confirmation: 'photoSaved' | 'photoTaken' | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#confirm(undefined);
  }

  protected override render(): TemplateResult {
    const {localize, confirmation} = this;
    const own = this.of === 'local';
    return html`<span class="frame ${confirmation ? 'confirmed' : ''}"
        >${this.button({
          part: 'photo',
          name: localize.term(own ? 'takeOwnPhoto' : 'takePhoto'),
          icon: confirmation ? checkIcon : cameraIcon,
          reason: this.#reason,
          command: (call) => this.#take(call),
        })}</span
      ><span class="hidden" role="status">${confirmation ? localize.term(confirmation) : ''}</span>`;
  }

  get #reason(): string | undefined {
    const call = this.current;
    if (call?.state.phase !== 'answered') return this.localize.term('notYet');
    return pictureOf(call, this.of) ? undefined : this.localize.term('noPicture');
  }

  async #take(call: SipCall): Promise<void> {
    const {saves} = await takePhoto(this, call, {name: this.name, of: this.of});
    this.#confirm(saves ? 'photoSaved' : 'photoTaken');
  }

  #confirm(confirmation: typeof this.confirmation): void {
    clearTimeout(this.#timer);
    this.confirmation = this.isConnected ? confirmation : undefined;
    if (this.confirmation) this.#timer = setTimeout(() => this.#confirm(undefined), CONFIRMATION);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-photo-button': SipPhotoButtonElement;
  }
}
