import {html, nothing, type TemplateResult} from 'lit';
import {live} from 'lit/directives/live.js';
import type {MessagesContext} from './host.js';
import {paperclipIcon, sendIcon} from './icons.js';

/** What is done with what a person wrote or chose. */
export interface ComposeActions {
  /** Why nothing can be sent at this moment. */
  readonly blocked: () => string | undefined;
  readonly onText: (text: string) => void;
  readonly onFile: (file: File) => void;
}

/** The field in which a message is written, with the buttons that send it and bring a file. */
export class Compose {
  readonly #context: MessagesContext;
  readonly #actions: ComposeActions;
  /** What was begun and is not sent, by number. */
  readonly #drafts = new Map<string, string>();
  /** The number that the field was drawn for. */
  #number = '';

  constructor(context: MessagesContext, actions: ComposeActions) {
    this.#context = context;
    this.#actions = actions;
  }

  get field(): HTMLTextAreaElement | null {
    return this.#context.host.renderRoot.querySelector('textarea');
  }

  /** Puts back what could not be sent, unless something else was written meanwhile. */
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
    // Enter may choose a word. Safari ends the composition before it tells of the key, which only this number shows then.
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
    // The same file can be chosen once more.
    input.value = '';
  };

  #bring(files: readonly File[]): void {
    if (!this.#actions.blocked()) files.forEach((file) => this.#actions.onFile(file));
  }
}
