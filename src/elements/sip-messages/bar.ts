import {html, nothing, type TemplateResult} from 'lit';
import {chevronRightIcon, messageSquareIcon, trash2Icon} from '../shared/icons.js';
import {notice} from '../shared/notice.js';
import {nameLine} from '../shared/people/people.js';
import type {MessagesContext} from './host.js';

/** The requests of the bar. */
export interface MessagesBarRequests {
  /** Called to show all conversations. */
  readonly onBack: () => void;
  /** Called to clear the conversation, after confirmation. */
  readonly onClear: () => void;
}

/**
 * The bar above the messages: the back button, the name, and the button that clears the conversation after
 * confirmation.
 */
export class MessagesBar {
  readonly #context: MessagesContext;
  readonly #requests: MessagesBarRequests;
  #clearing = false;

  constructor(context: MessagesContext, requests: MessagesBarRequests) {
    this.#context = context;
    this.#requests = requests;
  }

  /** Resets the bar for another conversation. */
  begin(): void {
    this.#clearing = false;
  }

  /** @param filled - Whether there are messages to clear. */
  render(number: string, name: string, filled: boolean): TemplateResult {
    const {localize} = this.#context;
    if (!number)
      return html`<div class="bar">
        ${messageSquareIcon}<b class="line">${localize.term('messages')}</b>
      </div>`;
    const back = html`<span class="back">${chevronRightIcon}</span>`;
    return html`<div class="bar">
        ${this.#renderButton('back', localize.term('allConversations'), back, this.#requests.onBack)}
        ${nameLine({number, name}, localize)}
        <span class="space"></span>
        ${
          filled
            ? this.#renderButton('clear', localize.term('clearMessages'), trash2Icon, () => this.#ask(true))
            : nothing
        }
      </div>
      ${this.#clearing ? this.#renderQuestion(name) : nothing}`;
  }

  #renderButton(part: string, name: string, icon: TemplateResult, onClick: () => void): TemplateResult {
    return html`<button
      part=${part}
      class="toggle"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${onClick}
    >
      ${icon}
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
