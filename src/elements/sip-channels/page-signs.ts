import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {TalkActivity, TalkGroup} from '../../core/intercom/talk-group.js';
import {sirenIcon} from '../shared/icons.js';
import type {PageSign} from '../shared/tiles/tile-pages.js';
import {ACTIVITY_LOOK} from './activity-look.js';

/** What a tab shows of the groups that are not in view, the most important first. */
const SHOWN = ['speaking', 'receiving', 'waiting', 'refused'] as const satisfies readonly TalkActivity[];

/**
 * Returns what happens in the groups of a page.
 *
 * @param alarm - The urgent or SOS call of a member of one of them.
 */
export function signsOf(
  groups: readonly TalkGroup[],
  alarm: SipCall | undefined,
  localize: LocalizeController,
): readonly PageSign[] {
  const activities = SHOWN.filter((activity) => groups.some(({state}) => state.activity === activity));
  const signs = activities.map((activity): PageSign => {
    const {icon, term} = ACTIVITY_LOOK[activity];
    return {look: activity, icon, text: localize.term(term)};
  });
  if (!alarm) return signs;
  const text = localize.term(alarm.type === 'sos' ? 'sosCall' : 'urgentCall');
  return [{look: 'alarm', icon: sirenIcon, text}, ...signs];
}
