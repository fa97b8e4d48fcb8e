import {expect, fixture, html} from '@open-wc/testing';
import {SipClient} from '../../../src/client.js';
import {BaseClient} from '../../../src/core/client/client.js';
import {OPTIONS} from '../../../src/core/client/options.js';
import {CLIENT_METHODS} from '../../../src/elements/sip-client/client-commands.js';
import type {SipClientElement} from '../../../src/elements/sip-client/sip-client.js';
import type {SipDialerElement} from '../../../src/elements/sip-dialer/sip-dialer.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {SipError} from '../../../src/errors.js';
import {next, part, shows} from '../../support/in-page/elements.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {keptForRecall, leaveForRecall} from '../../support/in-page/recall.js';
import {SocketServer} from '../../support/servers/socket-server.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {WireClient, WireDispatch} from '../../support/wire/wire-dispatch.js';

/** Nobody listens there. */
const NOWHERE = 'ws://127.0.0.1:9/fswebrtc';

const REQUEST = {purpose: 'sip', user: '1001', server: '', refused: false, realm: undefined} as const;

const codeOf = async (failing: Promise<unknown>): Promise<string> =>
  failing.then(
    () => 'no error',
    (error: unknown) => (error instanceof SipError ? error.code : String(error)),
  );

/** The members of a client that are no part of its documented interface. */
type Internal =
  'claims' | 'createSession' | 'ending' | 'leave' | 'forgetSounds' | 'remembersSounds' | 'setNames';

/** The documented members of a client that the element does not have. */
type Missing = Exclude<keyof BaseClient, keyof SipClientElement | Internal>;

/** The names of a client's own members, without those that its class hides or keeps internal. */
const publicNames = (client: BaseClient): string[] => {
  const hidden = ['claims', 'constructor', 'createService', 'createSession', 'ending', 'leave', 'setNames'];
  const all = [...Object.keys(client), ...Object.getOwnPropertyNames(BaseClient.prototype)];
  return all.filter((name) => ![...hidden, 'forgetSounds', 'remembersSounds'].includes(name));
};

