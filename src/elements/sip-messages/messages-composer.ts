import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {clientContext} from '../../context/client-context.js';
import {inherited} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {isRegistered} from '../shared/registration.js';
import {form} from '../shared/styles/form.styles.js';
import {listPanel} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import type {Drafts} from './drafts.js';
import {paperclipIcon, sendIcon} from './icons.js';

/**
 * The message field, with the buttons that send the message and attach a file.
 *
 * @fires {CustomEvent<string>} text - The user sends a text.
 * @fires {CustomEvent<File>} file - The user sends a file.
 */
export class MessagesComposerElement extends LitElement {
  static readonly parts = 'field, attach, send';

  static override styles = [
    inner,
    listPanel,
    form,
    css`
      form {
        display: flex;
        align-items: flex-end;
        gap: var(--_space-2);
        padding: var(--_space-2);
        border-block-start: 1px solid var(--_border);
      }
      .act {
        inline-size: var(--_control);
        block-size: var(--_control);
      }
      .act.accent,
      .act.accent:hover {
        background: var(--_accent);
        color: var(--_surface);
      }
      textarea.input {
        flex: 1;
        min-block-size: var(--_control);
        block-size: auto;
        max-block-size: 8rem;
        padding-block: 0.625rem;
        resize: none;
        field-sizing: content;
      }
      @container (block-size < 18rem) {
        form {
          padding-block: var(--_space-1);
        }
      }
      textarea::placeholder {
        color: var(--_quiet);
        opacity: 1;
      }
    `,
  ];

  @inherited(clientContext) client!: BaseClient;
  /** The number of the other side. */
  @property({attribute: false}) number = '';
  @property({attribute: false}) drafts!: Drafts;

  @query('textarea') private readonly field!: HTMLTextAreaElement | null;
  @query('input') private readonly files!: HTMLInputElement | null;
  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.client]);
    new FocusKeeper(this);
  }

  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  protected override render(): TemplateResult {
    const reason = this.#reason;
    const [write, send, attach] = (['writeMessage', 'sendMessage', 'attachFile'] as const).map((term) =>
      this.#localize.term(term),
    );
    return html`<form @submit=${this.#onSubmit}>
      ${
        this.client.capabilities.upload
          ? html`<button
                part="attach"
                class="act"
                type="button"
                aria-label=${attach!}
                title=${this.#localize.explained(attach!, reason)}
                aria-disabled=${reason ? 'true' : nothing}
                @click=${this.#onAttach}
              >
                ${paperclipIcon}</button
              ><input type="file" hidden multiple @change=${this.#onChosen} />`
          : nothing
      }
      <textarea
        part="field"
        class="input"
        rows="1"
        dir="auto"
        aria-label=${write!}
        placeholder=${write!}
        .value=${live(this.drafts.get(this.number))}
        @input=${this.#onInput}
        @keydown=${this.#onKeydown}
        @paste=${this.#onPaste}
      ></textarea>
      <button
        part="send"
        class="act accent"
        type="submit"
        aria-label=${send!}
        title=${this.#localize.explained(send!, reason)}
        aria-disabled=${reason ? 'true' : nothing}
      >
        ${sendIcon}
      </button>
    </form>`;
  }

  /** Why nothing can be sent now; while a lost connection is being restored, messages are queued. */
  get #reason(): string | undefined {
    const {state, capabilities} = this.client;
    if (state.connection === 'reconnecting') return undefined;
    if (!isRegistered(this.client)) return this.#localize.describe({code: 'not-registered'});
    return capabilities.message ? undefined : this.#localize.term('noMessaging');
  }

  #send(): void {
    const {field} = this;
    if (!field?.value.trim() || this.#reason) return;
    const text = field.value;
    this.drafts.set(this.number, '');
    field.value = '';
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('text', {detail: text}));
  }

  #sendFiles(files: readonly File[]): void {
    if (this.#reason) return;
    for (const file of files) this.dispatchEvent(new CustomEvent('file', {detail: file}));
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#send();
    this.focus();
  };

  readonly #onInput = ({currentTarget}: Event): void => {
    const {value} = currentTarget as HTMLTextAreaElement;
    this.drafts.set(this.number, value);
    if (!this.#reason) this.client.messages.setComposing(this.number, value.trim() !== '');
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    // Enter may choose a word. Safari ends the composition before the key event, which then shows only in this key
    // code.
    const {keyCode} = event as {readonly keyCode: number};
    const composing = event.isComposing || keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    if (!event.repeat) this.#send();
  };

  readonly #onPaste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.#sendFiles(files);
  };

  readonly #onAttach = (): void => {
    if (!this.#reason) this.files?.click();
  };

  readonly #onChosen = ({currentTarget}: Event): void => {
    const input = currentTarget as HTMLInputElement;
    this.#sendFiles([...(input.files ?? [])]);
    // Allows the same file to be chosen again.
    input.value = '';
  };
}
