import {html, nothing, type TemplateResult} from 'lit';
import {chevronRightIcon, messageSquareIcon, trash2Icon} from '../shared/icons.js';
import {notice} from '../shared/notice.js';
import {nameLine} from '../shared/people/people.js';
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
