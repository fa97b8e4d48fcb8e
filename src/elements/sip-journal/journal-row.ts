import {html, nothing, type TemplateResult} from 'lit';
import {formatDuration} from '../../controllers/clock-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {JournalDraft, JournalKind, JournalPerson} from '../../core/journal/journal-row.js';
import {ERROR_TEXTS, type SipErrorCode} from '../../errors.js';
import {clockTime, fullMoment, shortMoment} from '../shared/history-time.js';
import {eyeIcon, phoneIcon, sirenIcon, xIcon} from '../shared/icons.js';
import {cameraIcon, checkIcon, circleDotIcon, playIcon} from '../shared/icons/controls.js';
import {downloadIcon, fileIcon, radioIcon} from '../shared/icons/later.js';
import {messageSquareIcon, usersIcon} from '../shared/icons/phone.js';
import {nameOf, namesOf, titleOf} from '../shared/people/people.js';
import {listChecksIcon, notebookPenIcon, userIcon, wifiOffIcon} from './icons.js';

const ICONS: Readonly<Record<JournalKind, TemplateResult>> = {
  single: phoneIcon,
  urgent: sirenIcon,
  sos: sirenIcon,
  conference: usersIcon,
  broadcast: usersIcon,
  intercom: radioIcon,
  'temporary-intercom': radioIcon,
  monitor: eyeIcon,
  'member-video': eyeIcon,
  'listen-in': phoneIcon,
  'barge-in': phoneIcon,
  other: phoneIcon,
  text: messageSquareIcon,
  file: fileIcon,
  photo: cameraIcon,
  recording: circleDotIcon,
  session: userIcon,
  connection: wifiOffIcon,
  note: notebookPenIcon,
  acknowledgement: checkIcon,
  'roll-call': listChecksIcon,
  strangers: phoneIcon,
};

/** How many of those who were absent a row names: the list of its people has all. */
const MOST_NAMES = 20;

/** What a row of a journal is drawn with. */
export interface JournalRowContext {
  readonly row: JournalDraft;
  /** The row that a note or an acknowledgement belongs to. */
  readonly about: JournalDraft | undefined;
  /** Whether the browser has not written it yet. */
  readonly waits: boolean;
  readonly now: number;
  readonly localize: LocalizeController;
  /** Whether what was said then can still be heard again. */
  readonly heard: boolean;
  readonly onNote: (row: JournalDraft) => void;
  readonly onPerson: (number: string) => void;
  /** The id of the recording of the row, or of the call that ended. */
  readonly recording: string | undefined;
  readonly onPlay: (row: JournalDraft) => void;
  readonly onSave: (recording: string) => void;
  readonly onHear: (row: JournalDraft) => void;
  readonly onPeople: (row: JournalDraft) => void;
}

/** Renders what a row says, with buttons for its note, its recording and what was heard. */
export function journalRow(context: JournalRowContext): TemplateResult {
  const {row, waits, now, localize, heard, recording, onNote, onPlay, onSave, onHear, onPeople} = context;
  const {kind, event, time, duration, count, direction, people} = row;
  const language = localize.lang();
  const named = whoText(context);
  const name = localize.isolated(named);
  const kindText = localize.term('journalKind', kind);
  const isEnd = event === 'ended';
  const moment = clockTime(time, language);
  const urgent = kind === 'sos' || kind === 'urgent';
  return html`<span class="sign ${urgent ? 'urgent' : ''}">${ICONS[kind]}</span>
    <div class="words">
      <span class="line">${who(context)}</span>
      <span class="quiet state row">
        <time datetime=${new Date(time).toISOString()} title=${fullMoment(time, language)}
          >${shortMoment(time, now, language)}</time
        >
        ${people ? html`<span>${presentText(people, localize)}</span>` : nothing}
        ${named === kindText || (people && !isEnd) ? nothing : html`<span class=${urgent ? 'urgent' : ''}>${kindText}</span>`}
        ${event === 'written' || (people && isEnd) ? nothing : html`<span>${localize.term('journalEvent', event, direction ?? '')}</span>`}
        ${duration === undefined ? nothing : html`<span class="number">${formatDuration(duration)}</span>`}
        ${count === undefined ? nothing : html`<span class="number">${count}</span>`}
        ${waits ? html`<span class="urgent">${localize.term('journalUnwritten')}</span>` : nothing}
        ${rest(context)}
      </span>
    </div>
    ${people ? act('people', localize.term('journalPeople', name, moment), usersIcon, () => onPeople(row)) : nothing}
    ${heard ? act('hear', localize.term('journalHear', name, moment), playIcon, () => onHear(row)) : nothing}
    ${recording ? act('play', localize.term('journalPlay', name, moment), playIcon, () => onPlay(row)) : nothing}
    ${
      row.recording
        ? act('save', localize.term('journalSave', name, moment), downloadIcon, () => onSave(row.recording!))
        : nothing
    }
    ${
      kind === 'note' || kind === 'acknowledgement'
        ? nothing
        : act('note', localize.term('journalNoteFor', name, moment), notebookPenIcon, () => onNote(row))
    }`;
}

