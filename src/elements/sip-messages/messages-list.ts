import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {DayController} from '../../controllers/day-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {SipMessages} from '../../core/messages/messages.js';
import type {ConversationSummary} from '../../core/messages/messages-state.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {shortMoment} from '../shared/history-time.js';
import {nameLine} from '../shared/people/people.js';
import {repeat} from '../shared/repeat.js';
import {listPanel} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {emptyNote} from '../shared/empty-note.js';
import {messageSquareIcon} from '../shared/icons.js';

/** The parts of a list that pages style. */
export const LIST_PARTS = 'conversation';

/**
 * All conversations, the newest first; pressing one opens it.
 *
 * @fires {CustomEvent<ConversationSummary>} open - A conversation is pressed.
 */
export class MessagesListElement extends LitElement {
  static override styles = [
    inner,
    listPanel,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-block-size: 0;
      }
      .conversations {
        max-block-size: var(--sip-messages-height, 24rem);
        overflow-y: auto;
        overscroll-behavior: contain;
      }
      .conversation {
        display: flex;
        flex: 1;
        align-items: center;
        gap: var(--_space-3);
        min-inline-size: 0;
        padding: var(--_space-2) var(--_space-4);
        text-align: start;
      }
      .conversation:hover {
        background: var(--_fill);
      }
      /* It begins where the name does, whatever it is written in. */
      .conversation [dir='auto'] {
        text-align: match-parent;
      }
      .conversation time {
        flex: none;
        font-size: var(--_text-s);
      }
      .badge {
        flex: none;
        padding: 0.0625rem 0.4375rem;
        border-radius: var(--_radius-full);
        font-size: var(--_text-s);
        font-weight: 700;
        background: var(--_danger);
        color: var(--_on-danger);
      }
      @media (forced-colors: active) {
        .badge {
          border: 1px solid;
        }
      }
    `,
  ];

  @property({attribute: false}) messages!: SipMessages;

  readonly #localize = new LocalizeController(this);

  constructor() {
    super();
    new StateController(this, () => [this.messages]);
    new DayController(this);
    new FocusKeeper(this);
  }

  protected override render(): TemplateResult {
    const {conversations} = this.messages.state;
    if (!conversations.length)
      return emptyNote(
        messageSquareIcon,
        this.#localize.term('noConversationHint'),
        this.#localize.term('noConversation'),
      );
    const now = Date.now();
    return html`<div role="list" class="conversations">
      ${repeat(
        conversations,
        ({number}) => number,
        (conversation) => this.#renderConversation(conversation, now),
      )}
    </div>`;
  }

  #renderConversation(conversation: ConversationSummary, now: number): TemplateResult {
    const {unread, last} = conversation;
    const localize = this.#localize;
    const count = localize.term('unreadCount', String(unread));
    return html`<div role="listitem">
      <button
        part="conversation"
        class="conversation"
        type="button"
        @click=${() => this.dispatchEvent(new CustomEvent('open', {detail: conversation}))}
      >
        <span class="words"
          >${nameLine(conversation, localize)}<span class="quiet line" dir="auto"
            >${last?.file?.name ?? last?.text.slice(0, 200)}</span
          ></span
        >
        ${last ? html`<time class="quiet"><bdi>${shortMoment(last.time, now, localize.lang())}</bdi></time>` : nothing}
        ${
          unread
            ? html`<span class="badge number" title=${count}
                ><span aria-hidden="true">${unread}</span><span class="hidden">${count}</span></span
              >`
            : nothing
        }
      </button>
    </div>`;
  }
}
