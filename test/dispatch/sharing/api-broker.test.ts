import {expect} from '@open-wc/testing';
import {ApiBroker, type Phone} from '../../../src/dispatch/sharing/api-broker.js';
import {ApiRoutes} from '../../../src/dispatch/sharing/api-routes.js';
import type {WorkerSocket} from '../../../src/sip/sharing/worker-socket.js';
import {lockName, type ToApiPage, type ToApiWorker} from '../../../src/sip/sharing/port-messages.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {until} from '../../support/in-page/facts.js';

/** The server's end of the sockets. */
class Server {
  readonly got: any[] = [];
  readonly sockets: WorkerSocket[] = [];
  closed = 0;

  readonly open = (): WorkerSocket => {
    const socket = {
      binaryType: 'blob',
      send: (text: string) => void this.got.push(JSON.parse(text)),
      close: () => void (this.closed += 1),
    } as Partial<WorkerSocket> as WorkerSocket;
    this.sockets.push(socket);
    queueMicrotask(() => socket.onopen?.call(socket as WebSocket, new Event('open')));
    return socket;
  };

  send(message: object): void {
    const socket = this.sockets.at(-1)!;
    const data = new TextEncoder().encode(JSON.stringify(message)).buffer;
    socket.onmessage?.call(socket as WebSocket, new MessageEvent('message', {data}));
  }

  /** Answers the request at the index, once it is there. */
  async answer(index: number, code: number, body: object = {}): Promise<void> {
    await until(() => this.got.length > index);
    const {msgid, header} = this.got[index];
    this.send({msgid, header: `${header}.CB`, code, body: [body]});
  }

  lose(): void {
    const socket = this.sockets.at(-1)!;
    socket.onclose!.call(socket as WebSocket, new CloseEvent('close'));
  }
}

/** A page's end of its port. */
class Tab {
  readonly got: any[] = [];
  readonly told: ToApiPage[] = [];
  readonly instance: string;
  readonly #id = randomUuid();
  readonly #port: MessagePort;
  #close = (): void => {};

