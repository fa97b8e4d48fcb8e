import {expect} from '@open-wc/testing';
import {SipError} from '../../src/errors.js';
import {pause, unlessAborted, within} from '../../src/within.js';

/** Longer than a test may take. */
const LONG = 60_000;

const aborted = (): SipError => new SipError('aborted');

async function failureOf(task: Promise<unknown>): Promise<unknown> {
  return task.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('within', () => {
  const never = new Promise<number>(() => {});

  it('settles as its task, whether or not there is an error for one that takes longer', async () => {
    const failure = new SipError('timeout');
    for (const error of [undefined, aborted]) {
      expect(await within(Promise.resolve(undefined), LONG, error!)).to.equal(undefined);
      expect(await failureOf(within(Promise.reject(failure), LONG, error!))).to.equal(failure);
    }
  });

  it('resolves with undefined if its task takes longer, or rejects with the error', async () => {
    expect(await within(never, 1)).to.equal(undefined);
    expect(await failureOf(within(never, 1, aborted))).to.have.property('code', 'aborted');
  });
});

describe('unlessAborted', () => {
  it('settles as its task', async () => {
    const failure = new SipError('timeout');
    const {signal} = new AbortController();
    expect(await unlessAborted(Promise.resolve(1), [signal, undefined], aborted)).to.equal(1);
    expect(await failureOf(unlessAborted(Promise.reject(failure), [signal], aborted))).to.equal(failure);
  });

  it('rejects once any of its signals is aborted', async () => {
    const ending = new AbortController();
    const waiting = unlessAborted(new Promise(() => {}), [undefined, ending.signal], aborted);
    ending.abort();
    expect(await failureOf(waiting)).to.have.property('code', 'aborted');
  });

  it('rejects at once if a signal was aborted before, whatever its task does', async () => {
    const task = Promise.resolve(1);
    expect(await failureOf(unlessAborted(task, [AbortSignal.abort()], aborted))).to.have.property(
      'code',
      'aborted',
    );
  });
});

describe('pause', () => {
  it('lasts as long as it was asked to', async () => {
    const begun = performance.now();
    await pause(50, new AbortController().signal);
    expect(performance.now() - begun).to.be.at.least(49);
  });

  it('ends once its signal is aborted, and does not begin afterwards', async () => {
    const ending = new AbortController();
    const waiting = pause(LONG, ending.signal);
    ending.abort();
    await waiting;
    await pause(LONG, ending.signal);
  });
});
