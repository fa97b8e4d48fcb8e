import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {MessageFile, SipMessage} from '../../core/messages/message.js';
import {clockTime, dayText, fullMoment} from '../shared/history-time.js';
import {xIcon} from '../shared/icons.js';
import {fileIcon, rotateCwIcon, trash2Icon} from '../shared/icons/later.js';
import {sizeText} from '../sip-upload/upload-size.js';
import {piecesOf} from './links.js';
import type {MessagesDeliveryElement} from './messages-delivery.js';
import {stateMark} from './state-mark.js';

/** The number of characters rendered at first: a stranger may send a very long text. */
const LONGEST = 3_000;

/** File types that browsers show as images and that contain no scripts. */
const PICTURE = /\.(?:png|jpe?g|gif|webp|avif|bmp)$/i;

/**
 * A message, preceded by the day line if it is the first of its day.
 *
 * It has no shadow root, because browsers end a selection at the edge of a shadow root, and users copy several messages
 * at once. `bubbleStyles` belong to the log around it.
 *
 * @fires {Event} retry - The user sends the failed message again.
 * @fires {Event} remove - The user removes the message.
 * @fires {Event} expand - The user wants a long text in full.
 * @fires {Event} broken - The image cannot be loaded.
 */
export class MessagesBubbleElement extends LitElement {
  @property({attribute: false}) message!: SipMessage;
  /** The name of the other side. */
  @property({attribute: false}) name = '';
  /** Whether the message is the first of its day. */
  @property({attribute: false}) newDay = false;
  /** Whether the message is the first unread one. */
  @property({attribute: false}) firstUnread = false;
  /** Whether a long text is shown in full. */
  @property({attribute: false}) whole = false;
  /** Whether the message is the last one that the user has sent. */
  @property({attribute: false}) last = false;
  /** Whether the message was found by a search. */
  @property({attribute: false}) found = false;
  /** The origin from which images are shown; none if undefined. */
  @property({attribute: false}) origin: string | undefined;
  /** Whether the recipients of a text to a group are listed. */
  @property({attribute: false}) unfolded = false;
  /** When today began, in milliseconds since the epoch. */
  @property({attribute: false}) today = 0;

  readonly #localize = new LocalizeController(this);

  /** Renders changes at once: the log measures its bubbles when it has rendered them. */
  renderNow(): void {
    this.performUpdate();
    this.querySelector<MessagesDeliveryElement>('sip-messages-delivery:defined')?.renderNow();
  }

  protected override createRenderRoot(): this {
    return this;
  }

  protected override render(): TemplateResult {
    const {message, name, newDay, firstUnread, today} = this;
    const {direction, state, time, file} = message;
    // A file to a group has recipients once it is uploaded.
    const shared = message.recipients && file?.url !== '';
    const localize = this.#localize;
    const language = localize.lang();
    const who = direction === 'outgoing' ? localize.term('fromYou') : name;
    return html`${newDay ? html`<div part="day" class="day">${dayText(time, today, language)}</div>` : nothing}
      ${firstUnread ? html`<div part="unread" class="day new">${localize.term('unreadFromHere')}</div>` : nothing}
      <div
        part="message"
        class="message ${direction} ${state} ${this.found ? 'found' : ''}"
        role="article"
        aria-label=${localize.term('messageFrom', who, clockTime(time, language))}
      >
        <div class="bubble">${this.#renderType()}${file ? this.#renderFile(file) : this.#renderText()}</div>
        <div class="meta quiet">
          <time datetime=${new Date(time).toISOString()} title=${fullMoment(time, language)}
            ><bdi>${clockTime(time, language)}</bdi></time
          >${direction === 'outgoing' && !shared ? this.#renderState() : nothing}
        </div>
        ${
          shared || message.copyOf
            ? html`<sip-messages-delivery
                exportparts="recipients, recipient, retry, group"
                .message=${message}
                .unfolded=${this.unfolded}
              ></sip-messages-delivery>`
            : nothing
        }
      </div>`;
  }

