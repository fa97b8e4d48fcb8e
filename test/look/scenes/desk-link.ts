/** `<sip-desk-link>`: a link with its name, one with a token, and one that cannot be shown. */
import type {SipDeskLinkElement} from '../../../src/elements/sip-desk-link/sip-desk-link.js';
import type {Scenes} from '../scene.js';
import {part, ready, show, shows} from '../stage.js';

const HREF = 'https://phone.example.com/desk.html#config=/desks/7.json';

async function deskLink(properties: Partial<SipDeskLinkElement>, shown = 'code'): Promise<void> {
  const element = await show('sip-desk-link', await ready(), properties);
  await shows(element, () => part(element, shown) !== null);
}

export const deskLinkScenes: Scenes = {
  'desk-link': {
    kept: ['light-en-320'],
    async reach() {
      await deskLink({href: HREF, label: '7号 · Maximilian von Hohenzollern-Sigmaringen'});
    },
  },
  'desk-link-token': {
    kept: ['dark-zh-CN-320', 'light-ar-320'],
    async reach() {
      await deskLink({href: HREF, token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMDA3In0.'.repeat(12)});
    },
  },
  'desk-link-too-long': {
    kept: [],
    async reach() {
      await deskLink({href: HREF, label: 'Desk 7', token: 'x'.repeat(1200)}, 'notice');
    },
  },
};
