import {expect} from '@open-wc/testing';
import {WebSocketTransport} from '../../../src/sip/transport/web-socket-transport.js';
import {FarEnd} from '../../support/in-page/far-end.js';
import {rejects} from '../../support/in-page/rejections.js';

describe('WebSocketTransport', () => {
  let far: FarEnd;

  beforeEach(async () => {
    far = await FarEnd.listen();
  });

  afterEach(() => far.close());

  it('carries texts both ways, from binary frames too', async () => {
    const transport = new WebSocketTransport(far.url, 5_000);
    const heard: string[] = [];
    const states: string[] = [];
    transport.onstatechange = (state) => states.push(state);
    await transport.connect();
    let resolve!: () => void;
    const two = new Promise<void>((done) => (resolve = done));
    transport.onmessage = (text) => {
      if (heard.push(text) === 2) resolve();
    };
    await transport.send('OPTIONS sip:x SIP/2.0');
    await far.knows(() => far.heard.includes('OPTIONS sip:x SIP/2.0'));
    far.tell({type: 'message', text: 'SIP/2.0 200 好', binary: false});
    far.tell({type: 'message', text: '\r\n', binary: true});
    await two;
    expect(heard).to.deep.equal(['SIP/2.0 200 好', '\r\n']);
    await transport.disconnect();
    await transport.disconnect();
    await far.knows(() => far.heard.includes('close'));
    expect(states).to.deep.equal(['connecting', 'open', 'closed']);
    await rejects(transport.send('x'), 'connection-lost');
  });

  it('asks for the subprotocol of SIP', async () => {
    const Original = WebSocket;
    let asked: unknown;
    window.WebSocket = class extends Original {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        asked = protocols;
      }
    };
    const transport = new WebSocketTransport(far.url, 5_000);
    await transport.connect().finally(() => (window.WebSocket = Original));
    expect(asked).to.equal('sip');
    await transport.disconnect();
  });

  it('tells that the other end closed', async () => {
    const transport = new WebSocketTransport(far.url, 5_000);
    await transport.connect();
    const closed = new Promise((resolve) => (transport.onstatechange = resolve));
    far.tell({type: 'close'});
    expect(await closed).to.equal('closed');
  });

  it('rejects where nobody listens', async () => {
    const nobody = far.url.replace('socket-relay', 'nothing-here');
    const transport = new WebSocketTransport(nobody, 5_000);
    await rejects(transport.connect(), 'server-unreachable');
    expect(transport.state).to.equal('closed');
  });

  it('takes a TLS connection that does not open for a refused certificate, and names the page to open', async () => {
    const url = far.url.replace('ws:', 'wss:');
    const error: unknown = await new WebSocketTransport(url, 5_000)
      .connect()
      .catch((reason: unknown) => reason);
    expect(error).to.include({code: 'certificate-refused', subject: url.replace('wss:', 'https:')});
  });

  it('gives up an opening that takes too long', async () => {
    const transport = new WebSocketTransport(far.url, 0);
    await rejects(transport.connect(), 'server-unreachable');
  });

  it('can be given up while it opens', async () => {
    const transport = new WebSocketTransport(far.url, 5_000);
    const connecting = rejects(transport.connect(), 'aborted');
    await transport.disconnect();
    await connecting;
    expect(transport.state).to.equal('closed');
  });
});
