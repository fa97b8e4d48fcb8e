import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {clientContext} from '../../context/client-context.js';
import {inherited} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {groupOf, type SipMessage} from '../../core/messages/message.js';
import type {RecipientState, TextDelivery} from '../../core/messages/text-deliveries.js';
import '../../locales/desk/message-groups-en.js';
import {triangleAlertIcon} from '../shared/icons.js';
import {rotateCwIcon} from '../shared/icons/later.js';
import {chevronDownIcon, usersIcon} from '../shared/icons/phone.js';
import {nameOf, titleOf} from '../shared/people/people.js';
import {repeat} from '../shared/repeat.js';
import {inner} from '../shared/styles/shared.styles.js';
import {styles} from './messages-delivery.styles.js';
import type {Opening} from './opening.js';

/** How far a recipient's message is, by the word that is shown. */
type Word = 'Sending' | 'Waiting' | 'Sent' | 'Delivered' | 'Read' | 'Failed' | 'Unknown';

/** The order of the recipients: those who need the user come first. */
const ORDER: readonly Word[] = ['Failed', 'Unknown', 'Waiting', 'Sending', 'Sent', 'Delivered', 'Read'];

/**
 * What became of a text to a group: in a summary, and for each recipient; and in the conversation with one of them, which
 * group the text was for.
 *
 * @fires {CustomEvent<Opening>} open - A conversation is to be shown.
 * @fires {Event} unfold - The list of recipients is to be shown, or hidden.
 * @fires {Event} resized - The height may have changed.
 */
export class MessagesDeliveryElement extends LitElement {
  static readonly parts = 'recipients, recipient, retry, group';

  static override styles = [inner, styles];

  @inherited(clientContext) client!: BaseClient;
  @property({attribute: false}) message!: SipMessage;
  /** Whether each recipient is listed. */
  @property({attribute: false}) unfolded = false;

  readonly #localize = new LocalizeController(this);
  #delivery: TextDelivery | undefined;
  /** The id of the message whose delivery was requested. */
  #asked = '';

  constructor() {
    super();
    new StateController(this, () => [this.client.messages, this.#delivery]);
  }

  /** Renders changes at once: the log measures its rows when it has rendered them. */
  renderNow(): void {
    this.performUpdate();
  }

  protected override willUpdate(): void {
    const {id, recipients} = this.message;
    if (!recipients || id === this.#asked) return;
    this.#asked = id;
    this.#delivery = undefined;
    this.client.messages.delivery(this.message).then(
      (delivery) => {
        if (this.message.id !== id) return;
        this.#delivery = delivery;
        this.requestUpdate();
      },
      // What could not be loaded is requested again with the next change.
      () => {
        if (this.message.id === id) this.#asked = '';
      },
    );
  }

  protected override updated(_changed: PropertyValues): void {
    this.dispatchEvent(new Event('resized', {bubbles: true}));
  }

  protected override render(): TemplateResult | typeof nothing {
    const {copyOf} = this.message;
    if (copyOf) return this.#renderGroup(copyOf.number);
    return this.#delivery ? this.#renderDelivery(this.#delivery) : nothing;
  }

  /** Renders to which group the text was sent: a press leads to the conversation with it. */
  #renderGroup(conversation: string): TemplateResult {
    const localize = this.#localize;
    const {conversations} = this.client.messages.state;
    const name = conversations.find(({number}) => number === conversation)?.name || groupOf(conversation)!;
    const label = localize.term('sentToGroup', localize.isolated(name));
    return html`<button
      part="group"
      class="summary"
      type="button"
      title=${label}
      @click=${() => this.#open({number: conversation, name})}
    >
      ${usersIcon}<span class="line">${label}</span>
    </button>`;
  }

  #renderDelivery(delivery: TextDelivery): TemplateResult {
    const localize = this.#localize;
    const {recipients} = delivery.state;
    const failed = recipients.filter(({state}) => state === 'failed').length;
    const again = localize.term('sendToFailed', String(failed));
    const text = this.#summaryOf(recipients, failed);
    return html`<div class="head">
        <button
          part="recipients"
          class="summary ${failed ? 'failed' : ''}"
          type="button"
          aria-expanded=${this.unfolded ? 'true' : 'false'}
          title=${localize.term('showRecipients')}
          @click=${() => this.dispatchEvent(new Event('unfold', {bubbles: true}))}
        >
          ${failed ? triangleAlertIcon : usersIcon}<span>${text}</span
          ><span class="chevron">${chevronDownIcon}</span>
        </button>
        ${
          failed
            ? html`<button
                part="retry"
                class="act"
                type="button"
                aria-label=${again}
                title=${again}
                @click=${() => void delivery.retry()}
              >
                ${rotateCwIcon}
              </button>`
            : nothing
        }
      </div>
      ${this.unfolded ? this.#renderRecipients(delivery) : nothing}`;
  }

  #renderRecipients({state}: TextDelivery): TemplateResult {
    const {conversations} = this.client.messages.state;
    const unread = new Map(conversations.map((each) => [each.number, each.unread]));
    const recipients = [...state.recipients].sort(
      (one, other) => ORDER.indexOf(wordOf(one)) - ORDER.indexOf(wordOf(other)),
    );
    return html`<div
      class="list"
      role="list"
      tabindex="0"
      aria-label=${this.#localize.term('showRecipients')}
    >
      ${repeat(
        recipients,
        ({id}) => id,
        (recipient) => this.#renderRecipient(recipient, unread.get(recipient.number) ?? 0),
      )}
    </div>`;
  }

