import {expect} from '@open-wc/testing';
import {LitElement} from 'lit';
import {ClockController, formatDuration} from '../../src/controllers/clock-controller.js';
import {until} from '../support/in-page/facts.js';

class ClockElement extends LitElement {
  since: number | undefined = performance.now();
  updates = 0;
  readonly clock = new ClockController(this, () =>
    this.since === undefined ? undefined : performance.now() - this.since,
  );

  protected override updated(): void {
    this.updates += 1;
  }
}
customElements.define('test-clock', ClockElement);

describe('formatDuration', () => {
  for (const [seconds, text] of [
    [0, '0:00'],
    [5, '0:05'],
    [727, '12:07'],
    [3599, '59:59'],
    [3723, '1:02:03'],
    [360000, '100:00:00'],
  ] as const) {
    it(`writes ${seconds} s as ${text}`, () => expect(formatDuration(seconds)).to.equal(text));
  }
});

describe('ClockController', () => {
  const timeouts: number[] = [];
  const {setTimeout: original} = window;
  before(() => {
    window.setTimeout = ((...given: Parameters<typeof original>) => {
      if ((given[1] ?? 0) > 100) timeouts.push(given[1]!);
      return original(...given);
    }) as typeof original;
  });
  after(() => void (window.setTimeout = original));

  it('renders its host when another second is full, no sooner and no later', async () => {
    const element = document.body.appendChild(new ClockElement());
    await element.updateComplete;
    const {updates} = element;
    await until(() => element.updates > updates);
    const passed = performance.now() - element.since!;
    expect(passed).to.be.within(1000, 1900);
    expect(element.clock.seconds).to.equal(Math.floor(passed / 1000));
    element.remove();
  });

  it('shares one timer among all hosts', async () => {
    const elements = Array.from({length: 20}, () => document.body.appendChild(new ClockElement()));
    await Promise.all(elements.map((element) => element.updateComplete));
    await until(() => elements.every((element) => element.clock.seconds! >= 1 && element.updates > 1));
    timeouts.length = 0;
    const next = Math.max(...elements.map((element) => element.clock.seconds!)) + 1;
    await until(() => elements.every((element) => element.clock.seconds! >= next));
    await until(() => timeouts.length > 0);
    expect(timeouts.length).to.be.lessThan(20);
    elements.forEach((element) => element.remove());
  });

  it('rests while nothing is counted, or its host is not in the page', async () => {
    const element = document.body.appendChild(new ClockElement());
    await element.updateComplete;
    element.since = undefined;
    element.requestUpdate();
    await element.updateComplete;
    expect(element.clock.seconds).to.equal(undefined);
    timeouts.length = 0;
    const other = document.body.appendChild(new ClockElement());
    await other.updateComplete;
    other.remove();
    const {updates} = other;
    await new Promise((resolve) => original(resolve, 1100));
    expect([other.updates, timeouts.length]).to.deep.equal([updates, 1]);
    element.remove();
  });
});
