import {html, nothing, type TemplateResult} from 'lit';
import {guard} from 'lit/directives/guard.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipMessage} from '../../core/messages/message.js';
import {repeat} from '../shared/repeat.js';
import type {MessagesContext} from './host.js';
import {arrowDownIcon} from './icons.js';
import {LogWindow} from './log-window.js';
import {messageRow} from './message-row.js';

/** The messages of a log, and its handlers. */
export interface LogSource {
  /** Returns the messages, the newest last; a new object after each change. */
  readonly messages: () => readonly SipMessage[];
  readonly onRetry: (message: SipMessage) => void;
  readonly onRemove: (message: SipMessage) => void;
  /** Called when the button that leads to the newest message is pressed. */
  readonly onNewest: () => void;
}

/** The properties of a log at each render. */
export interface LogView {
  /** The name of the other side. */
  readonly name: string;
  /** The id of the first unread message. */
  readonly unreadFrom: string | undefined;
  /** The number of messages that have arrived unseen. */
  readonly fresh: number;
  /** The content shown if there are no messages. */
  readonly empty: unknown;
}

/** The messages of a conversation, rendered while in view. */
export class MessageLog {
  readonly window: LogWindow;
  readonly #context: MessagesContext;
  readonly #source: LogSource;
  /** The origin from which images are shown, once requested. */
  #origin: string | undefined;
  #asked: BaseClient | undefined;
  readonly #whole = new Set<string>();
  readonly #broken = new Set<string>();

  constructor(context: MessagesContext, source: LogSource) {
    this.#context = context;
    this.#source = source;
    this.window = new LogWindow(context.host, source.messages);
  }

  /** Requests the client's upload origin, once there is a file that may be an image. */
  askOrigin(client: BaseClient | undefined): void {
    if (client !== this.#asked) this.#origin = this.#asked = undefined;
    if (this.#asked || !client?.capabilities.upload || !this.#source.messages().some(({file}) => file))
      return;
    this.#asked = client;
    void client.messages.fileOrigin().then((origin) => {
      if (client !== this.#asked) return;
      this.#origin = origin;
      this.#context.host.requestUpdate();
    });
  }

  render({name, unreadFrom, fresh, empty}: LogView): TemplateResult {
    const {localize} = this.#context;
    const messages = this.#source.messages();
    const {first, end} = this.window.next();
    const now = Date.now();
    const today = new Date(now).toDateString();
    const {onRetry, onRemove, onNewest} = this.#source;
    const shared = {
      name,
      now,
      localize,
      onRetry,
      onRemove,
      onWhole: this.#onWhole,
      onBroken: this.#onBroken,
    };
    const row = (message: SipMessage, before: SipMessage | undefined): unknown => {
      const newDay =
        !before || new Date(before.time).toDateString() !== new Date(message.time).toDateString();
      const firstUnread = message.id === unreadFrom;
      const whole = this.#whole.has(message.id);
      const origin = this.#broken.has(message.id) ? undefined : this.#origin;
      const language = [localize.lang(), localize.term('messages')];
      return guard([message, newDay, firstUnread, whole, origin, name, today, ...language], () =>
        messageRow({...shared, message, newDay, firstUnread, whole, origin}),
      );
    };
    // A live region elsewhere announces arrivals, not rows scrolled into view.
    return html`<div class="frame">
      <div
        part="log"
        class="log"
        role="log"
        aria-live="off"
        tabindex="0"
        @scroll=${this.window.onScroll}
        aria-label=${localize.term('messagesWith', name)}
      >
        ${messages.length ? nothing : empty}
        <div class="all">
          <div class="rows">
            ${repeat(
              messages.slice(first, end),
              ({id}) => id,
              (message, place) => row(message, messages[first + place - 1]),
            )}
          </div>
        </div>
      </div>
      ${
        fresh || (messages.length && !this.window.atEnd)
          ? html`<button part="newest" class="newest" type="button" @click=${onNewest}>
              ${arrowDownIcon}${localize.term(fresh ? 'newMessages' : 'newestMessages', String(fresh))}
            </button>`
          : nothing
      }
    </div>`;
  }

  readonly #onWhole = ({id}: SipMessage): void => {
    this.#whole.add(id);
    this.#context.host.requestUpdate();
  };

  readonly #onBroken = ({id}: SipMessage): void => {
    this.#broken.add(id);
    this.#context.host.requestUpdate();
  };
}
