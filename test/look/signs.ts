/**
 * Takes signs that are seldom seen: the button for notifications, waiting messages, a call that was answered by itself, a
 * recording and its pause, an SOS call.
 */
import type {Page} from 'puppeteer-core';
import {press, shown} from '../support/page/parts.js';
import type {Site} from '../support/page/site.js';

const own = (inside: string): string => `#phone-1001 ${inside}`;
const other = (inside: string): string => `#phone-1002 ${inside}`;

/** Goes through them, and has each taken. */
export async function signPictures(
  site: Site,
  take: (page: Page, state: string) => Promise<void>,
): Promise<void> {
  const desk = await site.open('/calls.html', async (page) => {
    // Without a person it is refused from the beginning.
    await page.evaluateOnNewDocument(() =>
      Object.defineProperty(Notification, 'permission', {get: () => 'default'}),
    );
  });
  await shown(desk, 'sip-incoming >>> [part~=notify]');
  await take(desk, 'signs-notify');
  await desk.close();
  const page = await site.open('/');
  for (const phone of [own, other])
    await shown(page, phone('sip-dialer >>> [part~=call]:not([aria-disabled])'));
  // What a server says that has a mailbox, and what a caller says who wants to be answered at once.
  await page.$eval('#phone-1001', ({client}: any) =>
    client.update({waitingMessages: {waiting: true, fresh: 3, old: 1, urgent: 1, account: '*97'}}),
  );
  await shown(page, own('sip-dialer >>> [part~=mailbox]'));
  await take(page, 'signs-mailbox');
  await page.$eval('#phone-1001', ({client}: any) => void client.call('1002', {type: 'sos', media: 'video'}));
  await shown(page, other('sip-incoming >>> [part~=answer-video]'));
  await take(page, 'signs-sos');
  await press(page, other('sip-incoming >>> [part~=answer-video]'));
  for (const phone of [own, other]) await shown(page, phone('sip-call >>> .remote.playing'));
  await take(page, 'signs-sos-call');
  await press(page, own('sip-call >>> [part~=hangup]'));
  await page.$eval('#phone-1002', (client) => Object.assign(client, {autoAnswer: 'video'}));
  await shown(page, other('sip-dialer >>> [part~=call]:not([aria-disabled])'));
  await press(page, own('sip-dialer >>> [part~=call]'));
  for (const phone of [own, other]) await shown(page, phone('sip-call >>> .remote.playing'));
  await shown(page, other('sip-call >>> [part~=notice]'));
  await take(page, 'signs-auto-answer');
  await page.$eval('#phone-1001', ({client}: any) => client.state.calls[0].startRecording());
  await shown(page, own('sip-call >>> [part~=time]'));
  await take(page, 'signs-recording');
  await page.$eval('#phone-1001', ({client}: any) => client.state.calls[0].pauseRecording());
  await take(page, 'signs-paused');
  await press(page, own('sip-call >>> [part~=hangup]'));
  await page.close();
}
