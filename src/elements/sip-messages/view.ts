import {html, nothing, type ReactiveController, type TemplateResult} from 'lit';
import {guard} from 'lit/directives/guard.js';
import {DayController} from '../../controllers/day-controller.js';
import {tellError} from '../../controllers/sip-error-event.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client.js';
import type {Conversation} from '../../core/conversation.js';
import type {SipMessage} from '../../core/message.js';
import {toSipError} from '../../errors.js';
import '../../locales/messages-en.js';
import {DirectoryInvitations} from '../directory-invitations.js';
import {form} from '../form.styles.js';
import {chevronRightIcon, messageSquareIcon, trash2Icon} from '../icons.js';
import {listPanel} from '../list-panel.styles.js';
import {progressStyles} from '../progress.styles.js';
import {errorNotice, notice} from '../notice.js';
import {nameLine, nameOf} from '../people.js';
import {isRegistered} from '../registration.js';
import {repeat} from '../repeat.js';
import {Compose} from './compose.js';
import {conversationList} from './conversation-list.js';
import type {MessagesContext} from './host.js';
import {arrowDownIcon} from './icons.js';
import {LogWindow} from './log-window.js';
import {messageRow} from './message-row.js';
import {styles} from './styles.js';

const NONE: readonly SipMessage[] = Object.freeze([]);

/** How many messages before the first that is drawn are loaded at least. */
const AHEAD = 40;

/** All that a `<sip-messages>` draws. It is loaded when there is one on the page. */
export class MessagesView implements ReactiveController {
  readonly #context: MessagesContext;
  readonly #window: LogWindow;
  readonly #compose: Compose;
  #client: BaseClient | undefined;
  #number = '';
  #conversation: Conversation | undefined;
  /** Where pictures are shown from, once it was asked for. */
  #origin: string | undefined;
  #originAsked = false;
  /** The newest message when rendering began, and the number of unread ones when the conversation was opened. */
  #newest: SipMessage | undefined;
  #unreadFrom: string | undefined;
  #fresh = 0;
  #news = '';
  #clearing = false;
  #focused = false;
  readonly #whole = new Set<string>();
  readonly #broken = new Set<string>();

  constructor(context: MessagesContext) {
    this.#context = context;
    const {host, client} = context;
    host.addController(this);
    new StateController(host, () => [this.#conversation, client()?.messages]);
    new DayController(host);
    this.#window = new LogWindow(host, () => this.#messages);
    this.#compose = new Compose(context, {
      blocked: () => this.#blocked(),
      onText: (text) => this.#send((messages, number) => messages.send(number, text)),
      onFile: (file) => this.#send((messages, number) => messages.sendFile(number, file)),
    });
    new DirectoryInvitations(
      host,
      client,
      ({number, name}) => {
        this.open(number, name);
        return true;
      },
      'message',
    );
    const sheets = [listPanel, form, progressStyles, styles].map(({styleSheet}) => styleSheet!);
    host.shadowRoot!.adoptedStyleSheets.push(...sheets);
  }

  /** Shows the conversation with a number. */
  open(number: string, name = ''): void {
    const {host} = this.#context;
    host.with = number;
    host.name = name;
  }

  focus(options?: FocusOptions): void {
    this.#compose.field?.focus(options);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onVisible);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onVisible);
  }

