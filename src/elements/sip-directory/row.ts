import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {Person, PersonState, Position} from '../../core/directory/people.js';
import type {Terms} from '../../locales/terms.js';
import {fullMoment, shortMoment} from '../shared/history-time.js';
import {
  cctvIcon,
  chevronRightIcon,
  eyeIcon,
  mapPinIcon,
  messageSquareIcon,
  phoneIcon,
  usersIcon,
  videoIcon,
} from '../shared/icons.js';
import {initialsOf, nameOf} from '../shared/people/people.js';
import type {GroupRow, NoteRow, PersonRow, Row} from './tree.js';

/** The actions for a person. */
export type DirectoryAction = 'call' | 'video' | 'invite' | 'message' | 'monitor';

/** The properties of a row. */
export interface RowContext {
  readonly localize: LocalizeController;
  readonly now: number;
  /** Whether the cursor is on the row. */
  readonly active: boolean;
  /** The actions offered. */
  readonly actions: readonly DirectoryAction[];
  /** The user's own number, which has no actions. */
  readonly own: string;
  /** Why the actions are disabled now. */
  readonly reason: string | undefined;
  readonly place: Position | undefined;
  /** Whether to show that a person's state is unknown. */
  readonly tellsUnknown: boolean;
  readonly onAct: (person: Person, action: DirectoryAction) => void;
  readonly onRetry: (group: string) => void;
}

const CAMERA = 7;

const ICONS: Readonly<Record<DirectoryAction, TemplateResult>> = {
  call: phoneIcon,
  video: videoIcon,
  invite: usersIcon,
  message: messageSquareIcon,
  monitor: eyeIcon,
};

const NAMES = {
  call: 'callNumber',
  video: 'videoCallNumber',
  invite: 'inviteNumber',
  message: 'messageTo',
  monitor: 'watch',
} as const satisfies Record<DirectoryAction, keyof Terms>;

const STATES = {
  online: 'available',
  busy: 'inCall',
  offline: 'offline',
  ringing: 'ringing',
  away: 'away',
  idle: 'idle',
} as const satisfies Record<PersonState, keyof Terms>;

/** Returns the id of a row's element. */
export function idOf({key}: Row): string {
  return `row-${encodeURIComponent(key)}`;
}

/** Renders a row of the directory. */
export function directoryRow(row: Row, context: RowContext): TemplateResult {
  const {kind, level, position, size} = row;
  return html`<div
    id=${idOf(row)}
    part="row"
    class="row ${kind} ${context.active ? 'active' : ''}"
    role="treeitem"
    data-key=${row.key}
    draggable=${kind === 'person' && row.person.number !== context.own ? 'true' : nothing}
    aria-level=${level}
    aria-posinset=${position}
    aria-setsize=${size}
    aria-expanded=${kind === 'group' ? (row.expanded ? 'true' : 'false') : nothing}
    aria-selected=${context.active ? 'true' : 'false'}
    aria-busy=${kind === 'note' && row.loading ? 'true' : nothing}
    aria-labelledby=${kind === 'person' ? `${idOf(row)}-words` : nothing}
  >
    ${kind === 'group' ? groupRow(row, context) : kind === 'person' ? personRow(row, context) : noteRow(row, context)}
  </div>`;
}

function groupName({group}: GroupRow): string {
  return group.name || group.number;
}

function groupRow(row: GroupRow, _: RowContext): TemplateResult {
  return html`<span class="twist ${row.expanded ? 'open' : ''}">${chevronRightIcon}</span>
    <bdi class="line name" title=${groupName(row)}>${groupName(row)}</bdi>`;
}

function noteText({error, loading}: NoteRow, localize: LocalizeController): string {
  if (error) return localize.describe(error);
  return localize.term(loading ? 'loading' : 'emptyGroup');
}

function noteRow(row: NoteRow, {localize, active, onRetry}: RowContext): TemplateResult {
  const text = noteText(row, localize);
  return html`<span class="line quiet ${row.loading ? 'loading' : ''}" title=${text}>${text}</span> ${
      row.error
        ? html`<button
            part="retry"
            class="link"
            type="button"
            tabindex=${active ? '0' : '-1'}
            @click=${() => onRetry(row.group.number)}
          >
            ${localize.term('tryAgain')}
          </button>`
        : nothing
    }`;
}

function personRow(row: PersonRow, context: RowContext): TemplateResult {
  const {person} = row;
  const {localize, own, place, tellsUnknown} = context;
  const {state, type} = person;
  const isOwn = person.number === own;
  const name = nameOf(person, localize);
  const camera = type === CAMERA;
  return html`<span class="avatar" aria-hidden="true" data-initials=${camera ? nothing : initialsOf(person)}
      >${camera ? cctvIcon : nothing}${state ? html`<i class="dot ${state}"></i>` : nothing}</span
    >
    <div id="${idOf(row)}-words" class="words">
      <span class="line" title="${name} ${person.number}"><bdi class="name">${name}</bdi></span>
      <span class="quiet state">
        ${name === person.number ? nothing : html`<bdi class="line number">${person.number}</bdi>`}
        ${isOwn ? html`<span class="word">${localize.term('you')}</span>` : nothing}
        ${state ? html`<span class="word ${state}">${localize.term(STATES[state])}</span>` : nothing}
        ${!state && tellsUnknown ? html`<span class="word">${localize.term('stateUnknown')}</span>` : nothing}
        ${place ? whereabouts(place, context) : nothing}
      </span>
    </div>
    ${isOwn ? nothing : actionsOf(person, context)}`;
}

function actionsOf(person: Person, {localize, actions, active, reason, onAct}: RowContext): TemplateResult[] {
  return actions.map((action) => {
    const name = localize.term(NAMES[action], nameOf(person, localize));
    return html`<button
      part=${action}
      class="act ${action}"
      type="button"
      tabindex=${active ? '0' : '-1'}
      aria-label=${name}
      title=${reason ? `${name}: ${reason}` : name}
      aria-disabled=${reason ? 'true' : nothing}
      @click=${() => onAct(person, action)}
    >
      ${ICONS[action]}
    </button>`;
  });
}

function whereabouts(place: Position, {localize, now}: RowContext): TemplateResult {
  const language = localize.lang();
  const {time} = place;
  return html`<span
    class="line number place"
    title=${time ? `${placeText(place)}, ${fullMoment(time, language)}` : placeText(place)}
    >${mapPinIcon}${placeText(place)}${time ? html` <span class="time">${shortMoment(time, now, language)}</span>` : nothing}</span
  >`;
}

/** Formats a position as maps accept it: latitude before longitude. */
function placeText({lat, lng}: Position): string {
  return `${lat.toFixed(4)}, ${lng.toFixed(4)}`;
}
