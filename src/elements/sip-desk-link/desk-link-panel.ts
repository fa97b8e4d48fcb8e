import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {toSipError} from '../../errors.js';
import '../../locales/desk/desk-link-en.js';
import '../../locales/details-en.js';
import {errorNotice} from '../shared/notice.js';
import {inner} from '../shared/styles/shared.styles.js';
import {copyText} from './copy-text.js';
import {styles} from './desk-link-panel.styles.js';
import {deskLinkOf, type DeskLink} from './desk-link.js';
import {qrCodeOf, type QrCode} from './qr-code.js';

/** The contents of a `<sip-desk-link>`. */
export class DeskLinkPanelElement extends LitElement {
  static readonly parts = 'panel, title, code, link, copy, notice';

  static override styles = [inner, styles];

  /** The properties are those of `<sip-desk-link>`. */
  @property({attribute: false}) href = '';
  @property({attribute: false}) label = '';
  @property({attribute: false}) token = '';

  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  #link: DeskLink | undefined;
  #code: QrCode | undefined;
  #copied = false;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('href') && !changed.has('token')) return;
    this.#link = this.#code = undefined;
    this.#copied = false;
    this.#commands.dismiss();
    // A script may still set it.
    if (!this.href) return;
    try {
      this.#link = deskLinkOf(this.href, this.token);
      this.#code = qrCodeOf(this.#link.href);
    } catch (error) {
      this.#commands.fail(toSipError(error));
    }
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {error, dismiss} = this.#commands;
    const title = this.label || localize.term('deskLink');
    return html`<div part="panel" class="card" role="group" aria-label=${title}>
      <b part="title" class="title"><bdi>${title}</bdi></b>
      ${error ? errorNotice(error, undefined, {localize, onDismiss: this.#link && dismiss}) : nothing}
      ${this.#link && this.#code ? this.#renderCode(this.#link, this.#code, title) : nothing}
      ${this.href ? nothing : html`<p class="quiet">${localize.term('deskLinkNone')}</p>`}
    </div>`;
  }

  #renderCode({shown}: DeskLink, {size, path}: QrCode, title: string): TemplateResult {
    const localize = this.#localize;
    return html`<svg
        part="code"
        class="code"
        viewBox="0 0 ${size} ${size}"
        role="img"
        aria-label=${localize.term('deskLinkCode', title)}
      >
        ${path}
      </svg>
      <p>${localize.term('deskLinkScan')}</p>
      ${this.token ? html`<p class="quiet">${localize.term('deskLinkToken')}</p>` : nothing}
      <p part="link" class="link-text" dir="ltr">${shown}</p>
      <button part="copy" class="pill" type="button" @click=${this.#onCopy}>
        ${localize.term(this.#copied ? 'copied' : 'deskLinkCopy')}
      </button>
      <span class="hidden" role="status">${this.#copied ? localize.term('copied') : nothing}</span>`;
  }

  readonly #onCopy = (): void => {
    const {href} = this.#link!;
    void this.#commands.run(async () => {
      await copyText(href);
      this.#copied = href === this.#link?.href;
    });
  };
}
