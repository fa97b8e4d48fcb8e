import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipError} from '../../errors.js';
import '../../locales/details-en.js';
import type {InnerElements} from './define-inner.js';
import {property} from './property.js';
import {inner as shared} from './styles/shared.styles.js';

const styles = css`
  :host {
    display: grid;
    gap: var(--_space-2);
    padding-block: var(--_space-1) var(--_space-2);
  }
  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 var(--_space-3);
    margin: 0;
  }
  dd {
    margin: 0;
  }
  p,
  dd {
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }
  .pill {
    justify-self: start;
    flex: none;
    block-size: 2.25rem;
    padding-inline: var(--_space-4);
    background: none;
    border: 1px solid color-mix(in oklab, currentColor 40%, transparent);
  }
`;

/**
 * The details of an error: the sentence for the author of the page, the codes, and a button that copies them. English in
 * every language of the interface: authors look for them in the documentation.
 */
class ErrorDetailsElement extends LitElement {
  static override styles = [shared, styles];

  /** The error. */
  @property({attribute: false}) error: SipError | undefined;

  readonly #localize = new LocalizeController(this);
  #copied = false;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('error')) this.#copied = false;
  }

  protected override render(): TemplateResult | typeof nothing {
    const {error} = this;
    if (!error) return nothing;
    const localize = this.#localize;
    return html`<p lang="en">${error.message}</p>
      <dl>
        ${rows(error).map(
          ([term, value]) =>
            html`<dt class="quiet">${localize.term(term)}</dt>
              <dd class="number">${value}</dd>`,
        )}
      </dl>
      <button class="pill" type="button" @click=${this.#onCopy}>
        ${localize.term(this.#copied ? 'copied' : 'copy')}
      </button>
      <span class="hidden" role="status">${this.#copied ? localize.term('copied') : nothing}</span>`;
  }

  readonly #onCopy = async (): Promise<void> => {
    const {error} = this;
    if (!error) return;
    this.#copied = await copy(textOf(error)).catch(() => this.#copySelected());
    this.requestUpdate();
  };

  /** Selects the text, so that the user can copy it; browsers that allow it on insecure pages copy it at once. */
  #copySelected(): boolean {
    getSelection()?.selectAllChildren(this.renderRoot.querySelector('p')!);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Insecure pages have no clipboard.
    return document.execCommand('copy');
  }
}

/** The codes of an error, with their terms. */
function rows({
  code,
  status,
  apiCode,
}: SipError): (readonly ['errorCode' | 'sipStatus' | 'serverCode', string])[] {
  return [
    ['errorCode', code],
    ...(status === undefined ? [] : [['sipStatus', String(status)] as const]),
    ...(apiCode === undefined ? [] : [['serverCode', String(apiCode)] as const]),
  ];
}

/** What is copied. The address of the page is without its query, and causes are left out: both may contain secrets. */
function textOf(error: SipError): string {
  const {code, status, apiCode, message} = error;
  return [
    [code, status && `SIP ${status}`, apiCode && `API ${apiCode}`].filter(Boolean).join(', '),
    message,
    location.origin + location.pathname,
    navigator.userAgent,
    new Date().toISOString(),
  ].join('\n');
}

async function copy(text: string): Promise<true> {
  await navigator.clipboard.writeText(text);
  return true;
}

export const inner: InnerElements = {'sip-error-details': ErrorDetailsElement};
