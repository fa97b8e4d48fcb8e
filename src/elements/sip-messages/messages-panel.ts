import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {dispatchError} from '../../controllers/sip-error-event.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {Conversation} from '../../core/messages/conversation.js';
import type {SipMessage} from '../../core/messages/message.js';
import type {Party} from '../../core/types.js';
import {toSipError} from '../../errors.js';
import '../../locales/messages-en.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {errorNotice, notice} from '../shared/notice.js';
import {DirectoryInvitations} from '../shared/people/directory-invitations.js';
import {nameOf} from '../shared/people/people.js';
import {listPanel, noticeMargin} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {bar} from './bar.js';
import {absenceNote} from '../shared/empty-note.js';
import {messageSquareIcon} from '../shared/icons.js';
import {COMPOSER_PARTS, type MessagesComposerElement} from './messages-composer.js';
import {LIST_PARTS} from './messages-list.js';
import {LOG_PARTS, LogMemory, type MessagesLogElement} from './messages-log.js';
import {Visibility} from './visibility.js';

/**
 * The box with a conversation, or with the list of all: it switches between them, sends what is written, and shows what
 * fails.
 *
 * @fires {CustomEvent<Party>} open - Another conversation is to be shown; all of them if its number is empty.
 */
export class MessagesPanelElement extends LitElement {
  static override styles = [
    inner,
    listPanel,
    noticeMargin,
    css`
      /* Its box is that of the public element. */
      :host {
        display: contents;
      }
      .card {
        display: flex;
        flex-direction: column;
      }
      .bar .toggle:first-child {
        margin-inline-start: calc(-1 * var(--_space-2));
      }
      .back {
        display: grid;
        transform: scaleX(-1);
      }
      .back:dir(rtl) {
        transform: none;
      }
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_space-4);
      }
    `,
  ];

  /** The number of the other side; if empty, all conversations are listed. */
  @property({attribute: false}) number = '';
  /** The name of the other side; if empty, the name that the other side sends. */
  @property({attribute: false}) name = '';

  @query('sip-messages-log') private readonly log!: MessagesLogElement | null;
  @query('sip-messages-composer') private readonly composer!: MessagesComposerElement | null;
  readonly #client = new ClientController(this);
  readonly #localize = new LocalizeController(this);
  readonly #commands = new CommandController(this);
  readonly #visibility = new Visibility(this);
  readonly #memory = new LogMemory();
  /** The unsent drafts, by number. */
  readonly #drafts = new Map<string, string>();
  /** The client and the number of the conversation. */
  #shown: {readonly client: BaseClient | undefined; readonly number: string} | undefined;
  #conversation: Conversation | undefined;
  /** Whether the user is asked to confirm the removal of all messages. */
  #clearing = false;

