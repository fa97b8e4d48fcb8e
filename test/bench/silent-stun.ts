/**
 * What a STUN server that never answers costs: how long a call takes from the command until it rings at the other page, for
 * the first and for later calls of a page, with such a server and without.
 *
 * `node --import tsx test/bench/silent-stun.ts [ROUNDS]`
 */
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {nextEvent, goOnline, phonePage} from '../support/page/phone-page.js';
import {openSite} from '../support/page/site.js';
import {median, printTable, size, spread} from './table.js';

const ROUNDS = size(5);
const LATER = 3;

const silent = createSocket('udp4').bind(0, '127.0.0.1');
await once(silent, 'listening');
const urls = `stun:127.0.0.1:${silent.address().port}`;
const site = await openSite({chromeFlags: ['--allow-loopback-in-peer-connection']});
try {
  const callee = await phonePage(site, {user: '1002', attributes: 'ringtone="none"'});
  await goOnline(callee);
  const figures = {
    without: {first: [] as number[], later: [] as number[]},
    silent: {first: [] as number[], later: [] as number[]},
  };
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const kind of ['without', 'silent'] as const) {
      const page = await phonePage(site, {user: '1001', attributes: 'profile="standard"'});
      await page.evaluate(
        (iceServers) => {
          (document.querySelector('sip-client') as any).options = {iceServers};
        },
        kind === 'silent' ? [{urls}] : [],
      );
      await goOnline(page);
      for (let call = 0; call <= LATER; call += 1) {
        const took = await page.evaluate(async () => {
          const began = performance.now();
          (window as any).call = await (document.querySelector('sip-client') as any).call('1002', {
            media: 'audio',
          });
          return performance.now() - began;
        });
        await nextEvent(callee, 'sip-call-received');
        await page.evaluate(() => (window as any).call.hangup());
        await nextEvent(callee, 'sip-call-hangup');
        // The first round warms up.
        if (round > 0) figures[kind][call ? 'later' : 'first'].push(took);
      }
      await page.close();
    }
  printTable(
    'a silent STUN server',
    ['until it rings, ms', 'without STUN', 'with such a server', 'more'],
    (['first', 'later'] as const).map((which) => {
      const [without, silent] = [figures.without[which], figures.silent[which]];
      const more = (median(silent) - median(without)).toFixed(0);
      return [`${which} call of a page`, spread(without), spread(silent), more];
    }),
  );
} finally {
  await site.close();
  silent.close();
}
