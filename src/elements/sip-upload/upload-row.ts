import '../../locales/upload-en.js';
import {html, nothing, type TemplateResult} from 'lit';
import {formatDuration} from '../../controllers/clock-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipErrorCode} from '../../errors.js';
import {checkIcon} from '../shared/icons/controls.js';
import {triangleAlertIcon, xIcon} from '../shared/icons.js';
import {fileIcon, rotateCwIcon} from '../shared/icons/later.js';
import {isUnderway, type UploadEntry} from './upload-list.js';
import {sizeText} from './upload-size.js';

/** The errors that another attempt meets again. */
const LASTING: ReadonlySet<SipErrorCode | undefined> = new Set([
  'file-too-large',
  'file-unreadable',
  'forbidden-by-page',
  'bad-parameter',
] as const);

/** The properties of a row. */
export interface UploadRowContext {
  readonly entry: UploadEntry;
  readonly localize: LocalizeController;
  readonly onRetry: (id: number) => void;
  /** Cancels an unfinished upload, removes a finished one. */
  readonly onEnd: (id: number) => void;
}

/** Renders a file: its name, and its progress or result, with buttons that cancel, retry and remove it. */
export function uploadRow({entry, localize, onRetry, onEnd}: UploadRowContext): TemplateResult {
  const {id, file, phase} = entry;
  const {name} = file;
  const end = localize.term(isUnderway(entry) ? 'cancelFile' : 'remove', name);
  const retry = localize.term('sendAgain', name);
  const sign = phase === 'sent' ? checkIcon : phase === 'failed' ? triangleAlertIcon : fileIcon;
  return html`<span class="sign ${phase}">${sign}</span>
    <div class="words">
      <bdi class="line name" title=${name}>${name}</bdi>
      ${
        phase === 'failed' && entry.error
          ? html`<span class="why">${localize.describe(entry.error)}</span>`
          : html`<span class="quiet state points number"
              >${stateTexts(entry, localize).map((text) => html`<span>${text}</span>`)}</span
            >`
      }
      ${phase === 'sending' || phase === 'waiting' ? bar(entry, localize) : nothing}
    </div>
    ${
      phase === 'cancelled' || (phase === 'failed' && !LASTING.has(entry.error?.code))
        ? html`<button
            part="retry"
            class="act"
            type="button"
            aria-label=${retry}
            title=${retry}
            @click=${() => onRetry(id)}
          >
            ${rotateCwIcon}
          </button>`
        : nothing
    }
    <button
      part=${isUnderway(entry) ? 'cancel' : 'remove'}
      class="act plain"
      type="button"
      data-entry=${id}
      aria-label=${end}
      title=${end}
      @click=${() => onEnd(id)}
    >
      ${xIcon}
    </button>`;
}

function bar({file, progress}: UploadEntry, localize: LocalizeController): TemplateResult {
  return html`<progress
    part="progress"
    aria-label=${localize.term('sendingFile', file.name)}
    max=${file.size || 1}
    .value=${progress?.loaded ?? 0}
  ></progress>`;
}

function stateTexts({file, phase, progress}: UploadEntry, localize: LocalizeController): string[] {
  const language = localize.lang();
  const size = sizeText(file.size, language);
  if (phase === 'sent') return [localize.term('sent'), size];
  if (phase === 'cancelled') return [localize.term('cancelled'), size];
  if (!progress) return [localize.term('waiting'), size];
  const {loaded, speed, remaining} = progress;
  const texts = [localize.term('partOf', sizeText(loaded, language), size)];
  if (Number.isFinite(remaining) && remaining > 0)
    texts.push(
      sizeText(speed, language, true),
      localize.term('timeLeft', formatDuration(Math.ceil(remaining))),
    );
  return texts;
}