  constructor() {
    super();
    new StateController(this, () => [this.#conversation, this.#client.client?.messages]);
    new FocusKeeper(this, '.card');
    new DirectoryInvitations(
      this,
      () => this.#client.client,
      (person) => {
        this.#open(person);
        return true;
      },
      'message',
    );
  }

  override focus(options?: FocusOptions): void {
    this.composer?.focus(options);
  }

  protected override willUpdate(): void {
    const {client} = this.#client;
    const {number} = this;
    if (client !== this.#shown?.client || number !== this.#shown?.number) this.#change(client, number);
  }

  protected override render(): TemplateResult {
    const {client} = this.#client;
    return html`<div
      part="panel"
      class="card"
      role="group"
      tabindex="-1"
      aria-label=${this.#localize.term('messages')}
    >
      ${client ? this.#renderClient(client) : absenceNote(messageSquareIcon, this.#client, this.#localize)}
    </div>`;
  }

  #renderClient(client: BaseClient): TemplateResult {
    const {number} = this;
    const localize = this.#localize;
    const {error, dismiss} = this.#commands;
    const lost = client.options.historyStorage === 'local' && !client.messages.state.kept;
    const name = nameOf({number, name: this.name || this.#conversation?.state.name || ''}, localize);
    return html`${bar({
      number,
      name,
      filled: !!this.#conversation?.state.messages.length,
      clearing: this.#clearing,
      localize,
      onBack: this.#onBack,
      onClearing: this.#onClearing,
      onClear: this.#onClear,
    })}
    ${error ? errorNotice(error, undefined, {localize, onDismiss: dismiss}) : nothing}
    ${lost ? notice(localize.term('messagesNotKept'), {localize, warns: true}) : nothing}
    ${number ? this.#renderConversation(client, name) : this.#renderList(client)}`;
  }

  #renderConversation(client: BaseClient, name: string): TemplateResult {
    return html`<sip-messages-log
        exportparts=${LOG_PARTS}
        .client=${client}
        .conversation=${this.#conversation}
        .name=${name}
        .visible=${this.#visibility.visible}
        .memory=${this.#memory}
        @newest=${this.#onNewest}
      ></sip-messages-log>
      <sip-messages-composer
        exportparts=${COMPOSER_PARTS}
        .client=${client}
        .number=${this.number}
        .drafts=${this.#drafts}
        @text=${this.#onText}
        @file=${this.#onFile}
      ></sip-messages-composer>`;
  }

  #renderList({messages}: BaseClient): TemplateResult {
    return html`<sip-messages-list
      exportparts=${LIST_PARTS}
      .messages=${messages}
      @open=${({detail}: CustomEvent<Party>) => this.#open(detail)}
    ></sip-messages-list>`;
  }

  /** Asks the public element to show the conversation with a number. */
  #open({number, name}: Party): void {
    this.dispatchEvent(new CustomEvent<Party>('open', {detail: {number, name}}));
  }

  /** Switches to another conversation. */
  #change(client: BaseClient | undefined, number: string): void {
    const shown = (this.#shown = {client, number});
    this.#conversation = undefined;
    this.#clearing = false;
    if (!client) return;
    this.#load(client, number)
      .then((conversation) => {
        if (shown !== this.#shown || !conversation) return;
        this.#conversation = conversation;
        this.requestUpdate();
      })
      .catch((error: unknown) => this.#commands.show(toSipError(error)));
  }

  async #load({messages}: BaseClient, number: string): Promise<Conversation | undefined> {
    if (number) return messages.open(number);
    await messages.load();
    return undefined;
  }

  /** @param text - The text to restore in the field if no message was created for it. */
  #send(
    task: (messages: BaseClient['messages'], number: string) => Promise<SipMessage>,
    text?: string,
  ): void {
    const messages = this.#shown?.client?.messages;
    if (!messages) return;
    const {number} = this;
    const conversation = this.#conversation;
    const lastSent = (): string | undefined =>
      conversation?.state.messages.findLast(({direction}) => direction === 'outgoing')?.id;
    const before = lastSent();
    this.#commands.dismiss();
    this.log?.answer();
    const sending = task(messages, number);
    void messages.open(number).then(() => this.log?.toEnd());
    sending.catch((thrown: unknown) => {
      const error = toSipError(thrown, number);
      // The user canceled it.
      if (error.code === 'aborted') return;
      // A message in the log shows its own failure.
      if (lastSent() !== before) return dispatchError(this, error);
      this.#commands.tell(error);
      if (text !== undefined) this.#restore(number, text);
    });
  }

  /** Restores a text that could not be sent, unless the user has typed something else meanwhile. */
  #restore(number: string, text: string): void {
    if (this.#drafts.get(number)) return;
    this.#drafts.set(number, text);
    this.composer?.requestUpdate();
  }

  readonly #onText = ({detail: text}: CustomEvent<string>): void =>
    this.#send((messages, number) => messages.send(number, text), text);

  readonly #onFile = ({detail: file}: CustomEvent<File>): void =>
    this.#send((messages, number) => messages.sendFile(number, file));

  readonly #onBack = (): void => this.#open({number: '', name: ''});

  readonly #onClearing = (clearing: boolean): void => {
    this.#clearing = clearing;
    this.requestUpdate();
  };

  readonly #onClear = (): void => {
    this.#onClearing(false);
    void this.#shown?.client?.messages.clear(this.number);
  };

  readonly #onNewest = (): void => {
    this.log?.toEnd();
    this.focus({preventScroll: true});
  };
}
