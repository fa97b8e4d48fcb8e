import {expect} from '@open-wc/testing';
import {Reconnection} from '../../../src/core/util/reconnection.js';
import {SipError} from '../../../src/errors.js';
import {DAY, setClock} from '../../support/in-page/clock.js';
import {rejects} from '../../support/in-page/rejections.js';
import {until} from '../../support/in-page/facts.js';

const LOST = new SipError('connection-lost');
const REFUSED = new SipError('server-unreachable');

/** Options of a reconnection that nothing aborts. */
const options = (signal = new AbortController().signal) => ({failure: LOST, subject: 'test', signal});

describe('a reconnection', () => {
  it('repeats an attempt until it succeeds, with the delays of the policy', async () => {
    const asked: number[] = [];
    const policy = {nextDelay: (attempt: number) => (asked.push(attempt), 0)};
    let left = 2;
    const result = await new Reconnection(policy).run(async () => {
      if (left-- > 0) throw REFUSED;
      return 'connected';
    }, options());
    expect(result).to.equal('connected');
    expect(asked).to.deep.equal([0, 1, 2]);
  });

  it('ends with the last failure when the policy gives up', async () => {
    const policy = {nextDelay: (attempt: number) => (attempt < 1 ? 0 : undefined)};
    const attempt = async (): Promise<never> => Promise.reject(REFUSED);
    await rejects(new Reconnection(policy).run(attempt, options()), 'server-unreachable');
  });

  it('ends with a failure that another attempt would not change', async () => {
    const attempt = async (): Promise<never> => Promise.reject(new SipError('wrong-password'));
    const isFinal = ({code}: SipError): boolean => code === 'wrong-password';
    const running = new Reconnection({nextDelay: () => 0}).run(attempt, {...options(), isFinal});
    await rejects(running, 'wrong-password');
  });

  it('ends at once when it is aborted', async () => {
    const ending = new AbortController();
    const running = new Reconnection({nextDelay: () => 60_000}).run(
      async () => expect.fail('an attempt'),
      options(ending.signal),
    );
    ending.abort();
    await rejects(running, 'aborted');
  });

  it('tries at once, and begins the delays anew, when it is restarted', async () => {
    const asked: number[] = [];
    const policy = {nextDelay: (attempt: number) => (asked.push(attempt), attempt === 2 ? 60_000 : 0)};
    const reconnection = new Reconnection(policy);
    let left = 4;
    const running = reconnection.run(async () => {
      if (left-- > 0) throw REFUSED;
    }, options());
    await until(() => asked.at(-1) === 2);
    reconnection.restart();
    await until(() => asked.length === 5);
    reconnection.hurry();
    await running;
    expect(asked).to.deep.equal([0, 1, 2, 1, 2]);
  });

  it('waits as long as the server asks for', async () => {
    const refused = new SipError('server-unreachable', {cause: {retryAfter: 0.05}});
    const begun = performance.now();
    await new Reconnection({nextDelay: () => 0}).run(async () => {}, {...options(), failure: refused});
    expect(performance.now() - begun).to.be.at.least(49);
  });

  it('waits no longer if the clock is set back meanwhile', async () => {
    const refused = new SipError('server-unreachable', {cause: {retryAfter: 0.05}});
    const running = new Reconnection({nextDelay: () => 0}).run(async () => 'connected', {
      ...options(),
      failure: refused,
    });
    setClock(-DAY);
    expect(await running).to.equal('connected');
  });
});
