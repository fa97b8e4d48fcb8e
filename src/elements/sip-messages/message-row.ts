import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {MessageFile, SipMessage} from '../../core/messages/message.js';
import {clockTime, dayText, fullMoment} from '../shared/history-time.js';
import {fileIcon, rotateCwIcon, trash2Icon, triangleAlertIcon, xIcon} from '../shared/icons.js';
import {sizeText} from '../sip-upload/upload-size.js';
import {piecesOf} from './links.js';

/** The properties of a row. */
export interface MessageRowContext {
  readonly message: SipMessage;
  /** The name of the other side. */
  readonly name: string;
  /** Whether the message is the first of its day. */
  readonly newDay: boolean;
  /** Whether the message is the first unread one. */
  readonly firstUnread: boolean;
  /** Whether a long text is shown in full. */
  readonly whole: boolean;
  /** The origin from which images are shown; none if undefined. */
  readonly origin: string | undefined;
  readonly now: number;
  readonly localize: LocalizeController;
  readonly onRetry: (message: SipMessage) => void;
  readonly onRemove: (message: SipMessage) => void;
  readonly onWhole: (message: SipMessage) => void;
  readonly onBroken: (message: SipMessage) => void;
}

/** The number of characters rendered at first: a stranger may send a very long text. */
const LONGEST = 3_000;

/** File types that browsers show as images and that contain no scripts. */
const PICTURE = /\.(?:png|jpe?g|gif|webp|avif|bmp)$/i;

/** Renders a message, preceded by the day line if it is the first of its day. */
export function messageRow(context: MessageRowContext): TemplateResult {
  const {message, name, newDay, firstUnread, now, localize} = context;
  const {direction, state, time} = message;
  const language = localize.lang();
  const who = direction === 'outgoing' ? localize.term('fromYou') : name;
  return html`<div class="row">
    ${newDay ? html`<div part="day" class="day">${dayText(time, now, language)}</div>` : nothing}
    ${firstUnread ? html`<div part="unread" class="day new">${localize.term('unreadFromHere')}</div>` : nothing}
    <div
      part="message"
      class="message ${direction} ${state}"
      role="article"
      aria-label=${localize.term('messageFrom', who, clockTime(time, language))}
    >
      <div class="bubble">${typeLine(context)}${message.file ? file(context) : text(context)}</div>
      <div class="meta quiet">
        <time datetime=${new Date(time).toISOString()} title=${fullMoment(time, language)}
          ><bdi>${clockTime(time, language)}</bdi></time
        >${direction === 'outgoing' ? stateLine(context) : nothing}
      </div>
    </div>
  </div>`;
}

function typeLine({message: {contentType}, localize}: MessageRowContext): TemplateResult | typeof nothing {
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase();
  return type === 'text/plain' || !type
    ? nothing
    : html`<p class="type quiet">${localize.term('ofType', type.slice(0, 80))}</p>`;
}

function text({message, whole, localize, onWhole}: MessageRowContext): TemplateResult {
  const shown = whole ? message.text : cut(message.text);
  const pieces = piecesOf(shown).map(({text, href}) => (href ? link(href, text) : text));
  // Whitespace is significant here.
  return html`<p class="text" dir="auto">${pieces}</p>
    ${
      shown.length < message.text.length
        ? html`<button class="link" type="button" @click=${() => onWhole(message)}>
            ${localize.term('showAll')}
          </button>`
        : nothing
    }`;
}

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

function file(context: MessageRowContext): TemplateResult {
  const {message, origin, localize, onBroken} = context;
  const {name, url} = message.file!;
  const shown = PICTURE.test(name) && !!url && new URL(url).origin === origin;
  const label = html`${
      shown
        ? html`<img
            part="preview"
            src=${url}
            alt=""
            loading="lazy"
            decoding="async"
            referrerpolicy="no-referrer"
            @error=${() => onBroken(message)}
          />`
        : fileIcon
    }<span class="file-text"
      ><bdi class="name">${name}</bdi
      ><bdi class="quiet number">${sizeLine(message.file!, localize)}</bdi></span
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
        ${message.state === 'sending' ? bar(context) : nothing}`;
}

function bar({message: {file}, localize}: MessageRowContext): TemplateResult {
  const {name, size, loaded = 0} = file!;
  return html`<progress
    part="progress"
    aria-label=${localize.term('sendingFile', name)}
    max=${size || 1}
    .value=${loaded}
  ></progress>`;
}

function stateLine({message, localize, onRetry, onRemove}: MessageRowContext): TemplateResult {
  const {state, error, number, file} = message;
  const button = (
    part: 'retry' | 'remove' | 'cancel',
    name: string,
    icon: TemplateResult,
    onPress: (message: SipMessage) => void,
  ): TemplateResult =>
    html`<button
      part=${part}
      class="act"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${() => onPress(message)}
    >
      ${icon}
    </button>`;
  if (state !== 'failed') {
    const uploading = state === 'sending' && file?.url === '';
    return html`<span part="state"
        >${localize.term(state === 'sending' ? 'messageSending' : 'messageSent')}</span
      >${
        uploading
          ? html`<span class="acts"
              >${button('cancel', localize.term('cancelFile', file.name), xIcon, onRemove)}</span
            >`
          : nothing
      }`;
  }
  const why = error ? localize.describe({code: error, subject: number}) : '';
  return html`<span part="state" class="why">${triangleAlertIcon}${localize.term('messageFailed')}</span>
    <span class="acts"
      >${button('retry', localize.term('retryMessage'), rotateCwIcon, onRetry)}
      ${button('remove', localize.term('removeMessage'), trash2Icon, onRemove)}</span
    >
    ${why ? html`<span class="why-text"><bdi>${why}</bdi></span>` : nothing}`;
}

/** Returns the size of a file, or its upload progress. */
function sizeLine({loaded, size}: MessageFile, localize: LocalizeController): string {
  const language = localize.lang();
  const whole = sizeText(size, language);
  return loaded === undefined ? whole : localize.term('partOf', sizeText(loaded, language), whole);
}
