import type {ReactiveControllerHost, TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {canInvite} from '../../core/conference/invites.js';
import {CAMERA, type Person} from '../../core/directory/people.js';
import type {Capabilities} from '../../core/types.js';
import type {Terms} from '../../locales/terms.js';
import {eyeIcon, phoneIcon, sirenIcon, triangleAlertIcon, videoIcon} from '../shared/icons.js';
import {messageSquareIcon, usersIcon} from '../shared/icons/phone.js';
import {supervise, SUPERVISIONS, supervisionReason, type Supervision} from '../shared/calls/supervision.js';
import {loadedPbxTools, pbxTools} from '../shared/pbx/pbx-tools.js';
import {earIcon, unplugIcon, userPlusIcon} from '../shared/icons/supervision.js';

/** The actions of a row's buttons. */
export type RowAction = 'call' | 'video' | 'invite' | 'message' | 'monitor';

/** The actions that need codes of a PBX. */
type PbxAction = 'pick-up' | 'whisper';

/** The actions of a row's menu. */
export type MenuAction = PbxAction | 'urgent' | 'sos' | Supervision;

/** The actions for a person. */
export type DirectoryAction = RowAction | MenuAction;

interface MenuItem {
  readonly icon: TemplateResult;
  readonly term: keyof Terms & ('urgentCall' | 'sosCall' | 'listenIn' | 'bargeIn' | 'forceEnd');
  readonly needs: keyof Capabilities;
  /** Whether the item is red. */
  readonly danger?: boolean;
}

/** The actions of the buttons, with their names, which contain that of the person. */
export const BUTTONS = {
  call: {icon: phoneIcon, term: 'callNumber'},
  video: {icon: videoIcon, term: 'videoCallNumber'},
  invite: {icon: usersIcon, term: 'inviteNumber'},
  message: {icon: messageSquareIcon, term: 'messageTo'},
  monitor: {icon: eyeIcon, term: 'watch'},
} as const satisfies Record<RowAction, {icon: TemplateResult; term: keyof Terms}>;

/** The actions of the menu that need no PBX, in their order. */
const MENU: Readonly<Record<Exclude<MenuAction, PbxAction>, MenuItem>> = {
  urgent: {icon: triangleAlertIcon, term: 'urgentCall', needs: 'urgent'},
  sos: {icon: sirenIcon, term: 'sosCall', needs: 'urgent', danger: true},
  'listen-in': {icon: earIcon, ...SUPERVISIONS['listen-in']},
  'barge-in': {icon: userPlusIcon, ...SUPERVISIONS['barge-in']},
  'force-end': {icon: unplugIcon, ...SUPERVISIONS['force-end'], danger: true},
};

/** All actions of the menu, in their order. */
const MENU_ACTIONS = ['pick-up', ...Object.keys(MENU), 'whisper'] as readonly MenuAction[];

/** The actions of the buttons, in their order. */
const ROW_ACTIONS = Object.keys(BUTTONS) as readonly RowAction[];

/**
 * Returns which of the actions that an element names, separated by spaces, a client can do: as buttons, and in the menu.
 */
export function offeredActions(
  written: string,
  client: BaseClient | undefined,
  host: ReactiveControllerHost,
): {readonly row: readonly RowAction[]; readonly menu: readonly MenuAction[]} {
  if (!client) return {row: [], menu: []};
  const wanted: ReadonlySet<string> = new Set(String(written ?? '').split(/\s+/));
  const {capabilities, pbx} = client;
  const tools = pbxTools(client, host);
  const able: Record<RowAction, boolean> = {
    call: capabilities.call,
    video: capabilities.call,
    invite: canInvite(client),
    message: capabilities.message,
    monitor: capabilities.monitor,
  };
  return {
    row: ROW_ACTIONS.filter((action) => able[action] && wanted.has(action)),
    menu: MENU_ACTIONS.filter(
      (action) =>
        wanted.has(action) &&
        (isOfPbx(action)
          ? tools && pbx && (action === 'pick-up' || pbx.has(action))
          : capabilities[MENU[action].needs]),
    ),
  };
}

/** The id of the menu in the tree. */
export const MENU_ID = 'row-menu';

const isOfPbx = (action: MenuAction): action is PbxAction => action === 'pick-up' || action === 'whisper';

const isCall = (action: MenuAction): action is 'urgent' | 'sos' => action === 'urgent' || action === 'sos';

/** Returns the icon and the name of an action of the menu; those of a PBX are loaded before they are offered. */
export const itemOf = (
  action: MenuAction,
): Omit<MenuItem, 'needs' | 'term'> & {
  readonly term: keyof Terms & (MenuItem['term'] | 'pickUp' | 'whisper');
} => (isOfPbx(action) ? loadedPbxTools()!.PBX_ACTIONS[action] : MENU[action]);

/**
 * Returns the actions that make sense for a person: urgent calls for people, interventions and whispering if they are in a
 * call, picking up if a call rings there that the user can answer.
 */
export function menuOf(
  person: Person,
  offered: readonly MenuAction[],
  client: BaseClient | undefined,
): readonly MenuAction[] {
  return offered.filter((action) => {
    if (action === 'pick-up') return !!client && loadedPbxTools()!.canPickUp(person, client);
    return isCall(action) ? person.type !== CAMERA : person.state === 'busy';
  });
}

/** Returns why an action is not possible now; undefined if it is. */
export function menuReason(
  {number, state}: Person,
  action: MenuAction,
  client: BaseClient,
  localize: LocalizeController,
): string | undefined {
  if (action === 'pick-up') return state === 'ringing' ? undefined : localize.term('notRinging');
  if (isCall(action)) return state === 'offline' ? localize.term('offline') : undefined;
  if (state !== 'busy') return localize.term('notInCall');
  // Nobody whispers to a person in a call with them.
  return supervisionReason(action === 'whisper' ? 'force-end' : action, number, client, localize);
}

/**
 * Does what an action does without another element.
 *
 * @returns Undefined if the action is for another element, or the page.
 */
export function runAction(
  action: DirectoryAction,
  number: string,
  client: BaseClient,
): Promise<unknown> | undefined {
  switch (action) {
    case 'call':
      return client.call(number, {media: 'audio'});
    case 'video':
      return client.call(number, {media: 'video'});
    case 'urgent':
    case 'sos':
      return client.call(number, {type: action});
    case 'pick-up':
      return client.pbx?.pickUp(number);
    case 'whisper':
      return client.pbx?.whisper(number);
    case 'listen-in':
    case 'barge-in':
    case 'force-end':
      return supervise(action, number, client);
    default:
      return undefined;
  }
}
