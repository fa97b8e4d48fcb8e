import {html, nothing, type TemplateResult} from 'lit';
import {live} from 'lit/directives/live.js';
import type {MessagesContext} from './host.js';
import {paperclipIcon, sendIcon} from './icons.js';

/** The handlers of a text or file to send. */
export interface ComposeActions {
  /** Returns why nothing can be sent now. */
  readonly blocked: () => string | undefined;
  readonly onText: (text: string) => void;
  readonly onFile: (file: File) => void;
}

/** The message field, with the buttons that send the message and attach a file. */
export class Compose {
  readonly #context: MessagesContext;
  readonly #actions: ComposeActions;
  /** The unsent drafts, by number. */
  readonly #drafts = new Map<string, string>();
  /** The number for which the field was rendered. */
  #number = '';

  constructor(context: MessagesContext, actions: ComposeActions) {
    this.#context = context;
    this.#actions = actions;
  }

  get field(): HTMLTextAreaElement | null {
    return this.#context.host.renderRoot.querySelector('textarea');
  }

  /** Restores a text that could not be sent, unless the user has typed something else meanwhile. */
  restore(number: string, text: string): void {
    if (this.#drafts.get(number)) return;
    this.#drafts.set(number, text);
    this.#context.host.requestUpdate();
  }

  render(number: string, files: boolean): TemplateResult {
    this.#number = number;
    const {localize} = this.#context;
    const reason = this.#actions.blocked();
    const [write, send, attach] = (['writeMessage', 'sendMessage', 'attachFile'] as const).map((term) =>
      localize.term(term),
    );
    return html`<form class="compose" @submit=${this.#onSubmit}>
      ${
        files
          ? html`<button
                part="attach"
                class="act"
                type="button"
                aria-label=${attach!}
                title=${reason ? `${attach!}: ${reason}` : attach!}
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
        .value=${live(this.#drafts.get(number) ?? '')}
        @input=${this.#onInput}
        @keydown=${this.#onKeydown}
        @paste=${this.#onPaste}
      ></textarea>
      <button
        part="send"
        class="act go"
        type="submit"
        aria-label=${send!}
        title=${reason ? `${send!}: ${reason}` : send!}
        aria-disabled=${reason ? 'true' : nothing}
      >
        ${sendIcon}
      </button>
    </form>`;
  }

  #send(): void {
    const {host} = this.#context;
    const {field} = this;
    if (!field?.value.trim() || this.#actions.blocked()) return;
    const text = field.value;
    this.#drafts.delete(this.#number);
    field.value = '';
    host.requestUpdate();
    this.#actions.onText(text);
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#send();
    this.field?.focus();
  };

  readonly #onInput = ({currentTarget}: Event): void => {
    this.#drafts.set(this.#number, (currentTarget as HTMLTextAreaElement).value);
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
    this.#bring(files);
  };

  readonly #onAttach = (): void => {
    if (!this.#actions.blocked()) this.#context.host.renderRoot.querySelector('input')?.click();
  };

  readonly #onChosen = ({currentTarget}: Event): void => {
    const input = currentTarget as HTMLInputElement;
    this.#bring([...(input.files ?? [])]);
    // Allows the same file to be chosen again.
    input.value = '';
  };

  #bring(files: readonly File[]): void {
    if (!this.#actions.blocked()) files.forEach((file) => this.#actions.onFile(file));
  }
}
