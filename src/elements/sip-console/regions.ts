import {html, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {isIntercomType, isLookedAt} from '../../core/call-kinds.js';
import type {SipCall} from '../../core/call/call.js';
import {isWaiting} from '../../core/call/newest-call.js';
import type {BaseClient} from '../../core/client/client.js';
import {isConference} from '../../core/conference/is-conference.js';
import {
  cctvIcon,
  fileIcon,
  layoutGridIcon,
  mapPinIcon,
  phoneIncomingIcon,
  radioIcon,
} from '../shared/icons/later.js';
import {grid3x3Icon, historyIcon, messageSquareIcon, usersIcon} from '../shared/icons/phone.js';
import {phoneIcon} from '../shared/icons.js';
import {hasJournal} from './equipment.js';
import {scrollTextIcon} from './icons.js';

/** The regions of a desk, in the order in which Alt with a digit leads to them. */
export const REGIONS = ['top', 'left', 'center', 'queue', 'right', 'bottom'] as const;

export type RegionName = (typeof REGIONS)[number];

/** What a desk offers for people. */
const ACTIONS = 'call video message monitor pick-up urgent listen-in barge-in force-end whisper';

/** A region whose content has its whole place. */
export type PaneRegion = Exclude<RegionName, 'top'>;

/** What a region shows: alone, or in a tab. */
export interface Pane {
  readonly id: string;
  /** The tag that has the name and the icon of this pane if the page puts in an element of its own. */
  readonly tag: string;
  readonly icon: TemplateResult;
  readonly label: (localize: LocalizeController) => string;
  readonly render: () => TemplateResult;
  /** Whether the pane is there for a client; it always is without this. */
  readonly shows?: (client: BaseClient | undefined) => boolean;
  /** Whether the content comes when it is first shown; that of the right region always does. */
  readonly later?: boolean;
  /** Returns how many calls or messages the pane has, for its tab. */
  readonly count?: (client: BaseClient) => number;
  /** Returns the calls that bring the pane to the front when they begin. */
  readonly calls?: (client: BaseClient) => readonly SipCall[];
}

const stageCalls = (client: BaseClient): readonly SipCall[] =>
  client.claims
    .unclaimed(client.state.calls)
    .filter((call) => !isLookedAt(call.type) && !isIntercomType(call.type) && !isConference(call));

/** Those in which the user is: a call on hold gives way to the one that the user has chosen. */
const talking = (calls: readonly SipCall[]): readonly SipCall[] =>
  calls.filter((call) => !isWaiting(call) && !call.state.held);

/** The calls that wait for an answer. */
export const waitingCalls = (client: BaseClient): readonly SipCall[] =>
  client.state.calls.filter((call) => isWaiting(call) && !call.state.quiet);

/** How many calls wait for an answer, beside SOS. */
export const waitingCount = (client: BaseClient): number =>
  waitingCalls(client).filter(({type}) => type !== 'sos').length;

/** How many SOS wait for an answer or are not acknowledged: after its call, one is an alarm still. */
export function sosCount(client: BaseClient): number {
  const waiting = waitingCalls(client).filter(({type}) => type === 'sos');
  return new Set([...client.state.alarms, ...waiting].map(({id}) => id)).size;
}

/** The desk repeats the last utterance by the key that records in a call elsewhere. */
const CALL_KEYS = {record: 'Alt+Shift+R'} as const;

/** What the regions show if the page puts in nothing of its own. */
export const PANES: Readonly<Record<PaneRegion, readonly Pane[]>> = {
  left: [
    {
      id: 'directory',
      tag: 'sip-directory',
      icon: usersIcon,
      label: (localize) => localize.term('directory'),
      render: () =>
        html`<sip-directory part="directory" actions="${ACTIONS} sos" dense selectable></sip-directory>`,
    },
    {
      id: 'keypad',
      tag: 'sip-dialer',
      icon: grid3x3Icon,
      label: (localize) => localize.term('keypad'),
      render: () => html`<sip-dialer part="dialer"></sip-dialer>`,
    },
  ],
  center: [
    {
      id: 'call',
      tag: 'sip-call',
      icon: phoneIcon,
      label: (localize) => localize.term('currentCall'),
      render: () => html`<sip-call part="call" .shortcuts=${CALL_KEYS}></sip-call>`,
      count: (client) => stageCalls(client).length,
      calls: (client) => talking(stageCalls(client)),
    },
    {
      id: 'conference',
      tag: 'sip-conference',
      icon: usersIcon,
      label: (localize) => localize.term('conference'),
      render: () => html`<sip-conference part="conference" .shortcuts=${CALL_KEYS}></sip-conference>`,
      count: (client) => client.state.calls.filter(isConference).length,
      calls: (client) => talking(client.state.calls.filter(isConference)),
    },
    {
      id: 'wall',
      tag: 'sip-monitor',
      icon: cctvIcon,
      label: (localize) => localize.term('videoWall'),
      render: () => html`<sip-monitor part="wall"></sip-monitor>`,
      // A conference may show the picture of the same camera, too.
      count: ({state: {calls}}) =>
        new Set(calls.flatMap(({type, remote}) => (type === 'monitor' ? remote.number : []))).size,
    },
    {
      id: 'map',
      tag: 'sip-map',
      icon: mapPinIcon,
      label: (localize) => localize.term('map'),
      render: () => html`<sip-map part="map"></sip-map>`,
      shows: (client) => !!client?.capabilities.directory,
      later: true,
    },
    {
      id: 'keys',
      tag: 'sip-keys',
      icon: layoutGridIcon,
      label: (localize) => localize.term('speedDial'),
      render: () => html`<sip-keys part="speed-dial" actions=${ACTIONS}></sip-keys>`,
      later: true,
    },
  ],
  queue: [
    {
      id: 'queue',
      tag: 'sip-queue',
      icon: phoneIncomingIcon,
      label: (localize) => localize.term('callQueue'),
      // A `<sip-incoming>` that nobody sees notifies the user by the title of the page.
      render: () => html`<sip-queue part="queue-calls"></sip-queue><sip-incoming hidden></sip-incoming>`,
      count: (client) => waitingCount(client) + sosCount(client),
    },
  ],
  right: [
    {
      id: 'messages',
      tag: 'sip-messages',
      icon: messageSquareIcon,
      label: (localize) => localize.term('messages'),
      render: () => html`<sip-messages part="messages"></sip-messages>`,
      count: (client) => client.messages.state.unread,
    },
    {
      id: 'journal',
      tag: 'sip-journal',
      icon: scrollTextIcon,
      label: (localize) => localize.term('journalTab'),
      render: () => html`<sip-journal part="journal"></sip-journal>`,
      shows: (client) => hasJournal(client),
    },
    {
      id: 'history',
      tag: 'sip-history',
      icon: historyIcon,
      label: (localize) => localize.term('history'),
      render: () => html`<sip-history part="history"></sip-history>`,
      count: (client) => client.history.state.unseen,
      // The journal has its calls.
      shows: (client) => !hasJournal(client),
    },
    {
      id: 'files',
      tag: 'sip-upload',
      icon: fileIcon,
      label: (localize) => localize.term('files'),
      render: () => html`<sip-upload part="files"></sip-upload>`,
    },
  ],
  bottom: [
    {
      id: 'groups',
      tag: 'sip-channels',
      icon: radioIcon,
      label: (localize) => localize.term('talkGroups'),
      render: () => html`<sip-channels part="groups"></sip-channels>`,
    },
  ],
};
