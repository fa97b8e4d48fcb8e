import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {clientContext} from '../../context/client-context.js';
import {DayController} from '../../controllers/day-controller.js';
import {inherited} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {groupConversation, groupOf, type SipMessage} from '../../core/messages/message.js';
import type {ConversationSummary} from '../../core/messages/messages-state.js';
import type {Party} from '../../core/types.js';
import {emptyNote} from '../shared/empty-note.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {shortMoment} from '../shared/history-time.js';
import {searchField} from '../shared/fields/search-field.js';
import {searchIcon} from '../shared/icons/later.js';
import {messageSquareIcon, usersIcon} from '../shared/icons/phone.js';
import {initialsOf, nameLine, pictureOf} from '../shared/people/people.js';
import {repeat} from '../shared/repeat.js';
import {form} from '../shared/styles/form.styles.js';
import {initials, listPanel} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import type {Drafts} from './drafts.js';
import {GROUP_CODE} from './group-code.js';
import {marked} from './marked.js';
import {MessageSearch} from './message-search.js';
import {partyOf, type Opening} from './opening.js';
import {stateMark, stateMarkStyles} from './state-mark.js';

/**
 * All conversations, the newest first; pressing one opens it. A search finds conversations by name or number, and
 * messages by their words.
 *
 * @fires {CustomEvent<Opening>} open - A conversation or a message is pressed.
 */
export class MessagesListElement extends LitElement {
  static readonly parts = 'search, conversation, state';