describe('<sip-client>', () => {
  describe('its own client', () => {
    it('is made from the attributes', async () => {
      const element = await fixture<SipClientElement>(
        html`<sip-client
          host="pbx.example"
          port="7443"
          path="/sip"
          user="1001"
          domain="example.org"
          display-name="王芳"
          profile="standard"
          expires="120"
          api="wss://api.example/websocketapi"
          monitor-uri="sip:*33{number}@{host}"
          listen-in-uri="sip:*34{number}@{host}"
          barge-in-uri="sip:*35{number}@{host}"
          play-file-uri="sip:*88{file}*{number}@{host}"
        ></sip-client>`,
      );
      expect(element.client!.options.patterns).to.deep.equal({
        monitorUri: 'sip:*33{number}@{host}',
        listenInUri: 'sip:*34{number}@{host}',
        bargeInUri: 'sip:*35{number}@{host}',
        playFileUri: 'sip:*88{file}*{number}@{host}',
      });
      expect(element.client!.options).to.include({
        server: 'wss://pbx.example:7443/sip',
        user: '1001',
        domain: 'example.org',
        displayName: '王芳',
        profile: 'standard',
        expires: 120,
        api: 'wss://api.example/websocketapi',
      });
      expect(element.state).to.include({connection: 'disconnected', registration: 'unregistered'});
      expect(element.calls).to.deep.equal([]);
    });

    it('has a property and an attribute for each option of the table that says so', () => {
      const element = document.createElement('sip-client');
      const rows = Object.entries(OPTIONS as Record<string, {attribute?: unknown; check?: unknown}>).filter(
        ([, row]) => 'attribute' in row,
      );
      expect(rows).to.have.length.above(25);
      for (const [name, {attribute}] of rows) {
        expect(element).to.have.property(name, attribute);
        element.setAttribute(
          name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
          '7',
        );
        expect(element).to.have.property(
          name,
          typeof attribute === 'boolean' || (typeof attribute === 'number' ? 7 : '7'),
        );
      }
    });

    it('lets calls be answered by themselves where the attribute says so, and with what', async () => {
      const element = await fixture<SipClientElement>(
        html`<sip-client server=${NOWHERE} user="1001"></sip-client>`,
      );
      expect(element.client!.options.autoAnswer).to.equal(undefined);
      element.setAttribute('auto-answer', '');
      expect(element.client!.options.autoAnswer).to.equal('audio');
      element.setAttribute('auto-answer', 'video');
      expect(element.client!.options.autoAnswer).to.equal('video');
      for (const [text, media] of [
        ['false', undefined],
        ['true', 'audio'],
      ] as const) {
        element.setAttribute('auto-answer', text);
        expect(element.client!.options.autoAnswer).to.equal(media);
      }
      element.removeAttribute('auto-answer');
      expect(element.client!.options.autoAnswer).to.equal(undefined);
    });

    it('takes the rules for several calls from the attributes', async () => {
      const element = await fixture<SipClientElement>(
        html`<sip-client
          server=${NOWHERE}
          user="1001"
          max-calls="3"
          parallel-calls
          history-storage="memory"
          do-not-disturb
        ></sip-client>`,
      );
      const {client} = element;
      expect(client!.options).to.include({maxCalls: 3, parallelCalls: true, historyStorage: 'memory'});
      expect([client!.doNotDisturb, element.state.doNotDisturb, element.doNotDisturb]).to.deep.equal([
        true,
        true,
        true,
      ]);
      expect(element.history).to.equal(client!.history);
      element.removeAttribute('do-not-disturb');
      expect(client!.doNotDisturb).to.equal(false);
      client!.doNotDisturb = true;
      expect(element.doNotDisturb).to.equal(true);
      // Nothing that a client is made from.
      expect(element.client).to.equal(client);
    });

    for (const [attribute, value] of [
      ['max-calls', '0'],
      ['max-calls', 'many'],
      ['history-storage', 'cloud'],
      ['monitor-uri', 'sip:*33@{host}'],
    ])
      it(`says that ${attribute}="${value}" makes no client`, async () => {
        const element = document.createElement('sip-client');
        element.setAttribute('server', NOWHERE);
        element.setAttribute('user', '1001');
        element.setAttribute(attribute!, value!);
        expect(element.client).to.equal(undefined);
        const refused = await element.connect().catch((error: unknown) => error as SipError);
        expect(refused).to.include({code: 'bad-parameter'});
        expect((refused as SipError).message).to.contain(value);
      });

    it('is there at once for a page that asks in the same task', () => {
      const element = document.createElement('sip-client');
      element.setAttribute('server', NOWHERE);
      element.setAttribute('user', '1001');
      expect(element.client!.options.user).to.equal('1001');
    });

    it('is asked not to disturb before it is there', () => {
      const element = document.createElement('sip-client');
      element.doNotDisturb = true;
      element.setAttribute('server', NOWHERE);
      element.setAttribute('user', '1001');
      expect(element.client!.doNotDisturb).to.equal(true);
    });

    it('is none while attributes are missing, and commands say which', async () => {
      const element = await fixture<SipClientElement>(html`<sip-client user="1001"></sip-client>`);
      expect(element.client).to.equal(undefined);
      const error = await element.connect().catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(SipError);
      expect((error as SipError).message).to.contain('server');
      expect(await codeOf(element.call('1002'))).to.equal('bad-parameter');
      await element.disconnect();
    });

    it('takes its password off the page, however it comes, and never gives it back', async () => {
      const element = await fixture<SipClientElement>(
        html`<sip-client server=${NOWHERE} user="1001" password="first-secret"></sip-client>`,
      );
      const {options} = element.client!;
      expect(element.outerHTML).not.to.contain('secret');
      expect(await options.credentials(REQUEST)).to.include({password: 'first-secret'});
      element.setAttribute('password', 'second-secret');
      expect(element.outerHTML).not.to.contain('secret');
      expect(await element.client!.options.credentials(REQUEST)).to.include({password: 'second-secret'});
      element.password = 'third-secret';
      expect(await element.client!.options.credentials(REQUEST)).to.include({password: 'third-secret'});
      expect(element.password).to.equal('');
      expect(element.outerHTML).not.to.contain('secret');
    });

    it('takes its ICE servers off the page, however they come', async () => {
      const servers = [
        {urls: ['turn:turn.example', 'stun:stun.example'], username: 'a', credential: 'first-secret'},
      ];
      const element = await fixture<SipClientElement>(
        html`<sip-client
          server=${NOWHERE}
          user="1001"
          ice-servers=${JSON.stringify(servers)}
          force-relay
        ></sip-client>`,
      );
      const first = element.client!;
      expect(first.options).to.deep.include({iceServers: servers, forceRelay: true});
      expect(element.outerHTML).not.to.contain('secret');
      expect(element.iceServers).to.equal(undefined);
      // Frameworks write it again and again.
      element.setAttribute('ice-servers', JSON.stringify(servers));
      expect(element.client).to.equal(first);
      expect(element.outerHTML).not.to.contain('secret');
      const ask = async (): Promise<RTCIceServer[]> => servers;
      element.iceServers = ask;
      expect(element.iceServers).to.equal(ask);
      const asked = element.client!.options.iceServers as () => Promise<readonly RTCIceServer[]>;
      expect(await asked()).to.equal(servers);
      element.iceServers = undefined;
      element.removeAttribute('force-relay');
      expect(element.client!.options).to.deep.include({iceServers: [], forceRelay: false});
    });

    for (const [what, servers] of [
      ['no JSON', '[{"urls":"turn:turn.example","credential":"secret"'],
      ['no list', '{"urls":"stun:stun.example"}'],
      ['a number', '[1]'],
      ['no address', '[{"url":"stun:stun.example"}]'],
      ['another scheme', '[{"urls":["stun:stun.example","https://turn.example"]}]'],
      ['no addresses', '[{"urls":[]}]'],
      ['no password for TURN', '[{"urls":"turn:turn.example","username":"a-secret"}]'],
      ['a number for a password', '[{"urls":"turn:turn.example","username":"a","credential":1}]'],
    ])
      it(`says of ice-servers that hold ${what} that they make no client, and tells no secret`, async () => {
        const element = document.createElement('sip-client');
        element.setAttribute('server', NOWHERE);
        element.setAttribute('user', '1001');
        element.setAttribute('ice-servers', servers!);
        expect(element.outerHTML).not.to.contain('stun.example');
        expect(element.client).to.equal(undefined);
        const refused = await element.connect().catch((error: unknown) => error as SipError);
        expect(refused).to.include({code: 'bad-parameter'});
        expect((refused as SipError).message)
          .to.contain('ice-servers')
          .and.not.to.contain('secret');
        expect(String((refused as SipError).cause)).not.to.contain('secret');
        const told = next(element, 'sip-error');
        element.autoconnect = true;
        document.body.append(element);
        expect((await told).detail.error.subject).to.contain('ice-servers');
        element.remove();
      });

    it('says what to write for a list that a framework wrote as [object Object], and takes it as a property', async () => {
      const servers = [{urls: 'stun:stun.example'}];
      const element = document.createElement('sip-client');
      Object.assign(element, {server: NOWHERE, user: '1001'});
      element.setAttribute('ice-servers', '[object Object],[object Object]');
      const {expected} = (await element.connect().catch((error: unknown) => error)) as SipError;
      expect(expected)
        .to.contain('.iceServers=${[…]}')
        .and.contain(':iceServers.prop="[…]"')
        .and.contain(`ice-servers='[{"urls": `);
      element.iceServers = servers;
      expect(element.client!.options.iceServers).to.deep.equal(servers);
    });

    it('is another one after an attribute changed while it was not connected', async () => {
      const element = await fixture<SipClientElement>(
        html`<sip-client server=${NOWHERE} user="1001"><sip-dialer></sip-dialer></sip-client>`,
      );
      const dialer = element.querySelector<SipDialerElement>('sip-dialer')!;
      await shows(dialer, () => part(dialer, 'status')!.innerText.includes('1001'));
      element.user = '1002';
      await shows(dialer, () => part(dialer, 'status')!.innerText.includes('1002'));
    });

    it('takes options that are no attributes', async () => {
      const element = await fixture<SipClientElement>(
        html`<sip-client
          server=${NOWHERE}
          user="1001"
          .options=${{credentials: () => ({password: 'fresh'})}}
        ></sip-client>`,
      );
      expect(await element.client!.options.credentials(REQUEST)).to.include({password: 'fresh'});
    });

    it('warns once of each option that it does not know, and names the nearest one that it knows', async () => {
      const told: string[] = [];
      const printer = window.console;
      const {warn} = printer;
      printer.warn = (text: string) => void told.push(text);
      try {
        const element = await fixture<SipClientElement>(
          html`<sip-client server=${NOWHERE} user="1001"></sip-client>`,
        );
        const mistyped = {sever: '', 'display-name': '', timeouts: {heartBeet: 1}} as object;
        for (const more of [{}, {credential: '1'}, {credential: '2', password: '1', conferenceUri: ''}]) {
          element.options = {...mistyped, ...more};
          await element.updateComplete;
        }
        await until(() => told.length >= 4);
        await import('../../../src/elements/sip-client/unknown-options.js');
      } finally {
        printer.warn = warn;
      }
      expect(told).to.have.members(
        Object.entries({
          sever: 'server',
          'display-name': 'displayName',
          heartBeet: 'heartbeat',
          credential: 'credentials',
        }).map(
          ([key, known]) => `SIP Elements: the option “${key}” is unknown. The nearest one is “${known}”.`,
        ),
      );
    });

    it('connects by itself with autoconnect, once the attributes are there', async () => {
      const element = await fixture<SipClientElement>(
        html`<sip-client user="1001" password="1234" autoconnect></sip-client>`,
      );
      const told = next(element, 'sip-connection');
      element.server = NOWHERE;
      expect((await told).detail.state).to.equal('connecting');
      const {error} = await becomes(element.client!, (state) => state.error !== undefined);
      expect(['server-unreachable', 'certificate-refused']).to.include(error!.code);
    });

    it('goes on with autoconnect until the server is there, or the page disconnects', async () => {
      const id = crypto.randomUUID();
      const element = await fixture<SipClientElement>(
        html`<sip-client
          server=${SocketServer.address(id)}
          user="1001"
          password="1"
          autoconnect
        ></sip-client>`,
      );
      const states: string[] = [];
      element.addEventListener('sip-connection', ({detail}) => states.push(detail.state));
      await until(() => states.filter((state) => state === 'disconnected').length > 1);
      const server = await SocketServer.listen(id);
      await until(() => element.state.connection === 'connected');
      await server.knows(() => server.opened === 1);
      await server.close();
      element.remove();

      const other = await fixture<SipClientElement>(
        html`<sip-client server=${NOWHERE} user="1001" password="1" autoconnect></sip-client>`,
      );
      await until(() => other.state.error !== undefined && other.state.connection === 'disconnected');
      const told: string[] = [];
      other.addEventListener('sip-connection', ({detail}) => told.push(detail.state));
      await other.disconnect();
      // As long as the first wait may last.
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      expect(told).to.deep.equal([]);
    });

    it('stays disconnected with autoconnect if the page disconnects while it registers', async () => {
      const server = await SocketServer.listen();
      const element = await fixture<SipClientElement>(
        html`<sip-client server=${server.url} user="1001" password="1" autoconnect></sip-client>`,
      );
      await until(() => element.state.registration === 'registering');
      await element.disconnect();
      // As long as the first wait may last.
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      expect(element.state.connection).to.equal('disconnected');
      expect(server.opened).to.equal(1);
      await server.close();
    });

    it('tells of attributes that make no client', async () => {
      const element = await fixture<SipClientElement>(
        html`<sip-client user="10 01" autoconnect></sip-client>`,
      );
      const told = next(element, 'sip-error');
      element.server = NOWHERE;
      expect((await told).detail.error.code).to.equal('bad-parameter');
    });
  });

  describe('tunes its client’s ringer', () => {
    it('by attributes that count at once, and tells of those that cannot be', async () => {
      const client = new StagedClient();
      const element = await fixture<SipClientElement>(
        html`<sip-client .client=${client} tone-country="GB" quiet-hours="22:00-07:00"></sip-client>`,
      );
      const {ringer} = client;
      expect([ringer.toneCountry, ringer.quietHours]).to.deep.equal(['gb', '22:00-07:00']);
      for (const [name, value] of [
        ['tone-country', 'nowhere'],
        ['quiet-hours', 'at night'],
      ] as const) {
        const told = next(element, 'sip-error');
        element.setAttribute(name, value);
        expect((await told).detail.error.code).to.equal('bad-parameter');
      }
      expect([ringer.toneCountry, ringer.quietHours]).to.deep.equal(['gb', '22:00-07:00']);
      for (const name of ['tone-country', 'quiet-hours']) element.removeAttribute(name);
      await element.updateComplete;
      expect([ringer.toneCountry, ringer.quietHours]).to.deep.equal(['cn', '']);
    });
  });

  describe('with a client that is handed in', () => {
    let client: StagedClient;
    let element: SipClientElement;

    beforeEach(async () => {
      client = new StagedClient();
      element = await fixture<SipClientElement>(html`<sip-client .client=${client}></sip-client>`);
    });

    it('has everything that a client has', () => {
      const given = new SipClient({server: NOWHERE, user: '1001'});
      element.client = given;
      const names = publicNames(given);
      expect(names).to.include.members(['merge', 'split', 'ringer', 'getLoginInfo']);
      // Does not compile either if the client has more.
      const missing: never[] = names.filter((name): name is Missing => !(name in element));
      expect(missing).to.deep.equal([]);
      for (const name of names) {
        const value: unknown = Reflect.get(given, name);
        // The element's options are those that have no attribute; its `recall` is the attribute.
        if (typeof value === 'object' && name !== 'options' && name !== 'recall')
          expect(Reflect.get(element, name), name).to.equal(value);
      }
    });

    it('rejects as its client does', async () => {
      const outcome = async (target: object, name: string): Promise<string> =>
        (Reflect.get(target, name) as (...parameters: string[]) => Promise<unknown>)
          .call(target, 'no number', 'no session')
          .then(String, String);
      for (const name of CLIENT_METHODS)
        expect(await outcome(element, name), name).to.equal(await outcome(client, name));
    });

    it('forwards everything that a client can do', async () => {
      expect(element.client).to.equal(client as BaseClient);
      await element.connect();
      await element.register();
      await element.connectApi();
      await element.sendMessage('1002', 'Hello');
      const reply = await element.sendApi({header: 'data.get.allgroup'});
      expect(reply.code).to.equal(0);
      const call = await element.call('1002', {media: 'video'});
      expect(element.calls).to.deep.equal([call]);
      expect(element.getCall(call.sid)).to.equal(call);
      expect([client.calls, call.sid]).to.deep.equal([[call], call.id]);
      expect(element.state).to.include({connection: 'connected', registration: 'registered', api: 'open'});
      expect(element.capabilities).to.include({call: true});
      await element.disconnectApi();
      await element.unregister();
      await element.disconnect();
      expect(client.asked).to.deep.equal([
        'connect',
        'register',
        'connect api',
        'message 1002 Hello',
        'api data.get.allgroup',
        'call 1002 video',
        'unregister',
        'disconnect',
      ]);
    });

    it('has every method of a client', () => {
      // What the client has for its own elements.
      const internal = ['constructor', 'createSession', 'forgetSounds', 'leave', 'setNames'];
      const methods = Object.entries(Object.getOwnPropertyDescriptors(BaseClient.prototype)).flatMap(
        ([name, {value}]) => (typeof value === 'function' && !internal.includes(name) ? [name] : []),
      );
      expect(methods).to.have.length.above(20);
      expect(methods.filter((name) => typeof Reflect.get(element, name) !== 'function')).to.deep.equal([]);
    });

    it('repeats the client’s events, bubbling and composed', async () => {
      const seen: string[] = [];
      const note = (event: Event): void =>
        void seen.push(`${event.type} ${String(event.bubbles && event.composed)}`);
      const types = [
        'sip-connection',
        'sip-server-connect',
        'sip-registration',
        'sip-call-received',
      ] as const;
      for (const type of types) document.body.addEventListener(type, note);
      await client.connect();
      await client.register();
      client.ring();
      for (const type of types) document.body.removeEventListener(type, note);
      expect(seen).to.deep.equal([
        'sip-connection true',
        'sip-connection true',
        'sip-server-connect true',
        'sip-registration true',
        'sip-call-received true',
      ]);
    });

    it('prevents at the client what the page prevents', async () => {
      await client.connect();
      element.addEventListener('sip-call-received', (event) => event.preventDefault());
      expect(client.ring().call.state.quiet).to.equal(true);
    });

    it('never ends it, and repeats nothing any more when it has left', async () => {
      await client.connect();
      let heard = 0;
      element.addEventListener('sip-registration', () => (heard += 1));
      element.remove();
      await new Promise((resolve) => setTimeout(resolve));
      await client.register();
      expect(heard).to.equal(0);
      expect(client.state.connection).to.equal('connected');
      document.body.append(element);
      await client.unregister();
      expect(heard).to.equal(1);
      element.remove();
    });
  });

  it('with leave-warning has the browser ask while somebody is called or spoken to, and at no other time', async () => {
    const staged = new StagedClient();
    const element = await fixture<SipClientElement>(html`<sip-client .client=${staged}></sip-client>`);
    const asks = (): boolean => !window.dispatchEvent(new Event('beforeunload', {cancelable: true}));
    await staged.connect();
    const called = await staged.call('1002');
    expect(asks(), 'without the attribute').to.equal(false);
    element.leaveWarning = true;
    await element.updateComplete;
    expect(asks(), 'while it calls').to.equal(true);
    await called.hangup();
    expect(asks(), 'after the call').to.equal(false);
    const {call} = staged.ring();
    expect(asks(), 'while it rings').to.equal(false);
    await call.answer();
    expect(asks(), 'while they speak').to.equal(true);
    element.client = undefined;
    expect(asks(), 'without the client').to.equal(false);
  });

  describe('that leaves the page', () => {
    /** An own client that is connected: its service is the staged one. */
    async function own({user = '1001', keepAlive = false, recall = 0} = {}): Promise<
      [SipClientElement, BaseClient]
    > {
      const element = await fixture<SipClientElement>(
        html`<sip-client
          server=${NOWHERE}
          user=${user}
          recall=${recall}
          ?keep-alive=${keepAlive}
        ></sip-client>`,
      );
      const staged = new StagedClient();
      // @ts-expect-error The seam between a client and its profile.
      element.client!.createService = staged.createService;
      await element.connect();
      await element.register();
      return [element, element.client!];
    }

    it('disconnects its own client by the next task', async () => {
      const [element, client] = await own();
      element.remove();
      await becomes(client, ({connection}) => connection === 'disconnected');
    });

    it('goes on with keep-alive', async () => {
      const [element, client] = await own({keepAlive: true});
      element.remove();
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(client.state.registration).to.equal('registered');
      await element.disconnect();
    });

    it('goes on where it is only moved', async () => {
      const [element, client] = await own();
      const there = document.createElement('main');
      document.body.append(there);
      there.append(element);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(element.client).to.equal(client);
      expect(client.state.registration).to.equal('registered');
      there.remove();
    });

    it('lets a connected client be until the next connect() when an attribute changes', async () => {
      const [element, client] = await own();
      element.user = '1002';
      await element.updateComplete;
      expect(element.client).to.equal(client);
      expect(client.state.connection).to.equal('connected');
      void codeOf(element.connect());
      await until(() => element.client !== client);
      expect(client.state.connection).to.equal('disconnected');
      expect(element.client!.options.user).to.equal('1002');
    });

    it('keeps nothing of what is heard once recall="0", also under a running call and after a new registration', async () => {
      const user = randomUuid();
      const about = {
        ...{call: 'earlier', type: 'single', direction: 'incoming', remote: {number: '1002', name: 'Bea'}},
        ...{time: Date.now(), duration: 1},
      };
      await leaveForRecall({account: `${user}@127.0.0.1`, id: 'left', left: 60_000, about});
      const [element, {recall}] = await own({user, recall: 5});
      await becomes(recall, ({active, utterances}) => active && utterances.length === 1);
      const call = await element.call('1002');
      element.recall = '0';
      await becomes(recall, ({active, utterances}) => !active && utterances.length === 0);
      await until(async () => !(await keptForRecall()).some((path) => path.endsWith('-left')));
      await element.unregister();
      await element.register();
      expect([recall.minutes, recall.state.active]).to.deep.equal([0, false]);
      await call.hangup();
    });

    it('changes over at once with autoconnect, but not under a running call', async () => {
      const [element, client] = await own();
      const call = await element.call('1002');
      element.autoconnect = true;
      element.user = '1003';
      await element.updateComplete;
      expect(client.state.connection).to.equal('connected');
      await call.hangup();
      await until(() => element.client!.options.user === '1003');
      expect(client.state.connection).to.equal('disconnected');
      await becomes(element.client!, ({error}) => error !== undefined);
    });
  });

  describe('and the elements that use it', () => {
    const status = (dialer: Element): string => part(dialer, 'status')!.innerText;

    it('serves one beside it by its id, also where that comes later', async () => {
      const root = await fixture(html`<div><sip-dialer for="later"></sip-dialer></div>`);
      const dialer = root.querySelector<SipDialerElement>('sip-dialer')!;
      expect(status(dialer)).to.contain('<sip-client>');
      const element = Object.assign(document.createElement('sip-client'), {
        id: 'later',
        server: NOWHERE,
        user: '1007',
      });
      root.append(element);
      await shows(dialer, () => status(dialer).includes('1007'));
      dialer.htmlFor = 'nobody';
      await shows(dialer, () => status(dialer).includes('<sip-client>'));
    });

    it('serves the nearest one, and another after a move', async () => {
      const root = await fixture(
        html`<sip-client server=${NOWHERE} user="1001">
          <sip-client server=${NOWHERE} user="1002"><sip-dialer></sip-dialer></sip-client>
        </sip-client>`,
      );
      const dialer = root.querySelector<SipDialerElement>('sip-dialer')!;
      await shows(dialer, () => status(dialer).includes('1002'));
      root.append(dialer);
      await shows(dialer, () => status(dialer).includes('1001'));
    });
  });

  it('carries a real call from its dialer to its stage, with sound and picture', async () => {
    const server = new WireDispatch();
    const client = new WireClient(server.wire, {user: '1001'});
    const root = await fixture<SipClientElement>(
      html`<sip-client .client=${client}><sip-incoming></sip-incoming><sip-call></sip-call></sip-client>`,
    );
    const stage = root.querySelector('sip-call')!;
    const rings = root.querySelector('sip-incoming')!;
    await root.connect();
    await root.register();
    const leg = await server.invite('c7.12', {video: true});
    await shows(rings, () => rings.calls.length === 1);
    part(rings, 'answer-video')!.click();
    await shows(stage, () => part(stage, 'remote')?.classList.contains('playing') ?? false);
    const audio = stage.shadowRoot!.querySelector('sip-audio')!.shadowRoot!.querySelector('audio')!;
    await until(() => !audio.paused && audio.currentTime > 0);
    expect((part(stage, 'remote') as HTMLVideoElement).videoWidth).to.be.greaterThan(0);
    part(stage, 'hangup')!.click();
    await becomes(leg, ({phase}) => phase === 'terminated');
    await root.disconnect();
    await server.close();
  });
});
