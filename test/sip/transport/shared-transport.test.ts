import {expect} from '@open-wc/testing';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {SHARING_VERSION} from '../../../src/sip/sharing/port-messages.js';
import {SharedTransport} from '../../../src/sip/transport/shared-transport.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {Wire} from '../../support/wire/wire.js';

/** The address of a worker that answers the request to take part with the code. */
const workerOf = (answer: string): string =>
  URL.createObjectURL(
    new Blob([`onconnect = ({ports: [port]}) => { port.onmessage = () => { ${answer}; }; };`], {
      type: 'text/javascript',
    }),
  );

describe('SharedTransport', () => {
  let reasons: (string | undefined)[];
  const made: SharedTransport[] = [];

  async function connected(worker: string): Promise<SharedTransport> {
    const wire = new Wire({});
    const transport = new SharedTransport('ws://server.test', {
      worker,
      phone: randomUuid(),
      home: 'ws://server.test',
      hosts: [],
      timeout: 1_000,
      alone: () => wire.createTransport('ws://server.test'),
      onResult: (reason) => reasons.push(reason),
    });
    made.push(transport);
    await transport.connect();
    return transport;
  }

  beforeEach(() => (reasons = []));
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

  it('is closed once the browser has released the lock of the worker that it shares', async () => {
    const id = randomUuid();
    let end = (): void => {};
    await new Promise<void>((held) => {
      void navigator.locks.request(`sip-elements:worker:${id}`, async () => {
        held();
        await new Promise<void>((resolve) => (end = resolve));
      });
    });
    const open = {url: 'ws://server.test', worker: id, instance: randomUuid(), user: 'u'};
    const transport = await connected(
      workerOf(`port.postMessage({joined: ${SHARING_VERSION}}); port.postMessage(${JSON.stringify({open})})`),
    );
    expect(transport.shared).to.equal('ws://server.test');
    end();
    await until(() => transport.state === 'closed');
  });
});
