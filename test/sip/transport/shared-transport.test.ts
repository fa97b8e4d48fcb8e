import {expect} from '@open-wc/testing';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {SHARING_VERSION, type ToWorker} from '../../../src/sip/sharing/port-messages.js';
import {SharedTransport} from '../../../src/sip/transport/shared-transport.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {Wire} from '../../support/wire/wire.js';

/** The address of a worker that answers the request to take part with the code. */
const workerOf = (answer: string): string =>
  URL.createObjectURL(
    new Blob([`onconnect = ({ports: [port]}) => { port.onmessage = ({data}) => { ${answer}; }; };`], {
      type: 'text/javascript',
    }),
  );

/** Holds a lock as another tab or a worker does. Resolves with what releases it. */
const heldLock = (name: string, options: LockOptions = {}): Promise<() => void> =>
  new Promise((resolve) => {
    const hold = (): Promise<void> => new Promise((release) => resolve(release));
    void navigator.locks.request(name, options, hold).catch(() => {});
  });

describe('SharedTransport', () => {
  let reasons: (string | undefined)[];
  const made: SharedTransport[] = [];

  async function connected(worker: string, phone = randomUuid()): Promise<SharedTransport> {
    const wire = new Wire({});
    const transport = new SharedTransport('ws://server.test', {
      worker,
      phone,
      servers: ['ws://server.test'],
      hosts: [],
      timeout: 1_000,
      alone: () => wire.createTransport('ws://server.test'),
      onResult: (reason) => reasons.push(reason),
    });
    made.push(transport);
    await transport.connect();
    return transport;
  }

  beforeEach(() => {
    reasons = [];
    // A worker may take long to answer on a busy machine.
    shorten({workerAnswer: 20_000});
  });
  afterEach(() => Promise.all(made.splice(0).map((transport) => transport.disconnect())));

  it('leaves the page a socket of its own if a cache has the worker of another version', async () => {
    const worker = workerOf(`port.postMessage({joined: ${SHARING_VERSION - 1}})`);
    const transport = await connected(worker);
    expect(transport.shared).to.equal(undefined);
    expect(transport.state).to.equal('open');
    expect(reasons).to.deep.equal([`${worker} is of another version`]);
  });

  it('leaves the page a socket of its own if the worker does not answer', async () => {
    shorten({workerAnswer: 50});
    const worker = workerOf('');
    const transport = await connected(worker);
    expect(transport.shared).to.equal(undefined);
    expect(reasons).to.deep.equal([`${worker} does not answer`]);
  });

  it('reports to the worker when the page has become the front tab, also because another one has left', async () => {
    const id = randomUuid();
    const channel = new BroadcastChannel(id);
    const got: ToWorker[] = [];
    channel.onmessage = ({data}: MessageEvent<ToWorker>) => got.push(data);
    const open = {url: 'ws://server.test', worker: id, instance: randomUuid(), user: 'u'};
    const answer = `new BroadcastChannel('${id}').postMessage(data);
      if (data.join) for (const message of ${JSON.stringify([{joined: SHARING_VERSION}, {open}])}) port.postMessage(message)`;
    const phone = randomUuid();
    const endWorker = await heldLock(`sip-elements:worker:${id}`);
    await connected(workerOf(answer), phone);
    const fronts = (): number => got.filter((message) => 'front' in message).length;
    await until(() => fronts() === 1);
    const leaveOther = await heldLock(`sip-elements:front:all:${phone}`, {steal: true});
    leaveOther();
    await until(() => fronts() === 2);
    endWorker();
    channel.close();
  });

  it('believes no worker that uses a server of another account', async () => {
    const id = randomUuid();
    const end = await heldLock(`sip-elements:worker:${id}`);
    const open = {url: 'ws://evil.test', worker: id, instance: randomUuid(), user: 'u'};
    const answers = (...messages: readonly object[]): string =>
      [{joined: SHARING_VERSION}, ...messages]
        .map((message) => `port.postMessage(${JSON.stringify(message)})`)
        .join(';');
    const worker = workerOf(answers({open}));
    expect((await connected(worker)).shared).to.equal(undefined);
    expect(reasons).to.deep.equal([`${worker} uses another server`]);
    const moved = await connected(
      workerOf(answers({open: {...open, url: 'ws://server.test'}}, {moved: 'ws://evil.test'})),
    );
    await until(() => moved.state === 'closed');
    end();
  });

  it('is closed once the browser has released the lock of the worker that it shares', async () => {
    const id = randomUuid();
    const end = await heldLock(`sip-elements:worker:${id}`);
    const open = {url: 'ws://server.test', worker: id, instance: randomUuid(), user: 'u'};
    const transport = await connected(
      workerOf(`port.postMessage({joined: ${SHARING_VERSION}}); port.postMessage(${JSON.stringify({open})})`),
    );
    expect(transport.shared).to.equal('ws://server.test');
    end();
    await until(() => transport.state === 'closed');
  });
});
