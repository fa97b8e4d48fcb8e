import {expect, fixture, html} from '@open-wc/testing';
import * as Client from '../../src/functions.js';
import type {BaseClient} from '../../src/core/client/client.js';
import type {SipClientElement} from '../../src/elements/sip-client/sip-client.js';
import '../../src/define.js';
import {until} from '../support/in-page/facts.js';
import {StagedClient} from '../support/staged/staged-client.js';

/** A callback of the page, and what can be compared of its arguments. */
type Told = readonly [name: string, ...values: unknown[]];

describe('useClient', () => {
  let told: Told[];
  let client: StagedClient;
  const {reportError} = window;
  const reported: unknown[] = [];

  beforeEach(async () => {
    told = [];
    reported.length = 0;
    window.reportError = (error) => reported.push(error);
    client = await StagedClient.ready();
  });
  afterEach(async () => {
    await Client.disconnect().catch(() => {});
    await client.disconnect();
    window.reportError = reportError;
  });

  const delegate: Client.ClientDelegate = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...values: unknown[]) =>
          told.push([String(name), ...values]),
    },
  );
  const names = (): string[] => told.map(([name]) => name);
  const codeOf = async (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'no error',
      ({code}: {code: string}) => code,
    );
  const CONNECTED: readonly Told[] = [
    ['onServerConnect'],
    ['onServerConnectState', true],
    ['onRegisteredState', true],
  ];
  const LEFT: readonly Told[] = [
    ['onRegisteredState', false],
    ['onServerDisconnect', undefined],
    ['onServerConnectState', false],
  ];

  it('reports the connection, the registration and the calls that are there already', async () => {
    const ringing = client.ring();
    const placed = client.dial();
    const held = client.dial();
    held.dialog.confirm();
    held.dialog.set({held: true});
    Client.useClient(client);
    await Client.connect(delegate);
    expect(told.slice(0, 3)).to.deep.equal(CONNECTED);
    expect(told.slice(3).map(([name, sid]) => [name, sid])).to.deep.equal([
      ['onCallReceived', ringing.call.id],
      ['onCallCreated', placed.call.id],
      ['onCallCreated', held.call.id],
      ['onCallAnswered', held.call.id],
      ['onCallHold', held.call.id],
    ]);
    expect(Client.getClient()).to.equal(client);
    await Client.connect(delegate);
    expect(told).to.have.length(8);
  });

  it('reports what others do with the client, each call once', async () => {
    Client.useClient(client);
    await Client.connect(delegate);
    told.length = 0;
    const call = await client.call('1002');
    client.dialogOf(call).confirm();
    await call.hold();
    await call.hangup();
    await until(() => names().includes('onCallHangup'));
    expect(told.map(([name, sid]) => [name, sid])).to.deep.equal(
      ['onCallCreated', 'onCallAnswered', 'onCallHold', 'onCallHangup'].map((name) => [name, call.id]),
    );
  });

  it('registers a client that is not registered, and no other', async () => {
    Client.useClient(client);
    await Client.connect(delegate);
    client.asked.length = 0;
    await Client.Register(60);
    expect(client.asked).to.deep.equal([]);
    await Client.UnRegister();
    await Client.Register(60);
    expect(client.asked).to.deep.equal(['unregister', 'register']);
  });

  it('keeps the client connected when the functions disconnect, and reports nothing any more', async () => {
    const {call} = client.dial();
    Client.useClient(client);
    await Client.connect(delegate);
    told.length = 0;
    await Client.disconnect();
    expect(told).to.deep.equal(LEFT);
    client.ring();
    expect(told).to.deep.equal(LEFT);
    expect([client.state.registration, client.getCall(call.id)]).to.deep.equal(['registered', call]);
    // Connecting again reports everything again.
    told.length = 0;
    await Client.connect();
    expect(told.slice(0, 3)).to.deep.equal(CONNECTED);
    expect(names().slice(3)).to.deep.equal(['onCallCreated', 'onCallReceived']);
  });

  it('keeps the client connected that is given again', async () => {
    Client.useClient(client);
    await Client.connect(delegate);
    Client.useClient(Client.getClient()!);
    await Client.connect(delegate);
    expect([client.state.connection, client.state.registration]).to.deep.equal(['connected', 'registered']);
  });

  it('disconnects while it still waits for a client', async () => {
    Client.useClient(document.createElement('z-later'));
    const connecting = codeOf(Client.connect(delegate));
    expect(await Client.disconnect()).to.equal(true);
    Client.useClient(client);
    expect(await connecting).to.equal('aborted');
  });

  it('gives the client back to the page at the next init', async () => {
    Client.useClient(client);
    await Client.connect(delegate);
    told.length = 0;
    Client.init('pbx.test', 7443, '1003', '1234');
    expect(Client.getClient()!.options.user).to.equal('1003');
    expect([told, client.state.registration]).to.deep.equal([LEFT, 'registered']);
  });

  it('takes the client of a <sip-client>, also one that comes later or is another one', async () => {
    const element = document.createElement('x-client') as SipClientElement;
    document.body.append(element);
    Client.useClient(element);
    expect(Client.getClient()).to.equal(undefined);
    expect(await codeOf(Client.Hangup('1'))).to.equal('not-initialized');
    const connected = Client.connect(delegate);
    const {SipClientElement} = await import('../../src/elements/sip-client/sip-client.js');
    customElements.define('x-client', class extends SipClientElement {});
    element.client = client;
    await connected;
    expect(told).to.deep.equal(CONNECTED);
    expect(Client.getClient()).to.equal(client);
    const other = new StagedClient({user: '1003'});
    element.client = other;
    await until(() => Client.getClient() === other);
    expect(told).to.deep.equal([...CONNECTED, ...LEFT]);
    await other.connect();
    await other.register();
    expect(told).to.deep.equal([...CONNECTED, ...LEFT, ...CONNECTED]);
    Client.useClient(client);
    element.client = undefined;
    await element.updateComplete;
    expect(Client.getClient(), 'the element is followed no more').to.equal(client);
    element.remove();
    await other.disconnect();
  });

  it('ends a connect that still waits for a client at the next one', async () => {
    const element = document.createElement('y-client');
    Client.useClient(element);
    const waiting = codeOf(Client.connect(delegate));
    Client.useClient(client);
    expect(await waiting).to.equal('aborted');
  });

  it('refuses what is neither a client nor a <sip-client>', async () => {
    Client.useClient(client);
    for (const wrong of [null, undefined, 'client', {}, document.createElement('div')])
      Client.useClient(wrong as never);
    await until(() => reported.length === 5);
    expect(reported.map(String).every((text) => text.includes('useClient, from'))).to.equal(true);
    expect(Client.getClient()).to.equal(client);
  });

  describe('and a <sip-client functions>', () => {
    const takes = (element: SipClientElement, wanted: BaseClient | undefined): Promise<void> =>
      until(() => element.client === wanted);

    it('takes the client of the functions, also the one of a later init', async () => {
      Client.useClient(client);
      const element = await fixture<SipClientElement>(html`<sip-client functions></sip-client>`);
      await takes(element, client);
      Client.init('pbx.test', 7443, '1003', '1234');
      await takes(element, Client.getClient());
      expect(element.client!.options.user).to.equal('1003');
      element.functions = false;
      await takes(element, undefined);
    });

    it('shows a <sip-phone functions> the calls of a client that was connected before', async () => {
      const phone = await fixture<HTMLElementTagNameMap['sip-phone']>(
        html`<sip-phone functions corner></sip-phone>`,
      );
      Client.useClient(client);
      client.ring();
      await until(() => phone.open);
    });

    it('is inside a <sip-phone functions> as well', async () => {
      const phone = await fixture<HTMLElementTagNameMap['sip-phone']>(
        html`<sip-phone functions></sip-phone>`,
      );
      Client.useClient(client);
      await until(() => phone.client === client);
    });

    it('makes no client of its own, and says so to who uses it', async () => {
      Client.useClient(document.createElement('z-client'));
      const element = await fixture<SipClientElement>(
        html`<sip-client functions server="ws://127.0.0.1:9" user="1001" autoconnect></sip-client>`,
      );
      expect(element.client).to.equal(undefined);
      expect(await codeOf(element.connect())).to.equal('not-connected');
      expect(await codeOf(element.call('1002'))).to.equal('not-connected');
    });

    it('follows them only while it is in the document', async () => {
      Client.useClient(client);
      const element = await fixture<SipClientElement>(html`<sip-client functions></sip-client>`);
      await takes(element, client);
      element.remove();
      const other = new StagedClient();
      Client.useClient(other);
      expect(element.client).to.equal(client);
      document.body.append(element);
      await takes(element, other);
      element.remove();
    });
  });
});
