import {html, nothing, type TemplateResult} from 'lit';
import {guard} from 'lit/directives/guard.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipMessage} from '../../core/messages/message.js';
import {repeat} from '../shared/repeat.js';
import type {MessagesContext} from './host.js';
import {arrowDownIcon} from './icons.js';
import {LogWindow} from './log-window.js';
import {messageRow} from './message-row.js';

/** What a log shows, and what can be done in it. */
export interface LogSource {
  /** The newest last; another object where it has changed. */
  readonly messages: () => readonly SipMessage[];
  readonly onRetry: (message: SipMessage) => void;
  readonly onRemove: (message: SipMessage) => void;
  /** The button that leads to the newest message was pressed. */
  readonly onNewest: () => void;
}

/** What a log is drawn with at one moment. */
export interface LogView {
  /** The other side's. */
  readonly name: string;
  /** The first message that nobody has read. */
  readonly unreadFrom: string | undefined;
  /** How many have arrived unseen. */
  readonly fresh: number;
  /** What is drawn where there are no messages. */
  readonly empty: unknown;
}

/** The messages of a conversation, those in view of them. */
export class MessageLog {
  readonly window: LogWindow;
  readonly #context: MessagesContext;
  readonly #source: LogSource;
  /** Where pictures are shown from, once it was asked for. */
  #origin: string | undefined;
  #asked: BaseClient | undefined;
  readonly #whole = new Set<string>();
  readonly #broken = new Set<string>();

  constructor(context: MessagesContext, source: LogSource) {
    this.#context = context;
    this.#source = source;
    this.window = new LogWindow(context.host, source.messages);
  }

  /** Asks where this client uploads to, once there is a file that may be a picture. */
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
    // Read out is what arrives, not what is scrolled into view.
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
