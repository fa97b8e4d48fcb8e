import {LitElement, type TemplateResult} from 'lit';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import {LazyView} from '../shared/lazy-view.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {MessagesHost} from './host.js';
import {viewContext} from '../shared/view-context.js';

/**
 * Shows the conversation with a number: what was sent and received, day by day, and what became of it; sends texts and
 * files. Without a number it lists all conversations, and a press opens one.
 *
 * Web addresses become links; everything else that anybody writes stays text. A file travels as a link with its name and
 * size; a picture is shown where it comes from the server to which this client uploads, and nothing else is fetched. Only what
 * is in view is drawn, older messages are loaded when they are scrolled to, and the newest one stays in view unless somebody
 * reads further up.
 *
 * Enter sends, Shift+Enter begins a new line. Files can be pasted as well. `message` in a `<sip-directory>` of the same
 * client opens a conversation here. Messages count as read while the newest one is in view.
 *
 * What it draws is loaded when the element is first on a page.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A message could not be sent.
 * @csspart panel - The box around it all.
 * @csspart back - The button that leads to all conversations.
 * @csspart clear - The button that asks whether to remove all messages.
 * @csspart clear-all - The button that removes them.
 * @csspart conversation - Each conversation of the list.
 * @csspart log - The messages.
 * @csspart day - The line above the first message of a day.
 * @csspart unread - The line above the first message that nobody has read.
 * @csspart message - Each message.
 * @csspart state - What became of a message of this side's.
 * @csspart link - A web address in a message.
 * @csspart file - A file that a message brings.
 * @csspart preview - The picture of a file.
 * @csspart progress - How far a file is that is uploaded.
 * @csspart cancel - The button that takes out a file while it is uploaded.
 * @csspart retry - The button that sends a message again.
 * @csspart remove - The button that removes a message that failed.
 * @csspart newest - The button that leads to the newest message.
 * @csspart field - The field for a message.
 * @csspart attach - The button for files.
 * @csspart send - The button that sends.
 * @csspart notice - What went wrong.
 * @cssprop [--sip-messages-height=24rem] - How high the messages are.
 */
export class SipMessagesElement extends LitElement implements MessagesHost {
  static override styles = [shared];

  /** The number of the other side; all conversations where it is empty. */
  @property() with = '';
  /** What the other side is called; as it calls itself where it is empty. */
  @property() name = '';
  /** The id of the `<sip-client>`; the nearest one around it where it is empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #client = new ClientController(this, () => this.htmlFor);
  readonly #controllers = {localize: new LocalizeController(this), commands: new CommandController(this)};
  readonly #lazy = new LazyView(this, {
    ...this.#controllers,
    load: async () => {
      const {MessagesView} = await import('./view.js');
      return () => new MessagesView(viewContext(this, this.#client, this.#controllers));
    },
  });

  constructor() {
    super();
    new StateController(this, () => [this.#client.client]);
  }

  /** Removes the messages that were exchanged with the number, from this browser; all of them where there is none. */
  async clear(): Promise<void> {
    await this.#client.client?.messages.clear(this.with || undefined);
  }

  override focus(options?: FocusOptions): void {
    this.#lazy.view?.focus(options);
  }

  protected override render(): TemplateResult {
    return this.#lazy.render();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-messages': SipMessagesElement;
  }
}
