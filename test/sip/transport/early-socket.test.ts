import {expect} from '@open-wc/testing';
import {SipClient} from '../../../src/client.js';
import {EarlySocket} from '../../../src/core/client/early-socket.js';
import {WebSocketTransport} from '../../../src/sip/transport/web-socket-transport.js';
import {FarEnd} from '../../support/in-page/far-end.js';
import {rejects} from '../../support/in-page/rejections.js';

describe('the socket of a client', () => {
  let far: FarEnd;

  beforeEach(async () => {
    far = await FarEnd.listen();
  });

  afterEach(() => far.close());

  /** Runs a task; returns its result, and the sockets that it created. */
  function socketsOf<T>(task: () => T): [T, WebSocket[]] {
    const {WebSocket: original} = window;
    const sockets: WebSocket[] = [];
    window.WebSocket = class extends original {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    };
    try {
      return [task(), sockets];
    } finally {
      window.WebSocket = original;
    }
  }

  for (const profile of ['standard', 'dispatch'] as const) {
    it(`opens within the task of connect() and carries the first request: ${profile}`, async () => {
      const client = new SipClient({server: far.url, user: '1001', password: '1234', profile});
      const [connected, sockets] = socketsOf(() => client.connect());
      expect(sockets).to.have.length(1);
      await connected;
      void client.register().catch(() => {});
      await far.knows(() => far.heard.some((text) => text.startsWith('REGISTER ')));
      expect(far.heard.filter((text) => text === 'open')).to.have.length(1);
      await client.disconnect();
    });
  }

  it('closes if the client disconnects before its code is loaded', async () => {
    const client = new SipClient({server: far.url, user: '1001', password: '1234', profile: 'standard'});
    const [connected, [socket]] = socketsOf(() => client.connect());
    const closed = new Promise((resolve) => socket!.addEventListener('close', resolve));
    await Promise.all([client.disconnect(), rejects(connected, 'aborted'), closed]);
    expect(client.state.connection).to.equal('disconnected');
  });

  it('is replaced by another if it failed', async () => {
    const socket = new EarlySocket(far.url.replace('socket-relay', 'no-relay'));
    const transport = new WebSocketTransport(far.url, 5_000, socket.take(far.url));
    await transport.connect();
    await far.knows(() => far.heard.includes('open'));
    await transport.disconnect();
    socket.close();
  });

  it('may be open already when it is used', async () => {
    const socket = new EarlySocket(far.url);
    await far.knows(() => far.heard.includes('open'));
    const transport = new WebSocketTransport(far.url, 5_000, socket.take(far.url));
    await transport.connect();
    await transport.send('hello');
    await far.knows(() => far.heard.includes('hello'));
    expect(socket.take(far.url)).to.equal(undefined);
    await transport.disconnect();
  });
});
