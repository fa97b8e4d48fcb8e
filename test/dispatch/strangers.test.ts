import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import {API_HEADER} from '../../src/dispatch/protocol.js';
import {reaches, until} from '../support/in-page/facts.js';
import {rejects} from '../support/in-page/rejections.js';
import {description, Stranger} from '../support/wire/stranger.js';
import {WireClient, WireDispatch} from '../support/wire/wire-dispatch.js';

describe('DispatchService: whom it believes', () => {
  let server: WireDispatch;
  let client: WireClient;
  let received: unknown[];

  beforeEach(async () => {
    server = new WireDispatch();
    client = await begin();
  });
  afterEach(async () => {
    await client.disconnect();
    await server.close();
  });

  async function begin(
    options: {trustedHosts?: string; allowMonitoring?: boolean; sharedWorker?: string} = {},
  ): Promise<WireClient> {
    const made = new WireClient(server.wire, {user: '1001', historyStorage: 'memory', ...options});
    received = [];
    made.addEventListener('sip-api-received', ({detail}) => received.push(detail.message.code));
    made.addEventListener('sip-message-received', ({detail}) => received.push(detail.message.from));
    await made.connect();
    await made.register();
    return made;
  }

  /** Sends a message of the API in the name of a sender. */
  function says(code: number, sender: string): void {
    server.send(JSON.stringify({header: 'x.CB', code}), '1001', sender);
  }

  it('takes no message of the API from another domain, or of another user', async () => {
    server.wire.edit = undefined;
    says(1, 'api@evil.test');
    says(2, 'mallory@wire.test');
    says(3, 'api@wire.test.evil.test');
    says(4, 'api@wire.test');
    await until(() => received.includes(4));
    expect(received).to.deep.equal([4]);
  });

  it('settles no request by a reply from another domain', async () => {
    server.reactions['a'] = ({msgid}) => {
      for (const [code, sender] of [
        [1, 'api@evil.test'],
        [2, 'api@wire.test'],
      ] as const)
        server.send(JSON.stringify({header: 'a.CB', code, msgid}), '1001', sender);
    };
    expect((await client.sendApi({header: 'a'})).code).to.equal(2);
  });

  describe('of the API’s address', () => {
    const names = (host: string): void => {
      server.reactions[API_HEADER.loginInfo] = (request) =>
        server.reply(request, 0, {ServerWebSocketPATH: `ws://${host}:1`});
    };

    it('opens none on another host, to which it would send a digest of the password', async () => {
      names('evil.test');
      const {subject, message} = await rejects(client.connectApi(), 'untrusted-host');
      expect(subject).to.equal('evil.test');
      expect(message).to.contain('trusted-hosts="evil.test"');
      expect(client.state.api).to.equal('closed');
    });

    it('opens one on a host of the server, and on those that the page lists', async () => {
      names('WIRE.test');
      await rejects(client.connectApi(), 'server-unreachable');
      await client.disconnect();
      client = await begin({trustedHosts: '10.0.0.5, 127.0.0.1'});
      names('127.0.0.1');
      await rejects(client.connectApi(), 'server-unreachable');
    });
  });

  it('keeps a text of another domain’s user apart from that of the own one', async () => {
    const text = (sender: string): void =>
      server.wire.tell(
        '1001',
        [
          'MESSAGE sip:1001@wire.test SIP/2.0',
          `Via: SIP/2.0/WS wire.test;branch=z9hG4bK${sender}`,
          `From: <sip:${sender}>;tag=1`,
          'To: <sip:1001@wire.test>',
          `Call-ID: ${sender}`,
          'CSeq: 1 MESSAGE',
          'Content-Type: text/plain',
          'Content-Length: 2\r\n\r\nhi',
        ].join('\r\n'),
      );
    text('777@evil.test');
    text('777@wire.test');
    await until(() => received.length === 2);
    expect(received).to.have.members(['777@evil.test', '777']);
    await until(() => client.messages.state.conversations.length === 2);
    expect(client.messages.state.conversations.map(({number}) => number)).to.have.members([
      '777@evil.test',
      '777',
    ]);
    // An answer goes where the text came from.
    await client.messages.send('777@evil.test', 'hello').catch(() => {});
    await until(() => server.wire.messages.some((sent) => sent.startsWith('MESSAGE sip:777@evil.test')));
  });

  it('shows the camera to users of its own domain without asking, and to no caller of another', async () => {
    await client.disconnect();
    client = await begin({allowMonitoring: true});
    const offer = await description(undefined, 'video');
    const calls: SipCall[] = [];
    client.addEventListener('sip-call-received', ({detail}) => calls.push(detail.call));
    const watches = (From: string, cid: string): Stranger =>
      new Stranger(server.wire, {user: '1001', headers: {From: `${From};tag=TAG`, ids: `${cid}.14`}, offer});
    for (const [From, cid] of [
      ['<sip:777@evil.test>', 'one'],
      ['<sip:anonymous@anonymous.invalid>', 'two'],
    ] as const) {
      watches(From, cid);
      const before = calls.length;
      await until(() => calls.length > before);
    }
    const own = watches('<sip:777@wire.test>', 'three');
    await until(() => own.status === 200);
    expect(calls.map(({state}) => state.phase)).to.deep.equal(['ringing', 'ringing', 'answered']);
    await Promise.all(calls.map((call) => call.hangup()));
  });

  describe('of a caller who writes what kind of call it is', () => {
    let offer: string;
    let ringing: readonly SipCall[];
    before(async () => void (offer = await description()));

    const rings = (From: string, ids: string, more: Readonly<Record<string, string>> = {}): Stranger =>
      new Stranger(server.wire, {
        user: '1001',
        headers: {From: `<sip:${From}>;tag=TAG`, ...(ids && {ids}), ...more},
        offer,
      });
    const begins = async (options?: Parameters<typeof begin>[0]): Promise<void> => {
      await client.disconnect();
      client = await begin(options);
    };
    afterEach(async () => {
      await Promise.all(client.state.calls.map((call) => call.hangup()));
    });

    it('that it is urgent, despite “do not disturb”, only if they are of its own domain', async () => {
      client.doNotDisturb = true;
      const strange = rings('x@evil.test', 'a.16');
      await until(() => strange.status > 0);
      expect(strange.status).to.equal(480);
      rings('1002@wire.test', 'b.16');
      await until(() => client.state.calls.length === 1);
    });

    for (const type of [16, 9])
      it(`that it takes no line, as type ${type} does, only as often as calls that take one`, async () => {
        const strangers = Array.from({length: 12}, (_, index) => rings('x@evil.test', `c${index}.${type}`));
        await until(() => strangers.filter(({status}) => status === 486).length === 4);
        ringing = client.state.calls;
        expect(ringing).to.have.length(8);
      });

    it('that it is urgent, only if they are of its own domain: of another one it is an ordinary call', async () => {
      rings('x@evil.test', 'd.16');
      rings('1002@wire.test', 'e.16');
      await until(() => client.state.calls.length === 2);
      const kinds = client.state.calls.map(({remote, type}) => `${remote.number} ${type}`);
      expect(kinds).to.have.members(['x@evil.test single', '1002 sos']);
    });

    const refused = (callers: readonly Stranger[]): number =>
      callers.filter(({status}) => status === 486).length;

    for (const type of [11, 16])
      it(`that it is urgent, as type ${type} is, five times at once; other urgent calls ring when all lines are full`, async () => {
        const lines = Array.from({length: 8}, (_, index) => rings('1002@wire.test', `l${index}.12`));
        const callers = Array.from({length: 9}, (_, index) => rings('1003@wire.test', `u${index}.${type}`));
        await until(() => refused(callers) === 4);
        const other = rings('1004@wire.test', `v.${type}`);
        await until(() => client.state.calls.some(({remote}) => remote.number === '1004'));
        expect([other.status, refused(lines), client.state.calls.length]).to.deep.equal([0, 0, 14]);
      });

    it('that it is urgent, as long as fewer than twenty urgent calls wait', async () => {
      const callers = Array.from({length: 24}, (_, index) =>
        rings(`${2000 + index}@wire.test`, `w${index}.16`),
      );
      await until(() => refused(callers) === 4);
      expect(client.state.calls).to.have.length(20);
      rings('1002@wire.test', 'm.14');
      await until(() => client.state.calls.length === 21);
    });

    for (const type of [8, 9, 14, 17])
      it(`that it takes no line, as type ${type} does, twenty times at once`, async () => {
        const callers = Array.from({length: 24}, (_, index) => rings('1003@wire.test', `n${index}.${type}`));
        await until(() => refused(callers) === 4);
        expect(client.state.calls).to.have.length(20);
        rings('1004@wire.test', 'o.16');
        await until(() => client.state.calls.length === 21);
      });

    it('from another domain: while it only rings, it takes no line from the user and their colleagues', async () => {
      const strangers = Array.from({length: 12}, (_, index) => rings(`s${index}@evil.test`, ''));
      await until(() => refused(strangers) === 4);
      const colleagues = Array.from({length: 9}, (_, index) => rings('1003@wire.test', `p${index}.12`));
      await until(() => refused(colleagues) === 1);
      expect(client.state.calls).to.have.length(16);
      await client.state.calls.at(-1)!.hangup();
      server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'own'});
      expect((await client.call('1002')).direction).to.equal('outgoing');
      await rejects(client.call('1002'), 'too-many-calls');
    });

    it('of which session it is, only if no other call has that id', async () => {
      await begins({sharedWorker: '/none.js'});
      rings('x@evil.test', 'same.1');
      await until(() => client.state.calls.length === 1);
      rings('x@evil.test', '', {'Call-ID': 'same'});
      await until(() => client.state.calls.length === 2);
      expect(new Set(client.state.calls.map(({id}) => id)).size).to.equal(2);
    });

    describe('for a session of the server', () => {
      const conference = {
        kind: 'conference',
        members: ['1002'],
        number: '8001',
        name: '',
        media: 'audio',
      } as const;
      /** Whether a caller hears that the call has arrived. */
      const hasArrived = (): boolean => server.wire.messages.some((text) => text.startsWith('SIP/2.0 180'));
      const replies = (): void => {
        server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'conf'});
      };

      /** Shows that the session is the server's, and the stranger's call one that rings. */
      async function isOfServer(call: SipCall | undefined, strange: Stranger): Promise<void> {
        const leg = await server.invite('conf.5');
        await reaches(leg, 'confirmed');
        expect(call).to.include({id: 'conf', type: 'conference'});
        const [other] = client.state.calls.filter((one) => one !== call);
        expect(other).to.deep.include({type: 'single', remote: {number: 'x@evil.test', name: ''}});
        expect([other?.state.phase, strange.status]).to.deep.equal(['ringing', 0]);
      }

      it('that the user requests later', async () => {
        const strange = rings('x@evil.test', 'conf.5');
        await until(() => client.state.calls.length === 1);
        replies();
        await isOfServer(await client.createSession(conference), strange);
      });

      it('that the user requests later, by the Call-ID, which is the id of an ordinary call', async () => {
        await begins({sharedWorker: '/none.js'});
        const strange = rings('x@evil.test', '', {'Call-ID': 'conf'});
        await until(() => client.state.calls.length === 1);
        replies();
        await isOfServer(await client.createSession(conference), strange);
      });

      it('that calls no number, by a user part without a name', async () => {
        let reply = (): void => {};
        server.reactions[API_HEADER.createCall] = (request) => {
          reply = () => server.reply(request, 0, {cid: 'conf'});
        };
        const created = client.createSession({...conference, number: ''});
        await server.asked(API_HEADER.createCall);
        rings('%40x@evil.test', 'sos.16');
        await until(() => client.state.calls.length === 1);
        expect(client.state.calls[0]).to.include({type: 'single'});
        reply();
        await reaches(await server.invite('conf.5'), 'confirmed');
        await created;
      });

      it('that the user is requesting', async () => {
        let strange!: Stranger;
        server.reactions[API_HEADER.createCall] = async (request) => {
          strange = rings('x@evil.test', 'conf.5');
          await until(hasArrived);
          server.reply(request, 0, {cid: 'conf'});
        };
        const call = await client.createSession(conference);
        await until(() => client.state.calls.length === 2);
        await isOfServer(call, strange);
      });

      it('that waits for the server’s INVITE', async () => {
        replies();
        const call = await client.createSession(conference);
        const strange = rings('x@evil.test', 'conf.5');
        await until(() => client.state.calls.length === 2);
        await isOfServer(call, strange);
      });

      it('only if the user calls them: then it ends with a request that has no reply', async () => {
        server.reactions[API_HEADER.createCall] = () => {};
        const request = client.call('x@evil.test').catch(() => {});
        await server.asked(API_HEADER.createCall);
        const called = rings('x@evil.test', 'own.12');
        await until(() => client.state.calls.length === 1);
        await request;
        await until(() => called.status > 0);
        expect(client.state.calls).to.have.length(0);
        expect((await server.asked(API_HEADER.forceEnd)).body).to.deep.include({cid: 'own'});
      });
    });
  });
});