  hostUpdate(): void {
    const {host, client} = this.#context;
    this.#focused = !!host.shadowRoot?.activeElement;
    const now = client();
    const number = String(host.with ?? '').trim();
    if (now !== this.#client || number !== this.#number) this.#change(now, number);
    this.#follow();
    this.#askOrigin();
  }

  hostUpdated(): void {
    const {host} = this.#context;
    const conversation = this.#conversation;
    // What had the focus is gone: whoever works by keyboard goes on from here, not from the page's top.
    if (this.#focused && !host.shadowRoot?.activeElement)
      host.renderRoot.querySelector<HTMLElement>('.log, .card')?.focus({preventScroll: true});
    if (!conversation) return;
    if (conversation.state.older && this.#window.drawn.first < AHEAD) void conversation.loadOlder();
    if (this.#window.atEnd) this.#atEnd(conversation);
  }

  render(): TemplateResult {
    const {localize, client} = this.#context;
    const user = client();
    return html`<div
      part="panel"
      class="card"
      role="group"
      tabindex="-1"
      aria-label=${localize.term('messages')}
    >
      ${user ? this.#renderClient(user) : this.#renderEmpty(this.#context.absence())}
    </div>`;
  }

  #renderClient(client: BaseClient): TemplateResult {
    const {localize, commands} = this.#context;
    const {kept} = client.messages.state;
    const lost = client.options.history === 'local' && !kept;
    return html`${this.#renderBar()}
      ${commands.error ? errorNotice(commands.error, undefined, {localize, onDismiss: commands.dismiss}) : nothing}
      ${lost ? notice(localize.term('messagesNotKept'), {localize, warns: true}) : nothing}
      <div class="hidden" role="status">${this.#news}</div>
      ${
        this.#number
          ? html`${this.#renderLog()} ${this.#compose.render(this.#number, client.capabilities.upload)}`
          : conversationList(client.messages, localize, ({number, name}) => this.open(number, name))
      }`;
  }

  get #messages(): readonly SipMessage[] {
    return this.#conversation?.state.messages ?? NONE;
  }

  get #name(): string {
    const {host, localize} = this.#context;
    const name = String(host.name ?? '') || this.#conversation?.state.name || '';
    return nameOf({number: this.#number, name}, localize);
  }

  #renderBar(): TemplateResult {
    const {localize} = this.#context;
    const number = this.#number;
    const [back, clear] = [localize.term('allConversations'), localize.term('clearMessages')];
    if (!number)
      return html`<div class="bar">
        ${messageSquareIcon}<b class="line">${localize.term('messages')}</b>
      </div>`;
    const confirm = html`<div class="choices">
      <button part="clear-all" class="link" type="button" @click=${this.#onClear}>${clear}</button>
      <button class="link" type="button" @click=${this.#onKeep}>${localize.term('cancel')}</button>
    </div>`;
    return html`<div class="bar">
        <button
          part="back"
          class="toggle"
          type="button"
          aria-label=${back}
          title=${back}
          @click=${() => this.open('')}
        >
          <span class="back">${chevronRightIcon}</span>
        </button>
        ${nameLine({number, name: this.#name}, localize)}
        <span class="space"></span>
        ${
          this.#messages.length
            ? html`<button
                part="clear"
                class="toggle"
                type="button"
                aria-label=${clear}
                title=${clear}
                @click=${this.#onAskClear}
              >
                ${trash2Icon}
              </button>`
            : nothing
        }
      </div>
      ${
        this.#clearing
          ? notice(localize.term('clearMessagesOf', this.#name), {localize, warns: true, more: confirm})
          : nothing
      }`;
  }

  #renderLog(): TemplateResult {
    const {localize} = this.#context;
    const messages = this.#messages;
    const {first, end} = this.#window.next();
    const now = Date.now();
    const today = new Date(now).toDateString();
    const name = this.#name;
    const shared = {
      name,
      now,
      localize,
      onRetry: this.#onRetry,
      onRemove: this.#onRemove,
      onWhole: this.#onWhole,
      onBroken: this.#onBroken,
    };
    // Read out is what arrives, not what is scrolled into view.
    return html`<div class="frame">
      <div
        part="log"
        class="log"
        role="log"
        aria-live="off"
        tabindex="0"
        @scroll=${this.#window.onScroll}
        aria-label=${localize.term('messagesWith', name)}
      >
        ${messages.length || !this.#conversation ? nothing : this.#renderEmpty()}
        <div class="all">
          <div class="rows">
            ${repeat(
              messages.slice(first, end),
              ({id}) => id,
              (message, place) => {
                const index = first + place;
                const before = messages[index - 1];
                const newDay =
                  !before || new Date(before.time).toDateString() !== new Date(message.time).toDateString();
                const firstUnread = message.id === this.#unreadFrom;
                const whole = this.#whole.has(message.id);
                const origin = this.#broken.has(message.id) ? undefined : this.#origin;
                return guard(
                  [
                    message,
                    newDay,
                    firstUnread,
                    whole,
                    origin,
                    name,
                    today,
                    localize.lang(),
                    localize.term('messages'),
                  ],
                  () => messageRow({...shared, message, newDay, firstUnread, whole, origin}),
                );
              },
            )}
          </div>
        </div>
      </div>
      ${
        this.#fresh || (messages.length && !this.#window.atEnd)
          ? html`<button part="newest" class="newest" type="button" @click=${this.#onNewest}>
              ${arrowDownIcon}${localize.term(this.#fresh ? 'newMessages' : 'newestMessages', String(this.#fresh))}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderEmpty(hint?: string): TemplateResult {
    const {localize} = this.#context;
    return html`<div class="empty">
      ${messageSquareIcon}${hint ? nothing : html`<b>${localize.term('noMessages')}</b>`}
      <p class="quiet">${hint ?? localize.term('noMessagesHint')}</p>
    </div>`;
  }

  /** Why nothing can be sent at this moment; what is written while a lost connection is restored waits for it. */
  #blocked(): string | undefined {
    const {client, localize} = this.#context;
    const user = client();
    if (!user) return this.#context.absence();
    if (user.state.connection === 'reconnecting') return undefined;
    if (!isRegistered(user)) return localize.describe({code: 'not-registered'});
    return user.capabilities.message ? undefined : localize.term('noMessaging');
  }

  /** Another conversation is to be shown. */
  #change(client: BaseClient | undefined, number: string): void {
    const {host} = this.#context;
    this.#client = client;
    this.#number = number;
    this.#conversation = undefined;
    this.#newest = this.#unreadFrom = undefined;
    this.#fresh = 0;
    this.#news = '';
    this.#clearing = false;
    this.#origin = undefined;
    this.#originAsked = false;
    if (!client) return;
    this.#load(client, number)
      .then((conversation) => {
        if (client !== this.#client || number !== this.#number || !conversation) return;
        this.#conversation = conversation;
        const {unread} = conversation.state;
        this.#unreadFrom = unread ? this.#incoming(unread)?.id : undefined;
        this.#newest = conversation.state.messages.at(-1);
        host.requestUpdate();
        void host.updateComplete.then(() => this.#window.toEnd());
      })
      .catch((error: unknown) => this.#context.commands.show(toSipError(error)));
  }

  async #load({messages}: BaseClient, number: string): Promise<Conversation | undefined> {
    if (number) return messages.open(number);
    await messages.load();
    return undefined;
  }

  /** Asks where this client uploads to, once there is a file that may be a picture. */
  #askOrigin(): void {
    const client = this.#client;
    if (this.#originAsked || !client?.capabilities.upload || !this.#messages.some(({file}) => file)) return;
    this.#originAsked = true;
    void client.messages.fileOrigin().then((origin) => {
      if (client !== this.#client) return;
      this.#origin = origin;
      this.#context.host.requestUpdate();
    });
  }

  /** The first of the last messages of the other side's. */
  #incoming(count: number): SipMessage | undefined {
    return this.#messages.filter(({direction}) => direction === 'incoming').at(-count);
  }

  /** Counts and tells what has arrived. */
  #follow(): void {
    const {localize} = this.#context;
    const messages = this.#messages;
    const newest = messages.at(-1);
    if (!this.#conversation || newest?.id === this.#newest?.id) return;
    const since = this.#newest?.time ?? -Infinity;
    const known = messages.findLastIndex(({time}) => time <= since);
    this.#newest = newest;
    const added = messages.slice(known + 1).filter(({direction}) => direction === 'incoming');
    const last = added.at(-1);
    if (!last) return;
    this.#news = localize.term('messageFrom', this.#name, (last.file?.name ?? last.text).slice(0, 200));
    if (!this.#window.atEnd || !this.#seen) {
      this.#fresh += added.length;
      this.#unreadFrom ??= added[0]!.id;
    }
  }

  /** Whether a person can see it. */
  get #seen(): boolean {
    return document.visibilityState === 'visible' && this.#context.host.checkVisibility();
  }

  #atEnd({number, state}: Conversation): void {
    const client = this.#client;
    if (!client || !this.#seen) return;
    if (state.unread) void client.messages.markRead(number);
    if (!this.#fresh) return;
    this.#fresh = 0;
    this.#context.host.requestUpdate();
  }

  readonly #onVisible = (): void => this.#context.host.requestUpdate();

  #send(task: (messages: BaseClient['messages'], number: string) => Promise<SipMessage>): void {
    const {commands, host} = this.#context;
    const messages = this.#client?.messages;
    if (!messages) return;
    const number = this.#number;
    const before = this.#messages.length;
    commands.dismiss();
    this.#unreadFrom = undefined;
    const sending = task(messages, number);
    void messages.open(number).then(() => this.#window.toEnd());
    sending.catch((thrown: unknown) => {
      const error = toSipError(thrown, number);
      // Somebody took it out.
      if (error.code === 'aborted') return;
      // What has a bubble says there why it failed.
      if (this.#messages.length === before) commands.tell(error);
      else tellError(host, error);
    });
  }

  readonly #onRetry = ({id, number}: SipMessage): void => {
    this.#client?.messages
      .retry(id)
      .catch((thrown: unknown) => tellError(this.#context.host, toSipError(thrown, number)));
  };

  readonly #onRemove = ({id, number}: SipMessage): void => void this.#client?.messages.remove(number, id);

  readonly #onWhole = ({id}: SipMessage): void => {
    this.#whole.add(id);
    this.#context.host.requestUpdate();
  };

  readonly #onBroken = ({id}: SipMessage): void => {
    this.#broken.add(id);
    this.#context.host.requestUpdate();
  };

  readonly #onNewest = (): void => {
    this.#window.toEnd();
    this.focus({preventScroll: true});
  };

  readonly #onAskClear = (): void => {
    this.#clearing = true;
    this.#context.host.requestUpdate();
  };

  readonly #onKeep = (): void => {
    this.#clearing = false;
    this.#context.host.requestUpdate();
  };

  readonly #onClear = (): void => {
    this.#clearing = false;
    void this.#client?.messages.clear(this.#number);
  };
}
