import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {API_CODE} from '../../../src/dispatch/protocol.js';
import {until} from '../../support/in-page/facts.js';
import {RawSip, type RawMessage} from '../../support/scripted/raw-sip.js';
import {onSite} from '../../support/scripted/scripted-site.js';
import {startPushReceiver, type PushReceiver} from '../../support/servers/push-receiver.js';

const WEEK = 604_800;

describe('a closed page at the development server', () => {
  let receiver: PushReceiver;
  before(async () => {
    receiver = await startPushReceiver();
  });
  after(() => receiver.stop());

  /** Registers with the subscription of this name, for a week unless stated otherwise. */
  async function register(
    client: RawSip,
    name: string,
    {expires = WEEK, instance = 'a'} = {},
  ): Promise<RawMessage> {
    const prid = name && `;pn-prid=${encodeURIComponent(receiver.endpoint(name))}`;
    const response = await client.register({
      contact: `<${client.contact};pn-provider=webpush${prid}>;reg-id=1;+sip.instance="<urn:uuid:${instance}>";expires=${expires}`,
    });
    receiver.key = /\+sip\.vapid="([\w-]+)"/.exec(response.header('feature-caps') ?? '')?.[1] ?? '';
    return response;
  }

  const options = (): {pushHosts: string[]} => ({pushHosts: [receiver.host]});

  it('is told of by the answer to a REGISTER that asks, and a server of other pushes is refused', () =>
    onSite(async ({server}) => {
      const client = await RawSip.open(server.url, '1053');
      const {status, headers} = await register(client, '');
      assert.equal(status, 200);
      assert.match(headers('feature-caps')[0]!, /^\*;\+sip\.pns="webpush";\+sip\.vapid="[\w-]{87}"$/);
      const other = await client.register({contact: `<${client.contact};pn-provider=apns>;expires=60`});
      assert.equal(other.status, 555);
      assert.deepEqual((await client.register()).headers('feature-caps'), []);
      await client.close();
    }, options()));

  it('is woken by a call, which waits until it has registered', () =>
    onSite(async (site) => {
      const before = await RawSip.open(site.server.url, '1053');
      await register(before, 'phone');
      await before.close();
      const caller = await site.client('1054');
      const placed = caller.invite('1053');
      assert.equal(await receiver.next(), 'phone');
      const callee = await site.client('1053', 1, 'b');
      const answered = await callee.answer();
      const {call, response} = await placed;
      assert.equal(response.status, 200);
      await answered.media!.hears(({name}) => name === call!.name);
      await call!.media!.hears(({name}) => name === answered.name);
      await call!.hangup();
    }, options()));

  it('is woken by a call of the JSON API as well', () =>
    onSite(async (site) => {
      const before = await RawSip.open(site.server.url, '1053');
      await register(before, 'phone');
      await before.close();
      const caller = await site.client('1054', 2);
      const placed = caller.call('1053');
      assert.equal(await receiver.next(), 'phone');
      const callee = await site.client('1053', 1, 'b');
      const answered = await callee.answer();
      const {call} = await placed;
      await answered.media!.hears(({name}) => name === call.name);
      await call.hangup();
    }, options()));

  it('rings itself while it is open, and no push is sent', () =>
    onSite(async (site) => {
      const closed = await RawSip.open(site.server.url, '1053');
      await register(closed, 'phone');
      await closed.close();
      const [caller, callee] = [await site.client('1054'), await site.client('1053')];
      const placed = caller.invite('1053');
      await callee.answer();
      await (await placed).call!.hangup();
      assert.equal(receiver.waiting, 0);
    }, options()));

  it('is waited for no longer than the server is patient', () =>
    onSite(
      async (site) => {
        const before = await RawSip.open(site.server.url, '1053');
        await register(before, 'phone');
        await before.close();
        const caller = await site.client('1054');
        const {response} = await caller.invite('1053');
        assert.equal(response.status, 480);
        assert.equal(await receiver.next(), 'phone');
      },
      {...options(), wakeTimeout: 300},
    ));

  it('is not called after the caller has given up', () =>
    onSite(async (site) => {
      const before = await RawSip.open(site.server.url, '1053');
      await register(before, 'phone');
      await before.close();
      const caller = await site.client('1054');
      let giveUp = (): void => {};
      const placed = caller.invite('1053', ['audio'], new Promise((resolve) => (giveUp = resolve)));
      await receiver.next();
      giveUp();
      assert.equal((await placed).response.status, 487);
      const callee = await site.client('1053', 1, 'b');
      await until(async () => site.server.stats()['sessions'] === 0);
      assert.deepEqual(callee.wire, []);
    }, options()));

  it('is not woken once it has signed out, has turned it off, or its push service has ended the subscription', () =>
    onSite(async (site) => {
      const caller = await site.client('1054');
      const refused = async (): Promise<number> => (await caller.invite('1053')).response.status;
      const page = await RawSip.open(site.server.url, '1053');
      await register(page, 'phone');
      await register(page, 'phone', {expires: 0});
      assert.equal(await refused(), 480);
      await register(page, 'phone');
      await register(page, '');
      await page.close();
      assert.equal(await refused(), 480);
      assert.equal(receiver.waiting, 0);
      receiver.end('gone');
      const next = await RawSip.open(site.server.url, '1053');
      await register(next, 'gone');
      await next.close();
      assert.equal(await refused(), 480);
      assert.equal(await receiver.next(), 'gone');
      assert.equal(await refused(), 480);
      assert.equal(receiver.waiting, 0);
      const {code} = await (await site.client('1055', 2)).createCall('1053');
      assert.equal(code, API_CODE.numberNotRegistered);
    }, options()));

  it('is not sent to addresses other than push services', () =>
    onSite(
      async (site) => {
        const before = await RawSip.open(site.server.url, '1053');
        await register(before, 'phone');
        await before.close();
        const {response} = await (await site.client('1054')).invite('1053');
        assert.equal(response.status, 480);
        assert.equal(receiver.waiting, 0);
      },
      {wakeTimeout: 300},
    ));
});
