import {html, nothing, type ReactiveController, type TemplateResult} from 'lit';
import {DayController} from '../../controllers/day-controller.js';
import {dispatchError} from '../../controllers/sip-error-event.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {Conversation} from '../../core/messages/conversation.js';
import type {SipMessage} from '../../core/messages/message.js';
import {toSipError} from '../../errors.js';
import '../../locales/messages-en.js';
import {DirectoryInvitations} from '../shared/people/directory-invitations.js';
import {form} from '../shared/styles/form.styles.js';
import {messageSquareIcon} from '../shared/icons.js';
import {listPanel} from '../shared/styles/list-panel.styles.js';
import {progressStyles} from '../shared/styles/progress.styles.js';
import {errorNotice, notice} from '../shared/notice.js';
import {nameOf} from '../shared/people/people.js';
import {isRegistered} from '../shared/registration.js';
import {Arrivals} from './arrivals.js';
import {MessagesBar} from './bar.js';
import {Compose} from './compose.js';
import {conversationList} from './conversation-list.js';
import type {MessagesContext} from './host.js';
import {MessageLog} from './log.js';
import {styles} from './styles.js';

const NONE: readonly SipMessage[] = Object.freeze([]);

/** The minimum number of messages loaded before the first rendered one. */
const AHEAD = 40;

