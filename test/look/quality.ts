/** Takes a call's quality as its page shows it: good, with the chart, and where nothing arrives. */
import type {Page} from 'puppeteer-core';
import {press, shown} from '../support/page/parts.js';
import type {Site} from '../support/page/site.js';

/** Goes through the states of the quality, and has each taken. */
export async function qualityPictures(
  site: Site,
  take: (page: Page, state: string) => Promise<void>,
): Promise<void> {
  const page = await site.open('/controls.html');
  const own = (name: string): string => `#phone-1001 sip-quality >>> [part~=${name}]`;
  await shown(page, '#phone-1001 sip-dialer >>> [part~=call]:not([aria-disabled])');
  await shown(page, '#phone-1002 sip-dialer >>> [part~=call]:not([aria-disabled])');
  await press(page, '#phone-1001 sip-dialer >>> [part~=call]');
  await press(page, '#phone-1002 sip-incoming >>> [part~=answer-video]');
  await shown(page, '#phone-1001 sip-quality:state(good)');
  await take(page, 'quality-good');
  // Nothing of a page's own lets a call fare worse.
  await page.evaluate(() => {
    const {getStats} = RTCPeerConnection.prototype;
    let sent = 0;
    const scope = window as unknown as {fares: {loss: number; silent: boolean}};
    scope.fares = {loss: 0, silent: false};
    RTCPeerConnection.prototype.getStats = async function (this: RTCPeerConnection) {
      const report = new Map(await getStats.call(this)) as Map<string, any>;
      sent += 100;
      for (const [id, entry] of report)
        if (entry.type === 'inbound-rtp' && entry.kind === 'audio')
          report.set(id, {
            ...entry,
            packetsLost: sent * scope.fares.loss,
            packetsReceived: scope.fares.silent ? 1 : sent * (1 - scope.fares.loss),
            lastPacketReceivedTimestamp: scope.fares.silent ? entry.timestamp - 9000 : entry.timestamp,
          });
      return report;
    } as typeof getStats;
  });
  const fares = (loss: number, silent = false): Promise<void> =>
    page.evaluate((fares) => void Object.assign((window as any).fares, fares), {loss, silent});
  // A press on the page's switches would close it.
  await page.$eval(own('details'), (details) => details.setAttribute('popover', 'manual'));
  await press(page, own('button'));
  for (const [loss, level] of [
    [0.06, 'fair'],
    [0.1, 'poor'],
    [0.3, 'bad'],
  ] as const) {
    await fares(loss);
    await shown(page, `#phone-1001 sip-quality:state(${level})`);
    if (level !== 'bad') await new Promise((resolve) => setTimeout(resolve, 8000));
    await take(page, `quality-${level}`);
  }
  await fares(0, true);
  await shown(page, '#phone-1001 sip-quality:state(stalled)');
  await shown(page, own('notice'));
  await take(page, 'quality-stalled');
}
