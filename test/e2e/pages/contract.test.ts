import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {receives} from '../../support/page/measure.js';
import {nextEvent, onlinePage, phonePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {open, released} from '../../support/page/witness.js';

describe('the contract of the page', () => {
  let site: Site;
  before(async () => (site = await openSite()));
  after(() => site.close());

  it('connects a call with a picture that both ends receive, and ends it at both', async () => {
    const [alice, bob] = [await onlinePage(site, {user: '1001'}), await onlinePage(site, {user: '1002'})];
    const sid = await placeCall(alice, '1002', 'video');
    assert.match(sid, /^[^.\s]+$/);

    const received = await nextEvent(bob, 'sip-call-received');
    assert.deepEqual(
      [received.id, received.remote, received.media],
      [sid, {number: '1001', name: '王芳'}, 'video'],
    );
    await bob.evaluate(() => (window as any).call.answer({media: 'video'}));

    for (const page of [alice, bob]) {
      assert.equal((await nextEvent(page, 'sip-call-answered')).state.phase, 'answered');
      await receives(page, 'sip-client', {frames: 5, energy: 0.01});
      assert.equal(
        await page.evaluate((sid) => (document.querySelector('sip-client') as any).getCall(sid).id, sid),
        sid,
      );
    }

    await alice.evaluate(() => (window as any).call.hangup());
    const [own, other] = [await nextEvent(alice, 'sip-call-hangup'), await nextEvent(bob, 'sip-call-hangup')];
    assert.deepEqual([own.state.phase, own.cause.by, own.cause.code], ['released', 'local', 'normal']);
    assert.deepEqual([other.state.phase, other.cause.code], ['released', 'normal']);
    assert.notEqual(other.cause.by, 'local');
    for (const page of [alice, bob]) {
      assert.equal(await page.evaluate(() => (document.querySelector('sip-client') as any).calls.length), 0);
      await released(page);
    }
    await Promise.all([alice.close(), bob.close()]);
  });

  it('carries a text between two users as it was written', async () => {
    const [alice, bob] = [await onlinePage(site, {user: '1003'}), await onlinePage(site, {user: '1004'})];
    const text = '<b onclick="alert(1)">你好 👋</b>\n& "quotes"';
    await alice.evaluate(
      (text) => (document.querySelector('sip-client') as any).sendMessage('1004', text),
      text,
    );
    const {message} = await nextEvent(bob, 'sip-message-received');
    assert.deepEqual([message.from, message.text], ['1003', text]);
    await Promise.all([alice.close(), bob.close()]);
  });

  it('calls over the API’s socket, which it opens by itself where the page asks for it', async () => {
    const alice = await phonePage(site, {user: '1010', attributes: 'autoconnect api'});
    const bob = await onlinePage(site, {user: '1011'});
    await alice.waitForFunction(() => (document.querySelector('sip-client') as any).state.api === 'open');
    assert.equal(site.server.stats()['apiSockets'], 1);
    const sid = await placeCall(alice, '1011', 'audio');
    assert.equal((await nextEvent(bob, 'sip-call-received')).id, sid);
    await bob.evaluate(() => (window as any).call.answer());
    await alice.waitForFunction(() => (window as any).call.state.phase === 'answered');
    await receives(alice, 'sip-client', {frames: 0, energy: 0.01});
    await alice.evaluate(() => (window as any).call.hangup());
    await nextEvent(bob, 'sip-call-hangup');
    await Promise.all([alice.close(), bob.close()]);
  });

  for (const [caller, callee] of [
    ['standard', 'dispatch'],
    ['dispatch', 'standard'],
  ] as const) {
    it(`connects a ${caller} client with a ${callee} one`, async () => {
      const alice = await onlinePage(site, {user: '1012', attributes: `profile="${caller}"`});
      const bob = await onlinePage(site, {user: '1013', attributes: `profile="${callee}"`});
      await placeCall(alice, '1013', 'video');
      const received = await nextEvent(bob, 'sip-call-received');
      assert.deepEqual([received.remote.number, received.media], ['1012', 'video']);
      await bob.evaluate(() => (window as any).call.answer());
      for (const page of [alice, bob]) {
        await nextEvent(page, 'sip-call-answered');
        await receives(page, 'sip-client', {frames: 5, energy: 0.01});
      }
      await bob.evaluate(() => (window as any).call.hangup());
      assert.equal((await nextEvent(alice, 'sip-call-hangup')).cause.code, 'normal');
      assert.equal((await open(alice)).tracks, 0);
      await Promise.all([alice.close(), bob.close()]);
    });
  }

  it('keeps the password in no attribute', async () => {
    const page = await phonePage(site, {user: '1005', password: 'hush-hush'});
    assert.doesNotMatch(await page.evaluate(() => document.documentElement.outerHTML), /hush-hush/);
    await page.close();
  });

  it('carries a call on when its elements move in the page', async () => {
    const inside = '<div id="here"><sip-call></sip-call></div><div id="there"></div>';
    const [alice, bob] = [
      await onlinePage(site, {user: '1008', inside}),
      await onlinePage(site, {user: '1009'}),
    ];
    await placeCall(alice, '1009', 'video');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer({media: 'video'}));
    await nextEvent(alice, 'sip-call-answered');
    await alice.evaluate(() => {
      const find = (selector: string): Element => document.querySelector(selector)!;
      find('#there').append(find('sip-call'));
      document.body.append(document.createElement('main'));
      find('main').append(find('sip-client'));
    });
    await receives(alice, 'sip-client', {frames: 5, energy: 0.01});
    await receives(bob, 'sip-client', {frames: 5, energy: 0.01});
    await Promise.all([alice.close(), bob.close()]);
  });

  for (const [what, user, number, code] of [
    ['an unknown user', '4711', undefined, 'unknown-user'],
    ['an unknown number', '1006', '4711', 'unknown-number'],
  ] as const) {
    it(`names ${what} ${code}`, async () => {
      const page = await phonePage(site, {user});
      const error = await page.evaluate(async (number) => {
        const element = document.querySelector('sip-client') as any;
        const failed = await (async () => {
          await element.connect();
          await element.register();
          if (number) await element.call(number);
        })().catch((error: any) => error);
        return {name: failed?.name, code: failed?.code, calls: element.calls.length};
      }, number);
      assert.deepEqual(error, {name: 'SipError', code, calls: 0});
      assert.equal((await open(page)).tracks, 0);
      await page.close();
    });
  }

  it('has in common what several copies of the bundle on a page define', async () => {
    const page = await site.open('/fswebrtc');
    const status = await page.evaluate(async () => {
      // The first copy has the client alone, as a bundle of a page's own would; the last finds everything defined.
      const {define} = customElements;
      customElements.define = (tag, element) => {
        if (tag === 'sip-client') define.call(customElements, tag, element);
      };
      await import('/sip-elements.js' as string);
      customElements.define = define;
      for (const copy of ['second', 'third']) await import(`/sip-elements.js?${copy}` as string);
      document.body.innerHTML = `<sip-client server="ws://${location.host}/fswebrtc" user="1007" password="1234">
        <sip-dialer number="no number"></sip-dialer><sip-call></sip-call></sip-client>`;
      const [client, dialer] = [document.querySelector('sip-client')!, document.querySelector('sip-dialer')!];
      await client.connect();
      await client.register();
      await dialer.updateComplete;
      return dialer.shadowRoot!.querySelector('[part=status]')!.textContent;
    });
    assert.match(status, /1007\s+Registered/);
    const code = await page.evaluate(async () => {
      const dialer = document.querySelector('sip-dialer')!;
      const failure = new Promise<CustomEvent>((resolve) =>
        dialer.addEventListener('sip-error', resolve as EventListener),
      );
      dialer.shadowRoot!.querySelector<HTMLElement>('[part=call]')!.click();
      return (await failure).detail.error.code as string;
    });
    assert.equal(code, 'invalid-number');
    await page.close();
  });

  it('lets no page complain, its Content-Security-Policy included', () => {
    assert.deepEqual(site.complaints, []);
  });
});
