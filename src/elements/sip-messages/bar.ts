import {html, nothing, type TemplateResult} from 'lit';
import {chevronRightIcon, messageSquareIcon, trash2Icon} from '../icons.js';
import {notice} from '../notice.js';
import {nameLine} from '../people.js';
import type {MessagesContext} from './host.js';

/** What the bar asks for. */
export interface MessagesBarRequests {
  /** All conversations are to be shown. */
  readonly onBack: () => void;
  /** The conversation is to be emptied, as was asked back. */
  readonly onClear: () => void;
}

/** What is above the messages: the way back, who it is, and the button that empties the conversation, which asks back. */
export class MessagesBar {
  readonly #context: MessagesContext;
  readonly #requests: MessagesBarRequests;
  #clearing = false;

  constructor(context: MessagesContext, requests: MessagesBarRequests) {
    this.#context = context;
    this.#requests = requests;
  }

  /** Another conversation is shown. */
  begin(): void {
    this.#clearing = false;
  }

  /** @param filled - Whether there is something that could be emptied. */
  render(number: string, name: string, filled: boolean): TemplateResult {
    const {localize} = this.#context;
    if (!number)
      return html`<div class="bar">
        ${messageSquareIcon}<b class="line">${localize.term('messages')}</b>
      </div>`;
    const back = localize.term('allConversations');
    return html`<div class="bar">
        <button
          part="back"
          class="toggle"
          type="button"
          aria-label=${back}
          title=${back}
          @click=${this.#requests.onBack}
        >
          <span class="back">${chevronRightIcon}</span>
        </button>
        ${nameLine({number, name}, localize)}
        <span class="space"></span>
        ${filled ? this.#renderClear() : nothing}
      </div>
      ${this.#clearing ? this.#renderQuestion(name) : nothing}`;
  }

  #renderClear(): TemplateResult {
    const clear = this.#context.localize.term('clearMessages');
    return html`<button
      part="clear"
      class="toggle"
      type="button"
      aria-label=${clear}
      title=${clear}
      @click=${() => this.#ask(true)}
    >
      ${trash2Icon}
    </button>`;
  }

  #renderQuestion(name: string): TemplateResult {
    const {localize} = this.#context;
    const more = html`<div class="choices">
      <button part="clear-all" class="link" type="button" @click=${this.#onClear}>
        ${localize.term('clearMessages')}
      </button>
      <button class="link" type="button" @click=${() => this.#ask(false)}>${localize.term('cancel')}</button>
    </div>`;
    return notice(localize.term('clearMessagesOf', name), {localize, warns: true, more});
  }

  #ask(clearing: boolean): void {
    this.#clearing = clearing;
    this.#context.host.requestUpdate();
  }

  readonly #onClear = (): void => {
    this.#ask(false);
    this.#requests.onClear();
  };
}
