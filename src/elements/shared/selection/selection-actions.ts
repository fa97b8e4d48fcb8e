import type {TemplateResult} from 'lit';
import type {Capabilities} from '../../../core/types.js';
import {cctvIcon, radioIcon} from '../icons/later.js';
import {messageSquareIcon, usersIcon} from '../icons/phone.js';
import {phoneIcon} from '../icons.js';
import {megaphoneIcon} from '../icons/sound.js';
import {listChecksIcon} from './icons.js';

/** What can be done with a selection. */
export type SelectionAction = 'conference' | 'broadcast' | 'talk' | 'call' | 'roll' | 'text' | 'watch';

type TermOf<A extends SelectionAction> = `select${Capitalize<A>}`;

/** How an action looks, and what the server has to support for it. */
interface ActionLook {
  readonly icon: TemplateResult;
  readonly term: TermOf<SelectionAction>;
  readonly hint: `${TermOf<SelectionAction>}Hint`;
  readonly needs: keyof Capabilities;
}

/** The actions, in their order. */
export const ACTIONS: Readonly<Record<SelectionAction, ActionLook>> = {
  conference: {
    icon: usersIcon,
    term: 'selectConference',
    hint: 'selectConferenceHint',
    needs: 'conference',
  },
  broadcast: {icon: megaphoneIcon, term: 'selectBroadcast', hint: 'selectBroadcastHint', needs: 'broadcast'},
  talk: {icon: radioIcon, term: 'selectTalk', hint: 'selectTalkHint', needs: 'intercom'},
  call: {icon: phoneIcon, term: 'selectCall', hint: 'selectCallHint', needs: 'call'},
  roll: {icon: listChecksIcon, term: 'selectRoll', hint: 'selectRollHint', needs: 'call'},
  text: {icon: messageSquareIcon, term: 'selectText', hint: 'selectTextHint', needs: 'message'},
  watch: {icon: cctvIcon, term: 'selectWatch', hint: 'selectWatchHint', needs: 'monitor'},
};

/** The actions of each line of the bar. */
export const LINES: readonly (readonly SelectionAction[])[] = [
  ['conference', 'broadcast'],
  ['call', 'roll', 'talk', 'text', 'watch'],
];
