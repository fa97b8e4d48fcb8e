import {expect} from '@open-wc/testing';
import {TaskQueue} from '../../src/task-queue.js';

describe('TaskQueue', () => {
  it('runs each task after the one before it, also if that fails', async () => {
    const queue = new TaskQueue();
    const steps: string[] = [];
    const failure = new Error('first');
    let fail!: (error: Error) => void;
    const first = queue.run(() => {
      steps.push('first begins');
      return new Promise<void>((_, reject) => (fail = reject));
    });
    const second = queue.run(async () => {
      steps.push('second begins');
      return 2;
    });
    await Promise.resolve();
    await Promise.resolve();
    expect(steps).to.deep.equal(['first begins']);
    fail(failure);
    expect(await first.catch((error: unknown) => error)).to.equal(failure);
    expect(await second).to.equal(2);
    expect(steps).to.deep.equal(['first begins', 'second begins']);
  });

  it('is idle once the tasks given until now have ended, and rejects with none of them', async () => {
    const queue = new TaskQueue();
    let ended = false;
    queue.run(async () => Promise.reject(new Error('first'))).catch(() => {});
    void queue.run(async () => {
      ended = true;
    });
    await queue.idle;
    expect(ended).to.equal(true);
  });
});
