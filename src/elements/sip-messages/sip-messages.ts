import {html, LitElement, type TemplateResult} from 'lit';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {Party} from '../../core/types.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {MessagesPanelElement} from './messages-panel.js';

/**
 * Shows the conversation with a number: the sent and received messages by day, with their delivery states. It sends
 * texts and files. Without a number it lists all conversations, and pressing one opens it.
 *
 * Web addresses become links; everything else stays plain text. A file is sent as a link with its name and size. An
 * image is shown if it comes from the server to which this client uploads, and nothing else is fetched. Only the
 * messages in view are rendered, older messages are loaded when the user scrolls to them, and the newest one stays in
 * view unless the user has scrolled up.
 *
 * A text to a group of the directory is a message to each of its members, and is shown once, with what became of it for each.
 *
 * A search finds conversations by name or number, groups of the directory, and messages by their words. Texts that were not sent are kept as
 * drafts. A message has one mark: sending, waiting for the connection, sent, delivered, read or failed. The bar shows that
 * the other side is writing.
 *
 * Enter sends; Shift+Enter begins a new line. Files can also be pasted. The `message` action of a `<sip-directory>` of
 * the same client opens a conversation here. Messages count as read while the newest one is in view.
 *
 * The view is loaded when the element is first on a page.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A message could not be sent.
 * @csspart panel - The box around everything.
 * @csspart person - The name that leads to the page about the other side, if `people` tells one.
 * @csspart back - The button that returns to all conversations.
 * @csspart call - The button that calls the other side.
 * @csspart video-call - The button that calls the other side with video.
 * @csspart clear - The button that asks whether to remove all messages.
 * @csspart clear-all - The button that confirms the removal.
 * @csspart compose - The button that begins a message to another person.
 * @csspart cancel-compose - The button that cancels the new message.
 * @csspart members-field - The field for the name or number of the recipient.
 * @csspart search - The field that searches conversations and messages.
 * @csspart conversation - Each conversation in the list.
 * @csspart composing - The words that the other side is writing.
 * @csspart log - The messages.
 * @csspart day - The line above the first message of a day.
 * @csspart unread - The line above the first unread message.
 * @csspart message - Each message.
 * @csspart state - The delivery state of an outgoing message.
 * @csspart link - A web address in a message.
 * @csspart file - A file in a message.
 * @csspart preview - The preview of an image file.
 * @csspart progress - The progress of a file being uploaded.
 * @csspart cancel - The button that removes a file while it is being uploaded.
 * @csspart retry - The button that sends a message again.
 * @csspart remove - The button that removes a failed message.
 * @csspart recipients - The button with what became of a text to a group, which lists its recipients.
 * @csspart recipient - The button that opens the conversation with a recipient.
 * @csspart group - The button that opens the conversation with the group that a text was for.
 * @csspart group-hint - The note that each member of a group gets a message of their own.
 * @csspart newest - The button that scrolls to the newest message.
 * @csspart field - The field for a message.
 * @csspart attach - The button that attaches files.
 * @csspart send - The button that sends the message.
 * @csspart notice - A message about a failure.
 * @cssprop [--sip-messages-height=24rem] - The height of the messages.
 */
export class SipMessagesElement extends LitElement {
  static override styles = [shared];

  /** The number of the other side, or `group:` and the number of a group; if empty, all conversations are listed. */
  @property() with = '';
  /** The name of the other side; if empty, the name that the other side sends. */
  @property() name = '';
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #client = new ClientController(this, () => this.htmlFor, {handsOn: true});
  readonly #lazy = new LazyElement<MessagesPanelElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-messages-panel',
    load: async () => (await import('./inner.js')).inner,
  });

  /** Removes the messages exchanged with the number from this browser; without a number, all messages. */
  async clear(): Promise<void> {
    await this.#client.client?.messages.clear(this.with || undefined);
  }

  /** Moves the focus to the field for a message. */
  override focus(options?: FocusOptions): void {
    this.#lazy.element?.focus(options);
  }

  protected override render(): TemplateResult {
    return this.#lazy.render(
      () =>
        html`<sip-messages-panel
          exportparts=${this.#lazy.parts}
          .number=${String(this.with ?? '').trim()}
          .name=${String(this.name ?? '')}
          @open=${this.#onOpen}
        ></sip-messages-panel>`,
    );
  }

  readonly #onOpen = ({detail: {number, name}}: CustomEvent<Party>): void => {
    this.with = number;
    this.name = name;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-messages': SipMessagesElement;
  }
}
