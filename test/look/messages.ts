/**
 * Takes messages as their page shows them: none yet, texts, links, a file with its picture, what failed, the list
 * of all; in the system's own colors, and from right to left.
 */
import type {Page} from 'puppeteer-core';
import {shown} from '../support/page/parts.js';
import type {Site} from '../support/page/site.js';

const part = (user: string, name: string): string => `#phone-${user} sip-messages >>> [part~=${name}]`;

/** Goes through the states of a conversation, and has each taken. */
export async function messagesPictures(
  site: Site,
  take: (page: Page, state: string, forced?: boolean) => Promise<void>,
): Promise<void> {
  const page = await site.open('/messages.html');
  for (const user of ['1001', '1002']) await shown(page, `${part(user, 'send')}:not([aria-disabled])`);
  await take(page, 'messages-none');
  await page.evaluate(async () => {
    const [one, other] = [...document.querySelectorAll('sip-client')].map(({client}) => client!);
    await one!.messages.add([
      {
        number: '1002',
        direction: 'incoming',
        text: '昨天的会议纪要已经整理好了。',
        time: Date.now() - 86_400_000,
      },
    ]);
    await one!.sendMessage('1002', 'Good morning! The plan is at https://example.com/plan.');
    await other!.sendMessage('1001', '收到，谢谢 👍\n<b>Markup stays text.</b>');
    const canvas = Object.assign(document.createElement('canvas'), {width: 320, height: 240});
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#387d87';
    context.fillRect(0, 0, 320, 240);
    context.fillStyle = '#f4c95d';
    context.fillRect(90, 60, 140, 120);
    const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    await other!.messages.sendFile('1001', new File([picture!], '北门.png', {type: 'image/png'}));
    await one!.messages.sendFile(
      '1002',
      new File(['x'.repeat(48_000)], 'shift plan.txt', {type: 'text/plain'}),
    );
    one!.upload = async (file, options) => {
      options!.onProgress!({file, loaded: 1_900_000, total: file.size, speed: 1_000_000, remaining: 3});
      return new Promise(() => {});
    };
    one!.messages
      .sendFile('1002', new File(['x'.repeat(4_800_000)], 'camera 12, north gate.mp4'))
      .catch(() => {});
    await one!.sendMessage('4711', 'Is anybody there?').catch(() => {});
  });
  await shown(page, part('1001', 'preview'));
  await shown(page, part('1001', 'progress'));
  await take(page, 'messages');
  await take(page, 'messages-forced', true);
  await page.$eval('sip-messages', (element) => void (element.with = '4711'));
  await shown(page, part('1001', 'retry'));
  await take(page, 'messages-failed');
  await take(page, 'messages-failed-forced', true);
  await page.$eval('sip-messages', (element) => void (element.with = ''));
  await shown(page, part('1001', 'conversation'));
  await take(page, 'messages-list');
  await take(page, 'messages-list-forced', true);
  // As in a page in Arabic, of which only the words are missing.
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await take(page, 'messages-list-rtl');
  for (const number of ['1002', '4711']) {
    await page.$eval('sip-messages', (element, number) => void (element.with = number), number);
    await shown(page, part('1001', 'message'));
    await take(page, `messages-rtl-${number}`);
  }
}