  #renderType(): TemplateResult | typeof nothing {
    const type = this.message.contentType.split(';', 1)[0]!.trim().toLowerCase();
    return type === 'text/plain' || !type
      ? nothing
      : html`<p class="type quiet">${this.#localize.term('ofType', type.slice(0, 80))}</p>`;
  }

  #renderText(): TemplateResult {
    const {text} = this.message;
    const shown = this.whole ? text : cut(text);
    const pieces = piecesOf(shown).map((piece) => (piece.href ? link(piece.href, piece.text) : piece.text));
    // Whitespace is significant here.
    return html`<p class="text" dir="auto">${pieces}</p>
      ${
        shown.length < text.length
          ? html`<button class="link" type="button" @click=${() => this.#dispatch('expand')}>
              ${this.#localize.term('showAll')}
            </button>`
          : nothing
      }`;
  }

  #renderFile(file: MessageFile): TemplateResult {
    const {name, url} = file;
    const shown = PICTURE.test(name) && !!url && new URL(url).origin === this.origin;
    const label = html`${
        shown
          ? html`<img
              part="preview"
              src=${url}
              alt=""
              loading="lazy"
              decoding="async"
              referrerpolicy="no-referrer"
              @error=${() => this.#dispatch('broken')}
            />`
          : fileIcon
      }<span class="file-text"
        ><bdi class="name">${name}</bdi
        ><bdi class="quiet number">${sizeLine(file, this.#localize)}</bdi></span
      >`;
    return url
      ? html`<a
          part="file"
          class="file ${shown ? 'shown' : ''}"
          href=${url}
          title=${url}
          target="_blank"
          rel="noopener noreferrer nofollow"
          >${label}</a
        >`
      : html`<div part="file" class="file">${label}</div>
          ${this.message.state === 'sending' ? this.#renderProgress(file) : nothing}`;
  }

  #renderProgress({name, size, loaded = 0}: MessageFile): TemplateResult {
    return html`<progress
      part="progress"
      aria-label=${this.#localize.term('sendingFile', name)}
      max=${size || 1}
      .value=${loaded}
    ></progress>`;
  }

  #renderState(): TemplateResult {
    const {state, error, number, file} = this.message;
    const localize = this.#localize;
    if (state !== 'failed') {
      const uploading = state === 'sending' && file?.url === '';
      return html`${stateMark(this.message, localize, this.last || state === 'waiting')}${
        uploading
          ? html`<span class="acts"
              >${this.#renderButton('cancel', localize.term('cancelFile', file.name), xIcon, 'remove')}</span
            >`
          : nothing
      }`;
    }
    // A file that has no address yet was not uploaded.
    const subject = file?.url === '' ? file.name : number;
    const why = error ? localize.describe({code: error, subject}) : '';
    return html`${stateMark(this.message, localize)}
      <span class="acts"
        >${this.#renderButton('retry', localize.term('retryMessage'), rotateCwIcon, 'retry')}
        ${this.#renderButton('remove', localize.term('removeMessage'), trash2Icon, 'remove')}</span
      >
      ${why ? html`<span class="why-text"><bdi>${why}</bdi></span>` : nothing}`;
  }

  #renderButton(part: string, name: string, icon: TemplateResult, event: BubbleEvent): TemplateResult {
    return html`<button
      part=${part}
      class="act"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${() => this.#dispatch(event)}
    >
      ${icon}
    </button>`;
  }

  #dispatch(event: BubbleEvent): void {
    this.dispatchEvent(new Event(event));
  }
}

type BubbleEvent = 'retry' | 'remove' | 'expand' | 'broken';

function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  // Does not split a surrogate pair.
  return text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '') + '…';
}

function link(href: string, text: unknown): TemplateResult {
  return html`<a part="link" href=${href} title=${href} target="_blank" rel="noopener noreferrer nofollow"
    >${text}</a
  >`;
}

/** Returns the size of a file, or its upload progress. */
function sizeLine({loaded, size}: MessageFile, localize: LocalizeController): string {
  const language = localize.lang();
  const whole = sizeText(size, language);
  return loaded === undefined ? whole : localize.term('partOf', sizeText(loaded, language), whole);
}