/** Returns whom a row is about, or else what. */
export function whoText({
  row,
  about,
  localize,
}: Pick<JournalRowContext, 'row' | 'about' | 'localize'>): string {
  const {number = '', name = '', person, personName = ''} = row;
  if (row.kind === 'note') return row.text ?? '';
  if (about && row.kind !== 'roll-call') return whoText({row: about, about: undefined, localize});
  if (person && row.kind !== 'acknowledgement') return nameOf({number: person, name: personName}, localize);
  return number || name ? nameOf({number, name}, localize) : localize.term('journalKind', row.kind);
}

/** Renders whom a row is about: a press shows the rows of this person, conference or group alone. */
function who(context: JournalRowContext): TemplateResult {
  const {row, localize, onPerson} = context;
  const text = whoText(context);
  const number = numberOf(row);
  if (!number) return html`<bdi class="name" title=${text}>${text}</bdi>`;
  const title = titleOf({number, name: text}, localize);
  return html`<button
    part="person"
    class="who line party"
    type="button"
    title=${localize.term('journalOnly', title)}
    @click=${() => onPerson(number)}
  >
    <bdi class="name">${text}</bdi
    >${number === text ? nothing : html` <bdi class="quiet number">${number}</bdi>`}
  </button>`;
}

/** Returns the number of whom a row is about. */
function numberOf({kind, number, person}: JournalDraft): string | undefined {
  if (kind === 'note') return undefined;
  // The person is the one who has acknowledged it.
  return kind === 'acknowledgement' ? number : (person ?? number);
}

/** Renders what else a row says, which is cut if there is no room. */
function rest({row, about, localize}: JournalRowContext): TemplateResult | typeof nothing {
  const {kind, person, personName, number, name, cause, text, people} = row;
  const within = person && number ? nameOf({number, name: name ?? ''}, localize) : '';
  // A roll call has skipped them.
  const skipped = cause === 'aborted' ? localize.term('journalResult', cause) : '';
  const why = skipped || (isErrorCode(cause) ? localize.describe({code: cause}) : (cause ?? ''));
  const absent = people?.filter(({result}) => result !== 'answered').slice(0, MOST_NAMES);
  const belongs = about ? whoText({row: about, about: undefined, localize}) : '';
  const said = kind === 'note' ? belongs : (text ?? '');
  const by = localize.term('journalBy', nameOf({number: person ?? '', name: personName ?? ''}, localize));
  const missing = absent?.length ? localize.term('journalAbsent', namesOf(absent, localize)) : '';
  const parts = people
    ? [cause ? localize.term(cause === 'call-lost' ? 'journalInterrupted' : 'journalStopped') : '', missing]
    : kind === 'acknowledgement'
      ? [person ? by : '']
      : [within, why, said];
  const rests = parts.filter(Boolean);
  if (!rests.length) return nothing;
  // Each of them is cut at its own end, whatever its direction is.
  return html`<span class="rest" title=${rests.join('\n')}
    >${rests.map((each, index) => html`${index ? ' · ' : nothing}<bdi class="line">${each}</bdi>`)}</span
  >`;
}

/** Says how many people of a roll call were there. */
export function presentText(people: readonly JournalPerson[], localize: LocalizeController): string {
  const present = people.filter(({result}) => result === 'answered').length;
  return localize.term('journalPresent', String(present), String(people.length));
}

/** Renders the chip of the person whose rows alone are shown. */
export function personChip(name: string, localize: LocalizeController, onClear: () => void): TemplateResult {
  const clear = localize.term('journalAnyone', localize.isolated(name));
  return html`<button
    part="anyone"
    class="chip"
    type="button"
    aria-label=${clear}
    title=${clear}
    @click=${onClear}
  >
    <bdi class="line">${name}</bdi>${xIcon}
  </button>`;
}

function act(part: string, name: string, icon: TemplateResult, onClick: () => void): TemplateResult {
  return html`<button
    part=${part}
    class="act plain"
    type="button"
    aria-label=${name}
    title=${name}
    @click=${onClick}
  >
    ${icon}
  </button>`;
}

function isErrorCode(cause: string | undefined): cause is SipErrorCode {
  return cause !== undefined && Object.hasOwn(ERROR_TEXTS, cause);
}
