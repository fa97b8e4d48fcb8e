import {html, nothing, type TemplateResult} from 'lit';
import {formatDuration} from '../../controllers/clock-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {isUrgent} from '../../core/call-kinds.js';
import type {CallOutcome, HistoryEntry} from '../../core/history/history-entry.js';
import type {CallType, Party} from '../../core/types.js';
import {fullMoment, shortMoment} from '../shared/history-time.js';
import {callable} from '../shared/last-dialed.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {phoneIcon, phoneOffIcon, sirenIcon, videoIcon} from '../shared/icons.js';
import {
  phoneIncomingIcon,
  phoneMissedIcon,
  phoneOutgoingIcon,
  smartphoneIcon,
  trash2Icon,
} from '../shared/icons/later.js';
import {avatar, nameLine, nameOf} from '../shared/people/people.js';

const ICONS: Readonly<Record<CallOutcome, TemplateResult>> = {
  missed: phoneMissedIcon,
  taken: phoneIncomingIcon,
  elsewhere: smartphoneIcon,
  refused: phoneOffIcon,
  made: phoneOutgoingIcon,
  unanswered: phoneOutgoingIcon,
};

interface Kind {
  readonly term: 'conference' | 'broadcast' | 'listenedIn' | 'bargedInto' | 'viewedCamera';
  /** Whether it says everything, if there was a connection: who listens or looks neither calls nor is called. */
  readonly alone?: true;
}

/** The kinds of calls other than calls of two people. */
const KINDS: Readonly<Partial<Record<CallType, Kind>>> = {
  conference: {term: 'conference'},
  broadcast: {term: 'broadcast'},
  'listen-in': {term: 'listenedIn', alone: true},
  'barge-in': {term: 'bargedInto', alone: true},
  monitor: {term: 'viewedCamera', alone: true},
};

/** The properties of a row. */
export interface HistoryRowContext {
  readonly entry: HistoryEntry & Party;
  /** The button that plays the recording of the call, if there is one. */
  readonly play: unknown;
  /** Whether people of the list have pictures: the others have initials then. */
  readonly pictured: boolean;
  readonly localize: LocalizeController;
  readonly now: number;
  /** Why no call can be made now. */
  readonly reason: string | undefined;
  readonly onCall: (entry: HistoryEntry) => void;
  readonly onRemove: (entry: HistoryEntry) => void;
}

/** Renders an ended call, with buttons that call again and remove the entry. */
export function historyRow({
  entry,
  play,
  pictured,
  localize,
  now,
  reason,
  onCall,
  onRemove,
}: HistoryRowContext): TemplateResult {
  const {outcome, time, duration, media, cause, seen, type} = entry;
  const name = nameOf(entry, localize);
  const language = localize.lang();
  const video = media === 'video';
  const call = localize.term(video ? 'videoCallNumber' : 'callNumber', name);
  const remove = localize.term('callRemoval', name);
  const urgent = isUrgent(type) ? localize.term(type === 'sos' ? 'sosCall' : 'urgentCall') : '';
  const kind = KINDS[type];
  const tells = !(kind?.alone && (outcome === 'made' || outcome === 'taken'));
  const why = cause ? localize.describe({code: cause, subject: name}) : nothing;
  return html`<span class="sign outcome ${outcome}">${ICONS[outcome]}</span>
    ${pictured ? avatar(entry) : nothing}
    <div class="words">
      <span class="who ${outcome}">
        ${nameLine(entry, localize, true)}${seen ? nothing : html`<span class="new">${localize.term('unseen')}</span>`}
      </span>
      <span class="quiet state points">
        ${urgent ? html`<span class="urgent">${sirenIcon}${urgent}</span>` : nothing}${
          kind ? html`<span>${localize.term(kind.term)}</span>` : nothing
        }${tells ? html`<span class="became" title=${why}>${localize.term(outcome)}</span>` : nothing}<span
          class="moment points"
          ><time datetime=${new Date(time).toISOString()} title=${fullMoment(time, language)}
            >${shortMoment(time, now, language)}</time
          >${outcome === 'taken' || outcome === 'made' ? html`<span class="number">${formatDuration(duration)}</span>` : nothing}</span
        >
      </span>
    </div>
    ${play}${
      callable(entry)
        ? commandButton(call, video ? videoIcon : phoneIcon, () => onCall(entry), {
            part: 'call',
            look: 'act go',
            tip: localize.explained(call, reason),
            disabled: Boolean(reason),
          })
        : nothing
    }
    ${commandButton(remove, trash2Icon, () => onRemove(entry), {part: 'remove', look: 'act plain'})}`;
}