  constructor(broker: ApiBroker, instance: string) {
    const {port1, port2} = new MessageChannel();
    this.instance = instance;
    this.#port = port1;
    port1.onmessage = ({data}: MessageEvent<ToApiPage>) => {
      this.told.push(data);
      if ('received' in data) this.got.push(JSON.parse(data.received));
    };
    void navigator.locks.request(lockName('page', this.#id), async () => {
      broker.add(port2, {id: this.#id, url: 'ws://api.test', instance});
      await new Promise<void>((resolve) => (this.#close = resolve));
    });
  }

  post(message: ToApiWorker): void {
    this.#port.postMessage(message);
  }

  ask(header: string, body: object = {}, msgid = randomUuid()): void {
    this.post({send: JSON.stringify({msgid, header, body})});
  }

  async opened(): Promise<this> {
    await until(() => this.told.some((message) => 'open' in message));
    return this;
  }

  /** Resolves with the codes of the replies once there are as many. */
  async codes(count: number): Promise<readonly number[]> {
    await until(() => this.got.length >= count);
    return this.got.map(({code}) => code);
  }

  async crash(): Promise<void> {
    this.#close();
    await navigator.locks.request(lockName('page', this.#id), () => {});
  }
}

describe('ApiBroker', () => {
  let server: Server;
  let broker: ApiBroker;
  let tabs: Tab[];
  let registered: Set<string>;
  /** What came to pages over SIP. */
  let messages: string[];

  const tab = async (): Promise<Tab> => {
    const made = new Tab(broker, `tab${tabs.length}`);
    tabs.push(made);
    registered.add(made.instance);
    return made.opened();
  };

  beforeEach(() => {
    server = new Server();
    tabs = [];
    registered = new Set();
    messages = [];
    const phone: Phone = {
      identity: {worker: 'worker', instance: 'phone'},
      pages: {
        get registered() {
          return [...registered].map((instance) => ({
            instance,
            receiveMessage: (user: string, _type: string, body: string) =>
              void messages.push(`${instance} ${user} ${JSON.parse(body).header}`),
          }));
        },
      },
    };
    broker = new ApiBroker(server.open, phone, new ApiRoutes());
  });
  afterEach(() => Promise.all(tabs.map((each) => each.crash())));

  it('has one socket, brings replies to the page that has asked, and events to all', async () => {
    const [one, other] = [await tab(), await tab()];
    expect(server.sockets).to.have.length(1);
    other.ask('data.get.allgroup');
    await server.answer(0, 0);
    server.send({header: 'Session.State.Change', body: [{cid: 'c'}]});
    await until(() => one.got.length === 1 && other.got.length === 2);
    expect(one.got[0].header).to.equal('Session.State.Change');
    expect(other.got[0].header).to.equal('data.get.allgroup.CB');
  });

  it('brings the events of a session to the page that has asked for it, and others over SIP as well', async () => {
    const [one, other] = [await tab(), await tab()];
    registered.add('sip only');
    one.ask('session.createcall');
    await server.answer(0, 0, {cid: 'c1'});
    server.send({header: 'Session.State.Change', body: [{cid: 'c1', state: '5'}]});
    server.send({header: 'Session.State.Change', body: [{cid: 'c2', state: '5'}]});
    await until(() => one.got.length === 3 && other.got.length === 1);
    expect(other.got[0].body[0].cid).to.equal('c2');
    expect(messages).to.deep.equal(['sip only api Session.State.Change']);
    // All get them when that page is gone.
    await one.crash();
    registered.delete(one.instance);
    server.send({header: 'Session.State.Change', body: [{cid: 'c1', state: '6'}]});
    await until(() => other.got.length === 2);
    expect(messages).to.have.length(2);
  });

  it('passes on nothing of a page that the server has not registered, if others are', async () => {
    const [one, stranger] = [await tab(), await tab()];
    registered.delete(stranger.instance);
    one.ask('reg.ws.login', {username: 'me', password: ''});
    await server.answer(0, 0);
    await one.codes(1);
    for (const header of ['operate.forceend.call', 'reg.ws.logout']) stranger.ask(header);
    stranger.ask('reg.ws.login', {username: 'me', password: 'wrong'});
    await server.answer(1, 1005);
    stranger.ask('session.createcall');
    expect(await stranger.codes(4)).to.deep.equal([1002, 1002, 1005, 1002]);
    expect(server.got).to.have.length(2);
    stranger.ask('reg.ws.login', {username: 'me', password: 'right'});
    await server.answer(2, 0);
    await stranger.codes(5);
    stranger.ask('data.get.allgroup');
    await until(() => server.got.length === 4);
  });

  it('passes on nothing of a page that the server has not registered, before anyone has logged in', async () => {
    const [one, stranger] = [await tab(), await tab()];
    registered.delete(stranger.instance);
    one.ask('reg.ws.login', {username: 'me', password: ''});
    await until(() => server.got.length === 1);
    stranger.ask('operate.forceend.call');
    expect(await stranger.codes(1)).to.deep.equal([1002]);
    expect(server.got).to.have.length(1);
  });

  it('brings the events of a server that only such a page has joined to nobody over SIP', async () => {
    const stranger = await tab();
    registered.delete(stranger.instance);
    registered.add('sip only');
    server.send({header: 'Session.State.Change', body: [{cid: 'c1', state: '5'}]});
    stranger.ask('data.get.allgroup');
    // It was sent after the event would have been.
    await stranger.codes(1);
    expect(messages).to.deep.equal([]);
  });

  it('brings no event to such a page, and leaves it no login once the others have logged out', async () => {
    const [one, stranger] = [await tab(), await tab()];
    registered.delete(stranger.instance);
    one.ask('reg.ws.login', {username: 'me', password: ''});
    await server.answer(0, 0);
    server.send({header: 'GIS.Position.Change', body: [{number: '1'}]});
    await one.codes(2);
    stranger.ask('data.get.allgroup');
    // It was sent after the event would have been.
    expect(await stranger.codes(1)).to.deep.equal([1002]);
    one.ask('reg.ws.logout');
    await until(() => server.got.length === 2);
    expect(server.got[1].header).to.equal('reg.ws.logout');
  });

  it('logs in once, in the name of the phone, however many pages ask at the same time', async () => {
    const [one, other] = [await tab(), await tab()];
    for (const page of [one, other])
      page.ask('reg.ws.login', {username: 'me', password: '', instance: page.instance});
    await server.answer(0, 1014, {checkuuid: 'x'});
    expect(server.got[0].body.instance).to.equal('phone');
    await one.codes(1);
    one.ask('reg.ws.login', {username: 'me', password: 'hash', instance: one.instance});
    await server.answer(1, 0, {once: '1'});
    expect(await other.codes(1)).to.deep.equal([0]);
    expect(other.got[0].body).to.deep.equal([{once: '1'}]);
    expect(server.got).to.have.length(2);
  });

  it('lets the next page log in if one is refused, leaves, or loses the login', async () => {
    const [one, other, third] = [await tab(), await tab(), await tab()];
    for (const page of [one, other, third]) page.ask('reg.ws.login', {username: 'me', password: ''});
    await server.answer(0, 1005);
    await until(() => server.got.length === 2);
    await other.crash();
    await server.answer(2, 0);
    expect(await third.codes(1)).to.deep.equal([0]);
    one.ask('data.get.allgroup');
    await server.answer(3, 1002);
    one.ask('reg.ws.login', {username: 'me', password: ''});
    await server.answer(4, 0);
    expect(await one.codes(3)).to.deep.equal([1005, 1002, 0]);
  });

  it('forgets the login of a page that leaves while it waits, and its replies', async () => {
    const [one, other, third] = [await tab(), await tab(), await tab()];
    for (const page of [one, other, third]) page.ask('reg.ws.login', {username: 'me', password: ''});
    await until(() => server.got.length === 1);
    other.post({leave: 'done'});
    await server.answer(0, 0);
    for (const page of [one, third]) expect(await page.codes(1)).to.deep.equal([0]);
    one.ask('data.get.allgroup');
    await until(() => server.got.length === 2);
    await one.crash();
    await server.answer(1, 0);
    third.ask('data.get.allgroup');
    await server.answer(2, 0);
    expect(await third.codes(2)).to.have.length(2);
  });

  it('has the server check the password of a page that it has not registered', async () => {
    const [one, stranger] = [await tab(), await tab()];
    one.ask('reg.ws.login', {username: 'me', password: ''});
    await server.answer(0, 0);
    await one.codes(1);
    registered.delete(stranger.instance);
    stranger.ask('reg.ws.login', {username: 'me', password: ''});
    await server.answer(1, 1005);
    expect(await stranger.codes(1)).to.deep.equal([1005]);
  });

  it('logs out with the last page', async () => {
    const [one, other] = [await tab(), await tab()];
    one.ask('reg.ws.logout');
    expect(await one.codes(1)).to.deep.equal([0]);
    one.post({leave: 'done'});
    other.ask('data.get.allgroup');
    other.ask('reg.ws.logout');
    await until(() => server.got.length === 2);
    expect(server.got[1].header).to.equal('reg.ws.logout');
    other.post({leave: 'done'});
    await until(() => server.closed === 1);
  });

  it('tells every page of a lost socket, and opens the next one', async () => {
    const [one, other] = [await tab(), await tab()];
    server.lose();
    for (const {told} of [one, other]) await until(() => told.some((message) => 'closed' in message));
    await tab();
    expect(server.sockets).to.have.length(2);
  });

  it('asks the server whether it is there if a page does not hear it', async () => {
    const [one, other] = [await tab(), await tab()];
    one.post({leave: 'unheard'});
    await server.answer(0, 0);
    expect(server.got[0].header).to.equal('reg.ws.heartbeat');
    other.ask('data.get.allgroup');
    await server.answer(1, 0);
    expect(await other.codes(1)).to.deep.equal([0]);
    expect(server.closed).to.equal(0);
  });
});
