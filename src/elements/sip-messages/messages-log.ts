import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {clientContext} from '../../context/client-context.js';
import {DayController} from '../../controllers/day-controller.js';
import {inherited} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {dispatchError} from '../../controllers/sip-error-event.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {Conversation} from '../../core/messages/conversation.js';
import type {SipMessage} from '../../core/messages/message.js';
import {toSipError} from '../../errors.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {repeat} from '../shared/repeat.js';
import {listPanel} from '../shared/styles/list-panel.styles.js';
import {progressStyles} from '../shared/styles/progress.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {Arrivals} from './arrivals.js';
import {emptyNote} from '../shared/empty-note.js';
import {messageSquareIcon} from '../shared/icons/phone.js';
import {arrowDownIcon} from './icons.js';
import {GROUP_CODE} from './group-code.js';
import {LogWindow} from './log-window.js';
import type {MessagesBubbleElement} from './messages-bubble.js';
import {bubbleStyles} from './messages-bubble.styles.js';
import type {Opening} from './opening.js';
import {stateMarkStyles} from './state-mark.js';

const NONE: readonly SipMessage[] = Object.freeze([]);

/** The minimum number of messages loaded before the first rendered one. */
const AHEAD = 40;

/** What a log remembers of messages, by their ids, while they are out of view or another conversation is shown. */
export class LogMemory {
  /** The long texts that are shown in full. */
  readonly whole = new Set<string>();
  /** The images that could not be loaded. */
  readonly broken = new Set<string>();
  /** The texts to groups whose recipients are listed. */
  readonly unfolded = new Set<string>();
}

/**
 * The messages of a conversation, rendered while in view. Loads older ones as the user scrolls to them, and marks them as
 * read while the newest one is in view.
 *
 * @fires {Event} newest - The button that leads to the newest message is pressed.
 * @fires {CustomEvent<Opening>} open - Another conversation is to be shown: that of a recipient, or of a group.
 */
export class MessagesLogElement extends LitElement {
  static readonly parts =
    'log, newest, day, unread, message, state, link, file, preview, progress, cancel, retry, remove, recipients, recipient, group';

  static override styles = [
    inner,
    listPanel,
    progressStyles,
    bubbleStyles,
    stateMarkStyles,
    css`
      :host {
        position: relative;
        display: grid;
        min-block-size: 0;
      }
      .log {
        block-size: var(--sip-messages-height, 24rem);
        overflow-y: auto;
        overscroll-behavior: contain;
        overflow-anchor: none;
        contain: strict;
      }
      .log:focus-visible {
        box-shadow: inset 0 0 0 2px var(--_accent);
      }
      .all {
        position: relative;
      }
      .rows {
        position: absolute;
        inset-block-start: 0;
        inset-inline: 0;
      }
      .log > .empty {
        block-size: 100%;
        align-content: safe center;
      }
      .newest {
        position: absolute;
        inset-block-end: var(--_space-2);
        justify-self: center;
        display: flex;
        align-items: center;
        gap: 0.375rem;
        min-block-size: 2rem;
        padding-inline: var(--_space-3);
        border: 1px solid var(--_border);
        border-radius: var(--_radius-full);
        font-size: var(--_text-s);
        font-weight: 600;
        background: var(--_surface);
        box-shadow: 0 2px 8px rgb(0 0 0 / 18%);
      }
      .newest .icon {
        inline-size: 1rem;
        block-size: 1rem;
      }
      @media (forced-colors: active) {
        .newest {
          border: 1px solid;
        }
      }
    `,
  ];

  @inherited(clientContext) client!: BaseClient;
  /** The conversation, once opened. */
  @property({attribute: false}) conversation: Conversation | undefined;
  /** The name of the other side. */
  @property({attribute: false}) name = '';
  /** Whether the user can see the log. */
  @property({attribute: false}) visible = false;
  @property({attribute: false}) memory!: LogMemory;
  /** The id of the message to show; the newest one if empty. */
  @property({attribute: false}) target = '';

  readonly #localize = new LocalizeController(this);
  readonly #window = new LogWindow(this, () => this.#messages);
  readonly #arrivals = new Arrivals(this.#localize);
  /** The origin from which images are shown, once requested. */
  #origin: string | undefined;
  /** The client that was asked for the origin. */
  #asked: BaseClient | undefined;

  constructor() {
    super();
    // Only a connected client knows the origin of images.
    new StateController(this, () => [this.client, this.conversation]);
    new DayController(this);
    new FocusKeeper(this);
  }

  /** Scrolls the newest message into view. */
  toEnd(): void {
    this.#window.toEnd();
  }

