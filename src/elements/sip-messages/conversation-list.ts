import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipMessages} from '../../core/messages/messages.js';
import type {ConversationSummary} from '../../core/messages/messages-state.js';
import {shortMoment} from '../shared/history-time.js';
import {messageSquareIcon} from '../shared/icons.js';
import {nameLine} from '../shared/people/people.js';
import {repeat} from '../shared/repeat.js';

/** Renders all conversations, the newest first; a press opens one. */
export function conversationList(
  {state}: SipMessages,
  localize: LocalizeController,
  onOpen: (conversation: ConversationSummary) => void,
): TemplateResult {
  if (!state.conversations.length)
    return html`<div class="empty">
      ${messageSquareIcon}<b>${localize.term('noConversation')}</b>
      <p class="quiet">${localize.term('noConversationHint')}</p>
    </div>`;
  const now = Date.now();
  return html`<div role="list" class="conversations">
    ${repeat(
      state.conversations,
      ({number}) => number,
      (conversation) => {
        const {unread, last} = conversation;
        const count = localize.term('unreadCount', String(unread));
        return html`<div role="listitem">
          <button part="conversation" class="conversation" type="button" @click=${() => onOpen(conversation)}>
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
      },
    )}
  </div>`;
}
