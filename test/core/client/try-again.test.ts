import {expect} from '@open-wc/testing';
import {tryAgain} from '../../../src/core/client/try-again.js';
import {SipError} from '../../../src/errors.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {StagedClient} from '../../support/staged/staged-client.js';

describe('tryAgain', () => {
  let client: StagedClient;
  const busy = (retryAfter: number): SipError =>
    new SipError('registration-refused', {status: 503, cause: {status: 503, retryAfter}});

  beforeEach(() => (client = new StagedClient()));
  afterEach(() => client.disconnect());

  it('waits as long as the server asks for, although the network is back', async () => {
    const begun = Date.now();
    let again = 0;
    client.addEventListener('statechange', () => (again ||= Date.now()));
    const done = tryAgain(client, busy(2), client.ending);
    await until(() => {
      window.dispatchEvent(new Event('online'));
      return client.state.registration === 'registered';
    });
    await done;
    expect(again - begun).to.be.at.least(1_999);
  });

  it('ends with the disconnection of its client', async () => {
    const trying = tryAgain(client, busy(600), client.ending);
    await client.disconnect();
    await rejects(trying, 'aborted');
    await rejects(tryAgain(client, new SipError('connection-lost'), AbortSignal.abort()), 'aborted');
    expect(client.asked).not.to.include('connect');
  });
});