  /** Removes the line above the first unread message, because the user replies. */
  answer(): void {
    this.#arrivals.answer();
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('conversation')) {
      this.#arrivals.begin(this.conversation);
      this.#window.toEnd();
    }
    if (this.target && (changed.has('target') || changed.has('conversation')))
      this.#window.toRow(this.target);
    if (this.conversation) this.#arrivals.follow(this.#messages, this.name, () => this.#isNewestSeen);
    this.#askOrigin();
    if (this.#messages.some(({recipients, copyOf}) => recipients ?? copyOf)) GROUP_CODE.load(this);
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const messages = this.#messages;
    const {first, end} = this.#window.next();
    const {fresh, text} = this.#arrivals;
    const today = new Date().setHours(0, 0, 0, 0);
    const last = messages.findLast(({direction}) => direction === 'outgoing')?.id;
    const none = this.conversation && !messages.length;
    // The live region announces arrivals; the log itself would announce rows that are scrolled into view.
    return html`<div class="hidden" role="status">${text}</div>
      <div
        part="log"
        class="log"
        role="log"
        aria-live="off"
        tabindex="0"
        @scroll=${this.#window.onScroll}
        aria-label=${localize.term('messagesWith', this.name)}
      >
        ${none ? emptyNote(messageSquareIcon, localize.term('noMessagesHint'), localize.term('noMessages')) : nothing}
        <div class="all">
          <div class="rows">
            ${repeat(
              messages.slice(first, end),
              ({id}) => id,
              (message, place) =>
                this.#renderBubble(message, messages[first + place - 1], {today, last: message.id === last}),
            )}
          </div>
        </div>
      </div>
      ${
        fresh || (messages.length && !this.#window.atEnd)
          ? html`<button
              part="newest"
              class="newest"
              type="button"
              @click=${() => this.dispatchEvent(new Event('newest'))}
            >
              ${arrowDownIcon}${localize.term(fresh ? 'newMessages' : 'newestMessages', String(fresh))}
            </button>`
          : nothing
      }`;
  }

  protected override updated(): void {
    const {conversation} = this;
    if (!conversation) return;
    const {older, unread} = conversation.state;
    if (older && this.#window.drawn.first < AHEAD) void conversation.loadOlder();
    if (!this.#isNewestSeen) return;
    if (unread) void this.client.messages.markRead(conversation.number);
    if (this.#arrivals.look()) this.requestUpdate();
  }

  #renderBubble(
    message: SipMessage,
    before: SipMessage | undefined,
    {today, last}: {readonly today: number; readonly last: boolean},
  ): TemplateResult {
    const {id, time} = message;
    return html`<sip-messages-bubble
      class="row"
      .message=${message}
      .name=${this.name}
      .newDay=${!before || new Date(before.time).toDateString() !== new Date(time).toDateString()}
      .found=${id === this.target}
      .firstUnread=${id === this.#arrivals.unreadFrom}
      .whole=${this.memory.whole.has(id)}
      .unfolded=${this.memory.unfolded.has(id)}
      .origin=${this.memory.broken.has(id) ? undefined : this.#origin}
      .today=${today}
      .last=${last}
      @retry=${this.#onRetry}
      @remove=${this.#onRemove}
      @expand=${this.#onExpand}
      @broken=${this.#onBroken}
      @unfold=${this.#onUnfold}
      @resized=${this.#onResized}
      @open=${this.#onOpen}
    ></sip-messages-bubble>`;
  }

  get #messages(): readonly SipMessage[] {
    return this.conversation?.state.messages ?? NONE;
  }

  get #isNewestSeen(): boolean {
    return this.visible && this.#window.atEnd;
  }

  /** Requests the client's upload origin, once there is a file that may be an image. */
  #askOrigin(): void {
    const {client} = this;
    if (client !== this.#asked) this.#origin = this.#asked = undefined;
    if (this.#asked || !client.capabilities.upload || !this.#messages.some(({file}) => file)) return;
    this.#asked = client;
    void client.messages.fileOrigin().then((origin) => {
      if (client !== this.#asked) return;
      this.#origin = origin;
      this.requestUpdate();
    });
  }

  readonly #onRetry = (event: Event): void => {
    const {id, number} = messageOf(event);
    this.client.messages
      .retry(id)
      .catch((thrown: unknown) => dispatchError(this, toSipError(thrown, number)));
  };

  readonly #onRemove = (event: Event): void => {
    const {id, number} = messageOf(event);
    this.client.messages
      .remove(number, id)
      .catch((thrown: unknown) => dispatchError(this, toSipError(thrown, number)));
  };

  readonly #onExpand = (event: Event): void => this.#remember(this.memory.whole, event);

  readonly #onBroken = (event: Event): void => this.#remember(this.memory.broken, event);

  readonly #onUnfold = (event: Event): void => {
    const {unfolded} = this.memory;
    const {id} = messageOf(event);
    if (!unfolded.delete(id)) unfolded.add(id);
    this.requestUpdate();
  };

  readonly #onResized = (): void => this.requestUpdate();

  /** A bubble is inside this shadow root, which the event does not leave by itself. */
  readonly #onOpen = ({detail}: CustomEvent<Opening>): void =>
    void this.dispatchEvent(new CustomEvent<Opening>('open', {detail}));

  #remember(ids: Set<string>, event: Event): void {
    ids.add(messageOf(event).id);
    this.requestUpdate();
  }
}

const messageOf = ({currentTarget}: Event): SipMessage => (currentTarget as MessagesBubbleElement).message;
