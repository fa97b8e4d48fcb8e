import type {SipChannelsElement} from '../sip-channels/sip-channels.js';
import type {KeyTable} from './desk-keys.js';

/** The keys of talk groups for which the page has chosen none. */
const DEFAULTS = {groupKeys: '1 2 3 4 5 6 7 8 9', pushKey: 'F8'} as const;

/** Gives the keys of a desk to talk groups for which the page has chosen none. */
export class GroupKeys {
  /** Which keys each of them has from the desk. */
  readonly #given = new WeakMap<Element, {readonly groups: boolean; readonly talk: boolean}>();

  give({groups, talk}: KeyTable, talkGroups: readonly SipChannelsElement[]): void {
    for (const channels of talkGroups) {
      const given = this.#given.get(channels) ?? {
        groups: isUnset(channels, 'group-keys', channels.groupKeys, DEFAULTS.groupKeys),
        talk: isUnset(channels, 'push-key', channels.pushKey, DEFAULTS.pushKey),
      };
      this.#given.set(channels, given);
      if (given.groups) channels.groupKeys = groups.join(' ');
      if (given.talk) channels.pushKey = talk[0] ?? '';
    }
  }
}

/** Whether the page has not chosen the keys of talk groups. */
function isUnset(element: Element, attribute: string, value: string | undefined, initial: string): boolean {
  return !element.hasAttribute(attribute) && (value === undefined || value === initial);
}
