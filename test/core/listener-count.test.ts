import {expect} from '@open-wc/testing';
import {ListenerCount} from '../../src/core/listener-count.js';

describe('ListenerCount', () => {
  let told: boolean[];
  let count: ListenerCount;
  const listener = (): void => {};

  beforeEach(() => {
    told = [];
    count = new ListenerCount((listened) => told.push(listened));
  });

  it('tells when the first comes and when the last has gone', () => {
    const other = {handleEvent: listener};
    count.add(listener, undefined);
    count.add(other, false);
    count.remove(listener, undefined);
    expect(told).to.deep.equal([true]);
    count.remove(other, {});
    expect(told).to.deep.equal([true, false]);
  });

  it('counts one that is added again once, as the browser does', () => {
    count.add(listener, undefined);
    count.add(listener, false);
    count.add(listener, {});
    count.remove(listener, undefined);
    count.remove(listener, undefined);
    expect(told).to.deep.equal([true, false]);
  });

  it('tells one that captures from one that does not', () => {
    count.add(listener, true);
    count.add(listener, {capture: false});
    count.remove(listener, {capture: true});
    expect(told).to.deep.equal([true]);
    count.remove(listener, false);
    expect(told).to.deep.equal([true, false]);
  });

  it('lets go of one whose signal is aborted, or that listened for one time alone', () => {
    const ending = new AbortController();
    count.add(listener, {signal: ending.signal});
    ending.abort();
    count.add(listener, {signal: ending.signal});
    count.add(listener, {once: true});
    count.dispatch(() => {});
    count.dispatch(() => {});
    expect(told).to.deep.equal([true, false, true, false]);
  });

  it('keeps one that comes back while it is told, or that came again for good', () => {
    count.add(listener, {once: true});
    count.dispatch(() => count.add(listener, {once: true}));
    expect(told).to.deep.equal([true]);
    count.remove(listener, undefined);
    count.add(listener, undefined);
    count.dispatch(() => {});
    expect(told).to.deep.equal([true, false, true]);
  });

  it('takes nothing for nobody', () => {
    count.add(null, undefined);
    count.remove(null, undefined);
    count.remove(listener, undefined);
    expect(told).to.deep.equal([]);
  });
});
