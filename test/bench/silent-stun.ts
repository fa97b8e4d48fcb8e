/**
 * What a STUN server that never answers costs: how long a call takes from the command until it rings at the other page, for
 * the first and for later calls of a page, with such a server and without. Prints figures, judges nothing.
 */
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {nextEvent, goOnline, phonePage} from '../support/page/phone-page.js';
import {openSite} from '../support/page/site.js';

const ROUNDS = 5;
const LATER = 3;

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

const silent = createSocket('udp4').bind(0, '127.0.0.1');
await once(silent, 'listening');
let asked = 0;
silent.on('message', () => (asked += 1));
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
  for (const which of ['first', 'later'] as const) {
    const [plain, waited] = [median(figures.without[which]), median(figures.silent[which])];
    process.stdout.write(
      `${which} call: median ${plain.toFixed(0)} ms until it rings, ${waited.toFixed(0)} ms with a STUN server that never answers: ${(waited - plain).toFixed(0)} ms more\n`,
    );
  }
  process.stdout.write(`The server was asked ${asked} times.\n`);
} finally {
  await site.close();
  silent.close();
}