/** The complete view of a `<sip-messages>`, loaded when there is one on the page. */
export class MessagesView implements ReactiveController {
  readonly #context: MessagesContext;
  readonly #log: MessageLog;
  readonly #bar: MessagesBar;
  readonly #arrivals: Arrivals;
  readonly #compose: Compose;
  #client: BaseClient | undefined;
  #number = '';
  #conversation: Conversation | undefined;
  #focused = false;
  #inView = false;
  readonly #observer = new IntersectionObserver((entries) => {
    this.#inView = entries.at(-1)!.isIntersecting;
    this.#onVisible();
  });

  constructor(context: MessagesContext) {
    this.#context = context;
    const {host, client, localize} = context;
    host.addController(this);
    new StateController(host, () => [this.#conversation, client()?.messages]);
    new DayController(host);
    this.#bar = new MessagesBar(context, {
      onBack: () => this.open(''),
      onClear: () => void this.#client?.messages.clear(this.#number),
    });
    this.#arrivals = new Arrivals(localize);
    this.#log = new MessageLog(context, {
      messages: () => this.#messages,
      onRetry: this.#onRetry,
      onRemove: this.#onRemove,
      onNewest: this.#onNewest,
    });
    this.#compose = new Compose(context, {
      blocked: () => this.#blocked(),
      onText: (text) => this.#send((messages, number) => messages.send(number, text), text),
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
    this.#observer.observe(this.#context.host);
    document.addEventListener('visibilitychange', this.#onVisible);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    this.#inView = false;
    document.removeEventListener('visibilitychange', this.#onVisible);
  }

  hostUpdate(): void {
    const {host, client} = this.#context;
    this.#focused = !!host.shadowRoot?.activeElement;
    const now = client();
    const number = String(host.with ?? '').trim();
    if (now !== this.#client || number !== this.#number) this.#change(now, number);
    if (this.#conversation)
      this.#arrivals.follow(this.#messages, this.#name, () => this.#log.window.atEnd && this.#isSeen);
    this.#log.askOrigin(this.#client);
  }

  hostUpdated(): void {
    const {host} = this.#context;
    const conversation = this.#conversation;
    // The focused element is gone: keyboard users continue from here, not from the top of the page.
    if (this.#focused && !host.shadowRoot?.activeElement)
      host.renderRoot.querySelector<HTMLElement>('.log, .card')?.focus({preventScroll: true});
    if (!conversation) return;
    if (conversation.state.older && this.#log.window.drawn.first < AHEAD) void conversation.loadOlder();
    if (this.#log.window.atEnd) this.#atEnd(conversation);
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
    const lost = client.options.historyStorage === 'local' && !kept;
    return html`${this.#bar.render(this.#number, this.#name, this.#messages.length > 0)}
      ${commands.error ? errorNotice(commands.error, undefined, {localize, onDismiss: commands.dismiss}) : nothing}
      ${lost ? notice(localize.term('messagesNotKept'), {localize, warns: true}) : nothing}
      <div class="hidden" role="status">${this.#arrivals.text}</div>
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

  #renderLog(): TemplateResult {
    const {unreadFrom, fresh} = this.#arrivals;
    const empty = this.#conversation ? this.#renderEmpty() : nothing;
    return this.#log.render({name: this.#name, unreadFrom, fresh, empty});
  }

  #renderEmpty(hint?: string): TemplateResult {
    const {localize} = this.#context;
    return html`<div class="empty">
      ${messageSquareIcon}${hint ? nothing : html`<b>${localize.term('noMessages')}</b>`}
      <p class="quiet">${hint ?? localize.term('noMessagesHint')}</p>
    </div>`;
  }

  /** Why nothing can be sent now; while a lost connection is being restored, messages are queued. */
  #blocked(): string | undefined {
    const {client, localize} = this.#context;
    const user = client();
    if (!user) return this.#context.absence();
    if (user.state.connection === 'reconnecting') return undefined;
    if (!isRegistered(user)) return localize.describe({code: 'not-registered'});
    return user.capabilities.message ? undefined : localize.term('noMessaging');
  }

  /** Switches to another conversation. */
  #change(client: BaseClient | undefined, number: string): void {
    const {host} = this.#context;
    this.#client = client;
    this.#number = number;
    this.#conversation = undefined;
    this.#arrivals.begin();
    this.#bar.begin();
    if (!client) return;
    this.#load(client, number)
      .then((conversation) => {
        if (client !== this.#client || number !== this.#number || !conversation) return;
        this.#conversation = conversation;
        this.#arrivals.begin(conversation);
        host.requestUpdate();
        void host.updateComplete.then(() => this.#log.window.toEnd());
      })
      .catch((error: unknown) => this.#context.commands.show(toSipError(error)));
  }

  async #load({messages}: BaseClient, number: string): Promise<Conversation | undefined> {
    if (number) return messages.open(number);
    await messages.load();
    return undefined;
  }

  /** Whether the user can see the element. */
  get #isSeen(): boolean {
    return document.visibilityState === 'visible' && this.#inView;
  }

  #atEnd({number, state}: Conversation): void {
    const client = this.#client;
    if (!client || !this.#isSeen) return;
    if (state.unread) void client.messages.markRead(number);
    if (this.#arrivals.look()) this.#context.host.requestUpdate();
  }

  readonly #onVisible = (): void => this.#context.host.requestUpdate();

  /** @param text - The text to restore in the field if no message was created for it. */
  #send(
    task: (messages: BaseClient['messages'], number: string) => Promise<SipMessage>,
    text?: string,
  ): void {
    const {commands, host} = this.#context;
    const messages = this.#client?.messages;
    if (!messages) return;
    const number = this.#number;
    const conversation = this.#conversation;
    const lastSent = (): string | undefined =>
      conversation?.state.messages.findLast(({direction}) => direction === 'outgoing')?.id;
    const before = lastSent();
    commands.dismiss();
    this.#arrivals.answer();
    const sending = task(messages, number);
    void messages.open(number).then(() => this.#log.window.toEnd());
    sending.catch((thrown: unknown) => {
      const error = toSipError(thrown, number);
      // The user canceled it.
      if (error.code === 'aborted') return;
      // A message in the log shows its own failure.
      if (lastSent() !== before) return dispatchError(host, error);
      commands.tell(error);
      if (text !== undefined) this.#compose.restore(number, text);
    });
  }

  readonly #onRetry = ({id, number}: SipMessage): void => {
    this.#client?.messages
      .retry(id)
      .catch((thrown: unknown) => dispatchError(this.#context.host, toSipError(thrown, number)));
  };

  readonly #onRemove = ({id, number}: SipMessage): void => void this.#client?.messages.remove(number, id);

  readonly #onNewest = (): void => {
    this.#log.window.toEnd();
    this.focus({preventScroll: true});
  };
}