  static override styles = [
    inner,
    form,
    listPanel,
    initials,
    stateMarkStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-block-size: 0;
      }
      .find {
        position: relative;
        padding: var(--_space-2) var(--_space-3);
        border-block-end: 1px solid var(--_border);
      }
      .find .icon {
        position: absolute;
        inset-block-start: calc(50% - 0.5625rem);
        inset-inline-start: var(--_space-6);
        inline-size: 1.125rem;
        block-size: 1.125rem;
        color: var(--_quiet);
        pointer-events: none;
      }
      .find .input {
        padding-inline: 2.5rem;
        border-radius: var(--_radius-full);
      }
      .find .input:placeholder-shown::-webkit-search-cancel-button {
        display: none;
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
      /* The ring is not cut by the list. */
      .conversation:focus-visible {
        outline: 2px solid var(--_accent);
        outline-offset: -2px;
        box-shadow: none;
      }
      .head {
        display: flex;
        align-items: baseline;
        gap: var(--_space-2);
        min-inline-size: 0;
      }
      .head > .party,
      .state > .line {
        flex: 1;
      }
      .head > time {
        flex: none;
        font-size: var(--_text-s);
      }
      .draft {
        flex: none;
        font-weight: 600;
        color: var(--_accent);
      }
      .heading {
        padding: var(--_space-3) var(--_space-4) var(--_space-1);
        font-size: var(--_text-s);
        font-weight: 600;
        color: var(--_quiet);
      }
      /* In a low place, the list needs the room: the search is in the bar, and rows are narrow. */
      @container (block-size < 18rem) {
        :host {
          display: contents;
        }
        .find {
          grid-area: 1 / 1;
          padding-block: var(--_space-1);
          padding-inline-end: 0;
        }
        .find .input {
          --_control: max(2.25rem, 36px);
        }
        .conversations {
          grid-column: 1 / -1;
          max-block-size: calc(var(--sip-messages-height, 24rem) + 3.75rem);
        }
        .conversation {
          padding-block: var(--_space-1);
        }
      }
      mark {
        border-radius: 0.125rem;
        color: var(--_text);
        background: color-mix(in oklab, var(--_warning) 30%, transparent);
      }
      .badge {
        flex: none;
        /* A row keeps its height when it is read. */
        margin-block: -0.0625rem;
        padding: 0.0625rem 0.4375rem;
        border-radius: var(--_radius-full);
        font-size: var(--_text-s);
        font-weight: 700;
        background: var(--_danger);
        color: var(--_on-danger);
      }
      @media (forced-colors: active) {
        .badge {
          padding-block: 0;
          border: 1px solid;
        }
      }
    `,
  ];

  @inherited(clientContext) client!: BaseClient;
  @property({attribute: false}) drafts!: Drafts;

  @query('input') private readonly field!: HTMLInputElement | null;
  readonly #localize = new LocalizeController(this);
  readonly #search = new MessageSearch(this, async (text) => {
    const [messages, groups] = await Promise.all([this.client.messages.search(text), this.#findGroups(text)]);
    return {messages, groups};
  });

  constructor() {
    super();
    new StateController(this, () => [this.client, this.client.messages]);
    new DayController(this);
    new FocusKeeper(this, () => () => this.field);
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const all = this.#all;
    const none = all.length
      ? undefined
      : emptyNote(messageSquareIcon, localize.term('noConversationHint'), localize.term('noConversation'));
    // Groups can be found before there is a conversation.
    if (none && !this.client.capabilities.directory) return none;
    const text = this.#search.text.trim();
    const people = text ? this.#matching(all) : all;
    // Keys scroll what is read there, which has no buttons.
    const isEmpty = text ? this.#findsNothing(people) : !!none;
    return html`<div class="find" role="search">
        ${searchField({
          label: localize.term('searchMessages'),
          text: this.#search.text,
          framed: true,
          onSearch: (searched) => this.#search.search(searched),
          onKeydown: this.#onKeydown,
        })}
      </div>
      <div class="hidden" role="status">${text ? this.#foundText(people) : nothing}</div>
      <div class="conversations" tabindex=${isEmpty ? '0' : nothing}>
        ${text ? this.#renderFound(people, all) : (none ?? this.#renderList(all))}
      </div>`;
  }

  /** The conversations with their names, preceded by those that have only a draft. */
  get #all(): readonly ConversationSummary[] {
    const {conversations} = this.client.messages.state;
    const known = new Set(conversations.map(({number}) => number));
    const begun = this.drafts.numbers.filter((number) => !known.has(number));
    return [...begun.map((number) => ({number, name: '', unread: 0})), ...conversations].map(
      (conversation) =>
        groupOf(conversation.number) === undefined
          ? this.client.identify(conversation, {directory: true})
          : conversation,
    );
  }

  /** Finds groups in the directory, if there is one. */
  async #findGroups(text: string): Promise<readonly Party[]> {
    const {client} = this;
    if (!client.capabilities.directory || !client.capabilities.message) return [];
    try {
      return await (await GROUP_CODE.wait()).findGroups(text, client);
    } catch {
      // Conversations and messages are found without.
      return [];
    }
  }

  /** The conversations whose name or number contains the text. */
  #matching(all: readonly ConversationSummary[]): readonly ConversationSummary[] {
    const wanted = this.#search.text.trim().toLocaleLowerCase();
    return all.filter((conversation) => {
      const {number, name} = partyOf(conversation);
      return `${name} ${number}`.toLocaleLowerCase().includes(wanted);
    });
  }

  /** The result of a search, for screen readers. */
  #foundText(people: readonly ConversationSummary[]): string {
    const {found} = this.#search;
    if (!found) return '';
    const count = people.length + this.#newGroups(people).length + found.messages.length;
    return this.#localize.term('resultsFound', String(count));
  }

  /** The groups that were found and whose conversation is not among those that are shown. */
  #newGroups(people: readonly ConversationSummary[]): readonly Party[] {
    const shown = new Set(people.map(({number}) => groupOf(number)));
    return this.#search.found?.groups.filter(({number}) => !shown.has(number)) ?? [];
  }

  /** Whether the search has ended without a result. */
  #findsNothing(people: readonly ConversationSummary[]): boolean {
    const messages = this.#search.found?.messages;
    return !people.length && !this.#newGroups(people).length && messages?.length === 0;
  }

  /** Renders the conversations and the messages that were found. */
  #renderFound(people: readonly ConversationSummary[], all: readonly ConversationSummary[]): TemplateResult {
    const localize = this.#localize;
    const {found, text} = this.#search;
    const messages = found?.messages;
    const groups = this.#newGroups(people);
    if (this.#findsNothing(people))
      return emptyNote(searchIcon, localize.term('nothingFoundHint'), localize.term('nothingFound'));
    return html`${people.length ? this.#renderList(people) : nothing}
    ${
      groups.length
        ? html`<p id="groups" class="heading">${localize.term('groupsFound')}</p>
            <div role="list" aria-labelledby="groups">
              ${repeat(
                groups,
                ({number}) => number,
                ({number, name}) =>
                  this.#renderRow({number: groupConversation(number), name}, nothing, undefined, nothing),
              )}
            </div>`
        : nothing
    }
    ${
      messages?.length
        ? html`<p id="found" class="heading">${localize.term('messages')}</p>
            <div role="list" aria-labelledby="found">
              ${repeat(
                messages,
                ({id}) => id,
                (message) => this.#renderMessage(message, all, text.trim()),
              )}
            </div>`
        : nothing
    }`;
  }

  #renderList(conversations: readonly ConversationSummary[]): TemplateResult {
    return html`<div role="list" aria-label=${this.#localize.term('allConversations')}>
      ${repeat(
        conversations,
        ({number}) => number,
        (conversation) => this.#renderConversation(conversation),
      )}
    </div>`;
  }

  #renderConversation(conversation: ConversationSummary): TemplateResult {
    const {number, unread, last} = conversation;
    const localize = this.#localize;
    const count = localize.term('unreadCount', String(unread));
    const draft = this.drafts.get(number);
    const line = draft
      ? html`<span class="draft">${localize.term('draft')}</span
          ><span class="quiet line" dir="auto">${draft.slice(0, 200)}</span>`
      : html`${last && (groupOf(number) === undefined || last.file?.url === '') ? stateMark(last, localize) : nothing}<span
            class="quiet line"
            dir="auto"
            >${last?.file?.name ?? last?.text.slice(0, 200)}</span
          >`;
    return this.#renderRow(
      conversation,
      line,
      last?.time,
      unread
        ? html`<span class="badge number" title=${count}
            ><span aria-hidden="true">${unread}</span><span class="hidden">${count}</span></span
          >`
        : nothing,
    );
  }

  #renderMessage(
    {id, number, text, time, file, direction}: SipMessage,
    all: readonly ConversationSummary[],
    wanted: string,
  ): TemplateResult {
    const party = all.find((conversation) => conversation.number === number) ?? {number, name: ''};
    const from =
      direction === 'outgoing'
        ? html`<span class="quiet"
            >${this.#localize.term('explained', this.#localize.term('fromYou'), '').trim()}</span
          >`
        : nothing;
    const line = html`${from}<span class="quiet line" dir="auto"
        >${marked(file?.name ?? text, wanted)}</span
      >`;
    return this.#renderRow({...party, message: id}, line, time, nothing);
  }

  #renderRow(opening: Opening, line: unknown, time: number | undefined, end: unknown): TemplateResult {
    const localize = this.#localize;
    const party = partyOf(opening);
    return html`<div role="listitem">
      <button
        part="conversation"
        class="conversation"
        type="button"
        @click=${() => this.dispatchEvent(new CustomEvent<Opening>('open', {detail: opening}))}
      >
        ${
          party === opening
            ? html`<span class="avatar" aria-hidden="true" data-initials=${initialsOf(opening)}
                >${pictureOf(opening)}</span
              >`
            : html`<span class="avatar" aria-hidden="true">${usersIcon}</span>`
        }
        <span class="words">
          <span class="head"
            >${nameLine(party, localize)}
            ${
              time === undefined
                ? nothing
                : html`<time class="quiet"
                    ><bdi>${shortMoment(time, Date.now(), localize.lang())}</bdi></time
                  >`
            }</span
          >
          <span class="state">${line}${end}</span>
        </span>
      </button>
    </div>`;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || !this.#search.text) return;
    event.preventDefault();
    event.stopPropagation();
    this.#search.search('');
  };
}
