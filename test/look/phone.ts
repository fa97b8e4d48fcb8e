/** Takes a whole phone as its page shows it: each of its views, closed and open in the corner, ringing, in a call. */
import type {Page} from 'puppeteer-core';
import {press, shown} from '../support/page/parts.js';
import type {Site} from '../support/page/site.js';

const first = (inside: string): string => `#phone-1001 >>> ${inside}`;
const corner = (inside: string): string => `#phone-1002 >>> ${inside}`;

/** Goes through the states of a phone, and has each taken. */
export async function wholePhonePictures(
  site: Site,
  take: (page: Page, state: string) => Promise<void>,
): Promise<void> {
  const page = await site.open('/phone.html');
  await shown(page, first('.dot.registered'));
  await shown(page, first('[data-view=directory]'));
  await write(page);
  for (const view of ['history', 'directory', 'messages', 'devices', 'keypad']) {
    await press(page, first(`[data-view=${view}]`));
    await take(page, `phone-${view}`);
    if (view !== 'messages') continue;
    await press(page, '#phone-1001 >>> sip-messages >>> [part=conversation]');
    await shown(page, '#phone-1001 >>> sip-messages >>> [part=message]');
    await take(page, 'phone-conversation');
    await press(page, '#phone-1001 >>> sip-messages >>> [part=back]');
  }
  await press(page, '#phone-1001 >>> sip-dialer >>> [part~=call]:not([aria-disabled])');
  await shown(page, corner('[part~=answer-audio]'));
  await take(page, 'phone-ringing');
  await press(page, corner('[part~=answer-audio]'));
  await shown(page, corner('sip-call:state(active)'));
  await take(page, 'phone-call');
  await press(page, corner('[part~=hangup]'));
  await shown(page, first('[part~=again]'));
  await take(page, 'phone-ended');
  await press(page, corner('[part~=launcher]'));
  await page.$eval(
    '#phone-1001',
    (element) => void (element as HTMLElementTagNameMap['sip-phone']).client!.disconnect(),
  );
  await take(page, 'phone-closed');
}

/** Lets both phones write to each other, and somebody else to the first one. */
const write = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const [one, other] = [...document.querySelectorAll('sip-phone')].map(({client}) => client!);
    await other!.sendMessage('1001', 'Good morning! The plan is at https://example.com/plan.');
    await one!.sendMessage('1002', '收到，谢谢 👍');
    await other!.sendMessage(
      '1001',
      'See you at the north gate at ten. I bring the keys, and the list of the visitors.',
    );
    await one!.messages.add([
      {number: '13800138000', direction: 'outgoing', text: '明天见', time: Date.now() - 86_400_000},
    ]);
    while (one!.messages.state.unread < 2)
      await new Promise((resolve) => one!.messages.addEventListener('statechange', resolve, {once: true}));
  });
