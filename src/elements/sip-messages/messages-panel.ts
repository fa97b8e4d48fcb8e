import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {dispatchError} from '../../controllers/sip-error-event.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {Conversation} from '../../core/messages/conversation.js';
import {groupConversation, groupOf} from '../../core/messages/message.js';
import type {CallMedia, Party} from '../../core/types.js';
import {toSipError} from '../../errors.js';
import '../../locales/messages-en.js';
import {openMicrophoneAhead} from '../shared/calls/microphone-ahead.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {commandNotice, notice} from '../shared/notice.js';
import {DirectoryInvitations} from '../shared/people/directory-invitations.js';
import {PeopleField} from '../shared/people/people-field.js';
import {nameOf} from '../shared/people/people.js';
import {isRegistered, unregisteredReason} from '../shared/registration.js';
import {form} from '../shared/styles/form.styles.js';
import {listPanel, noticeMargin} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {bar} from './bar.js';
import {ComposingAnnouncement} from './composing-announcement.js';
import {absenceNote} from '../shared/empty-note.js';
import {messageSquareIcon} from '../shared/icons/phone.js';
import {GROUP_CODE} from './group-code.js';
import type {MessageGroup} from './groups.js';
import {MessagesComposerElement} from './messages-composer.js';
import {Drafts} from './drafts.js';
import {MessagesListElement} from './messages-list.js';
import {LogMemory, MessagesLogElement} from './messages-log.js';
import type {Opening} from './opening.js';
import {Visibility} from './visibility.js';

/** Which conversation is shown; of all, if the number is empty. */
interface Shown {
  readonly client: BaseClient | undefined;
  readonly number: string;
}

/**
 * The box with a conversation, or with the list of all: it switches between them, sends what is written, and shows what
 * fails.
 *
 * @fires {CustomEvent<Party>} open - Another conversation is to be shown; all of them if its number is empty.
 */
export class MessagesPanelElement extends LitElement {
  static readonly parts = [
    'panel, back, call, video-call, clear, clear-all, compose, cancel-compose, members-field, composing, person, notice, group-hint',
    MessagesListElement.parts,
    MessagesLogElement.parts,
    MessagesComposerElement.parts,
  ].join();

