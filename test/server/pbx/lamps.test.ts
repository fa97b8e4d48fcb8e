import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {RawSip, type RawMessage} from '../../support/scripted/raw-sip.js';
import {onSite} from '../../support/scripted/scripted-site.js';
import {ScriptedSubscription} from '../../support/scripted/scripted-subscription.js';

/** The state of the dialog in a document; empty if there is none. */
const dialogOf = ({body}: RawMessage): string => /<state>(\w+)<\/state>/.exec(body)?.[1] ?? '';

const basicOf = ({body}: RawMessage): string => /<basic>(\w+)<\/basic>/.exec(body)?.[1] ?? '';

describe('the lamps of the PBX', () => {
  it('of both sides of a call ring, are lit, and go out', () =>
    onSite(async (site) => {
      const [anna, ben] = [await site.client('1003'), await site.client('1004')];
      const watcher = await RawSip.registered(site.server.url, '1005');
      const lamps = await Promise.all(
        ['1003', '1004'].map((to) => ScriptedSubscription.of(watcher, {to, event: 'dialog', expires: 600})),
      );
      const seen = ['none yet', 'none yet'];
      const show = async (...states: readonly string[]): Promise<void> => {
        for (const [index, state] of states.entries())
          while (seen[index] !== state) seen[index] = dialogOf(await lamps[index]!.notified());
      };
      await show('', '');
      const placed = anna.invite('1004');
      const ringing = await ben.incoming.next();
      await show('confirmed', 'early');
      await ringing.answer();
      const {call} = await placed;
      await show('confirmed', 'confirmed');
      await call!.hangup();
      await show('', '');
      await watcher.close();
    }));

  it('tell each state once, by documents that count up', () =>
    onSite(async (site) => {
      const [anna, ben] = [await site.client('1003'), await site.client('1004')];
      const watcher = await RawSip.registered(site.server.url, '1005');
      const lamp = await ScriptedSubscription.of(watcher, {to: '1004', event: 'dialog', expires: 600});
      const aside = await ScriptedSubscription.of(watcher, {to: '1006', event: 'dialog', expires: 600});
      await aside.notified();
      const seen: string[] = [];
      const next = async (): Promise<void> => {
        const notify = await lamp.notified();
        seen.push(`${/version="(\d+)"/.exec(notify.body)?.[1]} ${dialogOf(notify)}`);
      };
      await next();
      const placed = anna.invite('1004');
      await next();
      await (await ben.incoming.next()).answer();
      await next();
      await (await placed).call!.hangup();
      await next();
      assert.deepEqual(seen, ['1 ', '2 early', '3 confirmed', '4 ']);
      assert.deepEqual([lamp.waiting, aside.waiting], [0, 0]);
      await watcher.close();
    }));

  it('tell who is registered, and who no longer is', () =>
    onSite(async (site) => {
      const watcher = await RawSip.registered(site.server.url, '1005');
      const lamp = await ScriptedSubscription.of(watcher, {to: '1004', event: 'presence', expires: 600});
      assert.equal(basicOf(await lamp.notified()), 'closed');
      const [first, second] = [
        await RawSip.registered(site.server.url, '1004'),
        await RawSip.registered(site.server.url, '1004'),
      ];
      const notify = await lamp.notified();
      assert.equal(basicOf(notify), 'open');
      assert.equal(notify.header('content-type'), 'application/pidf+xml');
      await first.crash();
      assert.equal((await second.register({expires: 0})).status, 200);
      assert.equal(basicOf(await lamp.notified()), 'closed');
      assert.equal(lamp.waiting, 0);
      await Promise.all([second.close(), watcher.close()]);
    }));

  it('of devices of the server are always lit green', () =>
    onSite(async (site) => {
      const watcher = await RawSip.registered(site.server.url, '1005');
      const camera = await ScriptedSubscription.of(watcher, {to: '1019', event: 'presence', expires: 0});
      assert.equal(basicOf(await camera.notified()), 'open');
      await watcher.close();
    }));
});
