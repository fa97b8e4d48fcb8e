import {html, nothing, type TemplateResult} from 'lit';
import {formatDuration} from '../../controllers/clock-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {Recordings, StoredRecording} from '../../core/recordings/recordings.js';
import type {RecordingUploadProgress} from '../../core/recordings/recordings-upload.js';
import type {Party} from '../../core/types.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {fullMoment, shortMoment} from '../shared/history-time.js';
import {xIcon} from '../shared/icons.js';
import {checkIcon, playIcon} from '../shared/icons/controls.js';
import {chevronUpIcon, pencilIcon} from './icons.js';
import {downloadIcon, trash2Icon} from '../shared/icons/later.js';
import {nameLine, nameOf} from '../shared/people/people.js';
import {sizeText} from '../sip-upload/upload-size.js';

/** The longest title, as the store keeps it. */
const MOST_OF_TITLE = 200;

/** What a row is drawn with. */
export interface RecordingRowContext {
  readonly recording: StoredRecording;
  /** The other side, with what is known about it now. */
  readonly party: Party;
  readonly localize: LocalizeController;
  readonly now: number;
  /** Whether it is open, with its player. */
  readonly opened: boolean;
  /** Whether its title is edited. */
  readonly titled: boolean;
  /** How far its upload has come; undefined if it has not begun here. */
  readonly upload: RecordingUploadProgress | undefined;
  readonly recordings: Recordings | undefined;
  readonly onPlay: () => void;
  readonly onRename: () => void;
  /** Called with the new title; with undefined if the user cancels. */
  readonly onTitle: (title: string | undefined) => void;
  readonly onDownload: () => void;
  readonly onDelete: () => void;
}

/** Returns what a recording is called: its title, or whom it is of. */
export function titleOfRecording(
  {title}: StoredRecording,
  party: Party,
  localize: LocalizeController,
): string {
  return title ?? nameOf(party, localize);
}

/** Renders a recording: what it is called, its facts, its buttons, and its player if it is open. */
export function recordingRow(context: RecordingRowContext): TemplateResult {
  const {recording, party, localize, now, opened, titled, recordings} = context;
  const {onPlay, onRename, onDownload, onDelete} = context;
  const {id, title, time, state} = recording;
  const language = localize.lang();
  const name = localize.isolated(titleOfRecording(recording, party, localize));
  const what = localize.term('recordingOf', name, shortMoment(time, now, language));
  const running = state === 'recording';
  return html`${commandButton(
      localize.term(opened ? 'closeRecording' : 'playRecording', what),
      opened ? chevronUpIcon : playIcon,
      onPlay,
      {part: 'play', look: `act ${opened ? '' : 'go'}`, disabled: running},
    )}
    <div class="words">
      ${title === undefined ? nameLine(party, localize) : html`<bdi class="name line" title=${title}>${title}</bdi>`}
      <span class="quiet state points">
        ${title === undefined ? nothing : html`<span class="line"><bdi>${nameOf(party, localize)}</bdi></span>`}<time
          datetime=${new Date(time).toISOString()}
          title=${fullMoment(time, language)}
          >${shortMoment(time, now, language)}</time
        >${facts(context).map((each) => html`<span class="number">${each}</span>`)}${status(context)}
      </span>
      ${progress(context)}
    </div>
    ${
      running
        ? nothing
        : html`<div class="acts">
            ${commandButton(localize.term('renameRecording', what), pencilIcon, onRename, {
              part: 'rename',
              look: 'act plain',
            })}
            ${commandButton(localize.term('downloadRecording', what), downloadIcon, onDownload, {
              part: 'download',
              look: 'act plain',
            })}
            ${commandButton(localize.term('deleteRecording', what), trash2Icon, onDelete, {
              part: 'delete',
              look: 'act plain',
            })}
          </div>`
    }
    ${titled ? titleForm(context, title ?? '') : nothing}
    ${
      opened
        ? html`<sip-recording-player
            part="player"
            .recordings=${recordings}
            .recording=${id}
            .label=${what}
          ></sip-recording-player>`
        : nothing
    }`;
}

function facts({recording, localize}: RecordingRowContext): readonly string[] {
  const {duration, size, type, state} = recording;
  if (state === 'recording') return [];
  return [
    formatDuration(Math.round(duration)),
    localize.term(type.startsWith('video/') ? 'recordingVideo' : 'recordingSound'),
    sizeText(size, localize.lang()),
  ];
}

function status({recording, localize, upload}: RecordingRowContext): readonly TemplateResult[] {
  const {state, error, toSend, sent} = recording;
  const parts: TemplateResult[] = [];
  if (state === 'recording') parts.push(html`<span class="running">${localize.term('recordingRuns')}</span>`);
  else if (state === 'interrupted' || error)
    parts.push(
      html`<span class="cut" title=${error ? localize.describe({code: error}) : nothing}
        >${localize.term('recordingCut')}</span
      >`,
    );
  if (sent) parts.push(html`<span>${localize.term('recordingSent')}</span>`);
  else if (toSend && upload?.error)
    parts.push(
      html`<span class="cut" title=${localize.describe(upload.error)}
        >${localize.term('recordingUnsent')}</span
      >`,
    );
  else if (toSend && !upload && state !== 'recording')
    parts.push(html`<span>${localize.term('recordingWaits')}</span>`);
  return parts;
}

function progress({recording, localize, upload}: RecordingRowContext): TemplateResult | typeof nothing {
  if (!upload || upload.error || recording.sent) return nothing;
  const {loaded, total} = upload;
  const percent = new Intl.NumberFormat(localize.lang(), {style: 'percent'}).format(loaded / (total || 1));
  return html`<progress
    max=${total || 1}
    .value=${loaded}
    aria-label=${localize.term('recordingSends', percent)}
  ></progress>`;
}

function titleForm({localize, onTitle}: RecordingRowContext, title: string): TemplateResult {
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    onTitle((event.target as HTMLFormElement).querySelector('input')!.value);
  };
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    onTitle(undefined);
  };
  return html`<form class="title-form" @submit=${onSubmit} @keydown=${onKeydown}>
    <input
      part="title"
      class="input"
      dir="auto"
      maxlength=${MOST_OF_TITLE}
      autocomplete="off"
      aria-label=${localize.term('recordingTitle')}
      placeholder=${localize.term('recordingTitle')}
      .value=${title}
    />
    <button
      class="act"
      type="submit"
      aria-label=${localize.term('saveTitle')}
      title=${localize.term('saveTitle')}
    >
      ${checkIcon}
    </button>
    ${commandButton(localize.term('cancel'), xIcon, () => onTitle(undefined), {look: 'act plain'})}
  </form>`;
}
