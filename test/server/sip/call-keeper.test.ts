import {randomUUID} from 'node:crypto';
import {describe, it} from 'node:test';
import {until} from '../../support/in-page/facts.js';
import {onSite} from '../../support/scripted/scripted-site.js';

describe('CallKeeper', () => {
  it('ends the call of a closed page in time, although the next page refreshes its registration', () =>
    onSite(
      async (site) => {
        const instance = randomUUID();
        const alice = await site.client('1001', 1, instance);
        const bob = await site.client('1002', 1);
        await alice.call('1002', 1);
        const callee = await bob.incoming.next();
        await callee.answer();
        await callee.established;
        await alice.isCutOff();
        const next = await site.client('1001', 1, instance);
        let isOver = false;
        void callee.ended.then(() => (isOver = true));
        await until(async () => {
          await next.register();
          return isOver;
        }, 5_000);
      },
      {returnTimeout: 1_000},
    ));
});