  static override styles = [
    inner,
    listPanel,
    noticeMargin,
    form,
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
      .writing {
        display: grid;
        min-inline-size: 0;
        line-height: 1.2;
      }
      .writing .quiet {
        font-size: var(--_text-s);
      }
      .to {
        padding: var(--_space-2) var(--_space-3);
        border-block-end: 1px solid var(--_border);
      }
      .hint {
        padding: var(--_space-1) var(--_space-3);
        font-size: var(--_text-s);
        text-wrap: balance;
      }
      /* In a low place, the search is beside the button for a new message: the list needs the room. */
      @container (block-size < 18rem) {
        .all {
          display: grid;
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .all > * {
          grid-column: 1 / -1;
        }
        .all > .bar {
          grid-area: 1 / 2;
        }
        .all > .bar > :not(button) {
          display: none;
        }
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
  readonly #drafts = new Drafts();
  readonly #recipient: PeopleField;
  readonly #announcement = new ComposingAnnouncement();
  /** Whether the user chooses whom to write to. */
  #composing = false;
  /** Whether the user has named several people. */
  #several = false;
  /** Whether the field for a text gets the focus as soon as it is there. */
  #begins = false;
  /** The message that was found by a search, with its number. */
  #target = {number: '', message: ''};
  /** The client and the number of the conversation. */
  #shown: Shown | undefined;
  #conversation: Conversation | undefined;
  /** The group of the conversation, once its members are known. */
  #group: MessageGroup | undefined;
  /** The conversation whose group was asked for. */
  #groupAsked: Shown | undefined;
  /** Whether the user is asked to confirm the removal of all messages. */
  #clearing = false;

  constructor() {
    super();
    new StateController(this, () => {
      const {client} = this.#client;
      return [client, this.#conversation, client?.messages];
    });
    openMicrophoneAhead(this, () => this.#client.client, ['call', 'video-call']);
    new FocusKeeper(this, '.card');
    this.#recipient = new PeopleField(
      {
        host: this,
        localize: this.#localize,
        commands: this.#commands,
        client: () => this.#client.client,
        single: true,
        group: 'messageGroup',
        wholeGroups: true,
      },
      (people) => this.#write(people),
      'messageRecipient',
    );
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
    if (this.composer) this.composer.focus(options);
    // A conversation that was just chosen gets its field by the next update.
    else this.#begins = true;
  }

  protected override willUpdate(): void {
    const {client} = this.#client;
    const {number} = this;
    this.#drafts.follow(client);
    if (client !== this.#shown?.client || number !== this.#shown?.number) this.#change(client, number);
    this.#askGroup(client, groupOf(number));
  }

  protected override updated(): void {
    if (!this.#begins || !this.composer) return;
    this.#begins = false;
    void this.composer.updateComplete.then(() => this.focus());
  }

  protected override render(): TemplateResult {
    const {client} = this.#client;
    return html`<div
      part="panel"
      class="card ${this.number || this.#composing ? '' : 'all'}"
      role="group"
      tabindex="-1"
      aria-label=${this.#localize.term('messages')}
    >
      ${client ? this.#renderClient(client) : absenceNote(messageSquareIcon, this.#client, this.#localize)}
    </div>`;
  }

  #renderClient(client: BaseClient): TemplateResult {
    const {number} = this;
    const group = groupOf(number);
    const localize = this.#localize;
    const lost = client.options.historyStorage === 'local' && !client.messages.state.kept;
    const known = this.name || this.#group?.name || this.#conversation?.state.name || '';
    const party =
      group === undefined
        ? client.identify({number, name: known}, {directory: true})
        : {number: group, name: known};
    const name = nameOf(party, localize);
    const composing = this.#conversation?.state.composing ?? false;
    return html`${bar({
        party,
        number,
        name,
        filled: !!this.#conversation?.state.messages.length,
        clearing: this.#clearing,
        calls: client.capabilities.call && group === undefined,
        reason: unregisteredReason(client, localize),
        choosing: this.#composing,
        composing,
        localize,
        onCall: this.#onCall,
        onCompose: this.#onCompose,
        onBack: this.#onBack,
        onClearing: this.#onClearing,
        onClear: this.#onClear,
      })}
      ${commandNotice(this.#commands, localize)}
      ${lost ? notice(localize.term('messagesNotKept'), {localize, warns: true}) : nothing}
      ${number ? this.#renderConversation(name) : this.#renderList()}
      <div class="hidden" role="status">
        ${this.#announcement.next(number, composing, localize.term('someoneComposing', name))}
      </div>`;
  }

  #renderConversation(name: string): TemplateResult {
    return html`<sip-messages-log
        exportparts=${MessagesLogElement.parts}
        .conversation=${this.#conversation}
        .name=${name}
        .visible=${this.#visibility.visible}
        .memory=${this.#memory}
        .target=${this.#target.number === this.number ? this.#target.message : ''}
        @newest=${this.#onNewest}
        @open=${({detail}: CustomEvent<Opening>) => this.#open(detail)}
      ></sip-messages-log>
      ${this.#group ? html`<p part="group-hint" class="hint quiet">${this.#hintOf(this.#group)}</p>` : nothing}
      <sip-messages-composer
        exportparts=${MessagesComposerElement.parts}
        .number=${this.number}
        .drafts=${this.#drafts}
        @text=${this.#onText}
        @file=${this.#onFile}
      ></sip-messages-composer>`;
  }

  #renderList(): TemplateResult {
    const localize = this.#localize;
    return html`${
        this.#composing
          ? html`<div class="to" @keydown=${this.#onComposeKey}>${this.#recipient.render(() => {})}</div>
              ${this.#several ? notice(localize.term('oneRecipient'), {localize, warns: true}) : nothing}`
          : nothing
      }<sip-messages-list
        exportparts=${MessagesListElement.parts}
        .drafts=${this.#drafts}
        @open=${({detail}: CustomEvent<Opening>) => this.#open(detail)}
      ></sip-messages-list>`;
  }

  #hintOf({members}: MessageGroup): string {
    return this.#localize.term('groupMembersHint', String(members.length));
  }

  /** Opens the conversation with the chosen person or group. */
  #write([party, ...others]: readonly Party[]): void {
    if (!party) return;
    this.#several = others.length > 0;
    if (this.#several) return this.requestUpdate();
    const {number, name} = party;
    this.#open({number: this.#recipient.isGroup(number) ? groupConversation(number) : number, name});
    this.#begins = true;
  }

  /** Asks the public element to show the conversation with a number, perhaps at a message. */
  #open({number, name, message = ''}: Opening): void {
    this.#composing = false;
    this.#target = {number, message};
    this.dispatchEvent(new CustomEvent<Party>('open', {detail: {number, name}}));
  }

  /** Switches to another conversation. */
  #change(client: BaseClient | undefined, number: string): void {
    const shown = (this.#shown = {client, number});
    this.#conversation = this.#group = undefined;
    this.#clearing = this.#composing = false;
    if (!client) return;
    this.#load(client, number)
      .then((conversation) => {
        if (shown !== this.#shown || !conversation) return;
        this.#conversation = conversation;
        this.requestUpdate();
      })
      .catch((error: unknown) => this.#commands.show(toSipError(error)));
  }

  /** Asks for the members of a group once, when the directory can be asked. */
  #askGroup(client: BaseClient | undefined, number: string | undefined): void {
    if (!client || number === undefined || this.#groupAsked === this.#shown || !isRegistered(client)) return;
    this.#groupAsked = this.#shown;
    this.#loadGroup(client, number).catch((error: unknown) => this.#commands.show(toSipError(error)));
  }

  /** Finds the members of a group, unless another conversation is shown by then. */
  async #loadGroup(client: BaseClient, number: string): Promise<MessageGroup> {
    const shown = this.#shown;
    const group = await (await GROUP_CODE.wait()).messageGroup(number, client);
    if (shown === this.#shown) {
      this.#group = group;
      this.requestUpdate();
    }
    return group;
  }

  /** Sends a text to each member of the group. */
  async #sendToGroup(client: BaseClient, number: string, text: string): Promise<void> {
    const conversation = this.number;
    this.#commands.dismiss();
    try {
      const {name, members} = await this.#groupOf(client, number);
      await client.messages.sendToAll(members, text, {group: {number, name}});
      if (this.number === conversation) this.log?.toEnd();
    } catch (thrown) {
      this.#commands.fail(toSipError(thrown, number));
      this.#restore(conversation, text);
    }
  }

  async #groupOf(client: BaseClient, number: string): Promise<MessageGroup> {
    return this.#group ?? this.#loadGroup(client, number);
  }

  async #load({messages}: BaseClient, number: string): Promise<Conversation | undefined> {
    if (!number) {
      await messages.load();
      return undefined;
    }
    const conversation = await messages.open(number);
    const {message} = this.#target;
    if (this.#target.number !== number || !message) return conversation;
    const lacks = (): boolean => !conversation.state.messages.some(({id}) => id === message);
    while (conversation.state.older && lacks()) await conversation.loadOlder(1_000);
    return conversation;
  }

  /** @param text - The text to restore in the field if no message was created for it. */
  #send(task: (messages: BaseClient['messages'], number: string) => Promise<unknown>, text?: string): void {
    const messages = this.#shown?.client?.messages;
    if (!messages) return;
    const {number} = this;
    const began = Date.now();
    this.#commands.dismiss();
    this.log?.answer();
    const sending = task(messages, number);
    const opening = messages.open(number).catch(() => undefined);
    void opening.then(() => this.log?.toEnd());
    sending.catch(async (thrown: unknown) => {
      const error = toSipError(thrown, number);
      // The user canceled it.
      if (error.code === 'aborted') return;
      // A message in the log shows its own failure. The conversation may have been opened only after the text was sent.
      const own = (await opening)?.state.messages.filter(({direction}) => direction === 'outgoing');
      if (own?.some(({time}) => time >= began)) return dispatchError(this, error);
      this.#commands.fail(error);
      if (text !== undefined) this.#restore(number, text);
    });
  }

  /** Restores a text that could not be sent, unless the user has typed something else meanwhile. */
  #restore(number: string, text: string): void {
    if (this.#drafts.get(number)) return;
    this.#drafts.set(number, text);
    this.composer?.requestUpdate();
  }

  readonly #onText = ({detail: text}: CustomEvent<string>): void => {
    const client = this.#shown?.client;
    const group = groupOf(this.number);
    if (client && group !== undefined) void this.#sendToGroup(client, group, text);
    else this.#send((messages, number) => messages.send(number, text), text);
  };

  readonly #onFile = ({detail: file}: CustomEvent<File>): void => {
    const client = this.#shown?.client;
    const group = groupOf(this.number);
    this.#send(async (messages, number) => {
      if (!client || group === undefined) return messages.sendFile(number, file);
      const {name, members} = await this.#groupOf(client, group);
      return messages.sendFileToAll(members, file, {group: {number: group, name}});
    });
  };

  readonly #onCall = (media: CallMedia): void => {
    const {client} = this.#client;
    if (client) void this.#commands.run(() => client.call(this.number, {media}));
  };

  readonly #onCompose = (composing: boolean): void => {
    this.#composing = composing;
    this.#several = false;
    this.requestUpdate();
    void this.updateComplete.then(() =>
      this.renderRoot
        .querySelector<HTMLElement>(composing ? '[part=members-field]' : '[part=compose]')
        ?.focus(),
    );
  };

  readonly #onComposeKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    this.#onCompose(false);
  };

  readonly #onBack = (): void => this.#open({number: '', name: ''});

  readonly #onClearing = (clearing: boolean): void => {
    this.#clearing = clearing;
    this.requestUpdate();
  };

  readonly #onClear = (): void => {
    this.#onClearing(false);
    const client = this.#shown?.client;
    if (client) void this.#commands.run(() => client.messages.clear(this.number));
  };

  readonly #onNewest = (): void => {
    this.log?.toEnd();
    this.focus({preventScroll: true});
  };
}
