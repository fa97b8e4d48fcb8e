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
  /** The timers that were set: when, on the clock of `since`, and for how many milliseconds. */
  const timers: {at: number; delay: number}[] = [];
  const {setTimeout: original} = window;
  const elements: ClockElement[] = [];

  before(() => {
    window.setTimeout = ((...given: Parameters<typeof original>) => {
      if ((given[1] ?? 0) >= 100) timers.push({at: performance.now(), delay: given[1]!});
      return original(...given);
    }) as typeof original;
  });
  after(() => void (window.setTimeout = original));
  beforeEach(() => void (timers.length = 0));
  afterEach(() => elements.splice(0).forEach((element) => element.remove()));

  async function clockElement(): Promise<ClockElement> {
    const element = document.body.appendChild(new ClockElement());
    elements.push(element);
    await element.updateComplete;
    return element;
  }

  it('renders its host when another second is full, no sooner and no later', async () => {
    const element = await clockElement();
    const {updates} = element;
    const [{at, delay} = {at: NaN, delay: NaN}] = timers;
    expect(at + delay - element.since!).to.be.closeTo(1000, 50);
    await until(() => element.updates > updates);
    const passed = performance.now() - element.since!;
    expect(passed).to.be.at.least(1000);
    expect(element.clock.seconds).to.equal(Math.floor(passed / 1000));
  });

  it('shares one timer among all hosts', async () => {
    await Promise.all(Array.from({length: 20}, clockElement));
    await until(() => elements.every((element) => element.clock.seconds! >= 1 && element.updates > 1));
    timers.length = 0;
    const next = Math.max(...elements.map((element) => element.clock.seconds!)) + 1;
    await until(() => elements.every((element) => element.clock.seconds! >= next));
    await until(() => timers.length > 0);
    expect(timers.length).to.be.lessThan(20);
  });

  it('rests while nothing is counted, or its host is not in the page', async () => {
    const element = await clockElement();
    element.since = undefined;
    element.requestUpdate();
    await element.updateComplete;
    expect(element.clock.seconds).to.equal(undefined);
    timers.length = 0;
    const other = await clockElement();
    other.remove();
    const {updates} = other;
    await new Promise((resolve) => original(resolve, 1100));
    expect([other.updates, timers.length]).to.deep.equal([updates, 1]);
  });
});
