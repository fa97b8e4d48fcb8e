/** Takes a conference as its page shows it: the form, ringing, pictures of three, a file that plays, many members, an error. */
import type {Page} from 'puppeteer-core';
import {fill, press, shown} from '../support/page/parts.js';
import type {Site} from '../support/page/site.js';

const desk = (name: string): string => `#phone-1001 sip-conference >>> [part~=${name}]`;

/** Goes through the states of a conference, and has each taken. */
export async function conferencePictures(
  site: Site,
  take: (page: Page, state: string) => Promise<void>,
): Promise<void> {
  const page = await site.open('/conference.html');
  await shown(page, `${desk('start')}:not([aria-disabled])`);
  await take(page, 'conference-form');
  await fill(page, desk('members-field'), 'nobody {here}');
  await page.keyboard.press('Enter');
  await shown(page, desk('notice'));
  await take(page, 'conference-form-error');
  await page.locator(desk('members-field')).click({count: 3});
  await page.keyboard.press('Backspace');
  await press(page, desk('start'));
  await shown(page, '#phone-1002 sip-conference >>> [part~=answer-video]');
  await take(page, 'conference-ringing');
  await press(page, '#phone-1002 sip-conference >>> [part~=answer-video]');
  await press(page, '#phone-1003 sip-call >>> [part~=answer-video]');
  await shown(page, '#phone-1001 sip-conference >>> video.playing');
  await shown(page, '#phone-1002 sip-conference >>> video.playing');
  // The first pictures of a call are coarse.
  const time = (): Promise<string> =>
    page.$eval('#phone-1002 sip-conference >>> sip-duration >>> [part=time]', (time) => time.textContent!);
  while (!/0:0[6-9]|0:[1-9]|[1-9]:/.test(await time()))
    await new Promise((resolve) => setTimeout(resolve, 200));
  await take(page, 'conference-grid');
  for (const layout of ['speaker', 'picture', 'grid']) {
    await press(page, desk(`layout-${layout}`));
    await shown(page, `${desk(`layout-${layout}`)}[aria-pressed=true]`);
    if (layout !== 'grid') await take(page, `conference-${layout}`);
  }
  await press(page, desk('files'));
  await fill(page, desk('file-id'), 'sample-film');
  await fill(page, desk('times'), '20');
  await press(page, desk('play'));
  await shown(page, desk('file'));
  await take(page, 'conference-file');
  await press(page, desk('stop-file'));
  await press(page, desk('end'));
  await shown(page, desk('end-confirm'));
  await take(page, 'conference-end-asked');
  await press(page, desk('end-cancel'));
  await press(page, desk('invite'));
  // Others who are there and do not answer.
  const others = ['1004', '1005', '1006', '1007', '1008', '1009', '1010', '1011'];
  await page.evaluate(async (users) => {
    const {server} = document.querySelector('sip-client')!;
    for (const user of users) {
      const client = Object.assign(document.createElement('sip-client'), {server, user, password: '1234'});
      document.body.append(client);
      await client.connect();
      await client.register();
    }
  }, others);
  await fill(page, desk('members-field'), others.join());
  const count = (): Promise<string | null> =>
    page.$eval(desk('roster'), (roster) => roster.getAttribute('aria-rowcount'));
  while (Number(await count()) < 8) await new Promise((resolve) => setTimeout(resolve, 200));
  await take(page, 'conference-many');
  await fill(page, desk('members-field'), '9999');
  await press(page, desk('call'));
  await shown(page, desk('notice'));
  await take(page, 'conference-error');
  await press(page, desk('end'));
  await press(page, desk('end-confirm'));
  await shown(page, desk('clear'));
  await take(page, 'conference-over');
  await page.evaluate(() =>
    document.querySelector('sip-client')!.replaceWith(document.querySelector('sip-conference')!),
  );
  await take(page, 'conference-no-client');
}