  #renderRecipient(recipient: RecipientState, unread: number): TemplateResult {
    const localize = this.#localize;
    const {number, error} = recipient;
    const party = this.client.identify({number, name: recipient.name});
    const word = wordOf(recipient);
    const why = word === 'Failed' && error ? localize.describe({code: error, subject: number}) : '';
    const count = localize.term('unreadCount', String(unread));
    return html`<div class="recipient ${word.toLowerCase()}" role="listitem" data-number=${number}>
      <button
        part="recipient"
        class="who line"
        type="button"
        dir="auto"
        title=${titleOf(party, localize)}
        @click=${() => this.#open({number, name: recipient.name})}
      >
        ${nameOf(party, localize)}
      </button>
      ${
        unread
          ? html`<span class="badge number" title=${count}
              ><span aria-hidden="true">${unread}</span><span class="hidden">${count}</span></span
            >`
          : nothing
      }
      <span class="word" title=${why}>${localize.term('recipientState', word)}</span>
    </div>`;
  }

  /** Says how many have got the text, and how many have not. */
  #summaryOf(recipients: readonly RecipientState[], failed: number): string {
    const localize = this.#localize;
    const all = String(recipients.length);
    const count = (isCounted: (recipient: RecipientState) => unknown): number =>
      recipients.filter(isCounted).length;
    const delivered = count(({delivered, read}) => delivered || read);
    const sent = count(({state}) => state === 'sent');
    const waiting = count(({state}) => state === 'sending' || state === 'waiting');
    return [
      delivered
        ? localize.term('groupDelivered', String(delivered), all)
        : localize.term('groupSent', String(sent), all),
      waiting ? localize.term('groupWaitingFor', String(waiting)) : '',
      failed ? localize.term('groupFailed', String(failed)) : '',
    ]
      .filter(Boolean)
      .join(' · ');
  }

  #open(detail: Opening): void {
    this.dispatchEvent(new CustomEvent<Opening>('open', {detail, bubbles: true}));
  }
}

function wordOf({state, delivered, read}: RecipientState): Word {
  if (state === 'sent') return read ? 'Read' : delivered ? 'Delivered' : 'Sent';
  if (state === 'failed') return 'Failed';
  if (state === 'sending') return 'Sending';
  return state === 'waiting' ? 'Waiting' : 'Unknown';
}
