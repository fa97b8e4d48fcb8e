import {expect} from '@open-wc/testing';
import {LitElement} from 'lit';
import {StateController} from '../../src/controllers/state-controller.js';
import {sendingFirst} from '../../src/core/util/sending-first.js';
import {StateTarget} from '../../src/core/util/state-target.js';
import {until} from '../support/in-page/facts.js';

class Counter extends StateTarget<{count: number}> {
  constructor() {
    super({count: 0});
  }
  increase(): void {
    this.update({count: this.state.count + 1});
  }
}

class CounterElement extends LitElement {
  sources: readonly (Counter | undefined)[] = [];
  updates = 0;
  constructor() {
    super();
    new StateController(this, () => this.sources);
  }
  protected override updated(): void {
    this.updates += 1;
  }
}
customElements.define('test-counter', CounterElement);

describe('StateController', () => {
  let element: CounterElement;
  const [one, other] = [new Counter(), new Counter()];
  const settled = async (): Promise<number> => {
    await element.updateComplete;
    return element.updates;
  };

  beforeEach(async () => {
    element = new CounterElement();
    element.sources = [one, undefined, other];
    document.body.append(element);
    await settled();
  });
  afterEach(() => element.remove());

  it('renders its host once for changes of one task', async () => {
    const before = element.updates;
    one.increase();
    one.increase();
    other.increase();
    expect(await settled()).to.equal(before + 1);
  });

  it('lets go of a source that is none any more', async () => {
    element.sources = [other];
    element.requestUpdate();
    const before = await settled();
    one.increase();
    expect(await settled()).to.equal(before);
    other.increase();
    expect(await settled()).to.equal(before + 1);
  });

  it('listens to nothing while its host is out of the page, and again when it is back', async () => {
    element.remove();
    const before = await settled();
    one.increase();
    expect(await settled()).to.equal(before);
    document.body.append(element);
    await settled();
    const back = element.updates;
    one.increase();
    expect(await settled()).to.equal(back + 1);
  });

  it('renders its host after what is sent first, and does not wait long for it', async () => {
    const before = await settled();
    let sent = (): void => {};
    const sending = sendingFirst(new Promise<void>((resolve) => (sent = resolve)));
    one.increase();
    expect(await settled()).to.equal(before);
    sent();
    await sending;
    expect(await settled()).to.equal(before + 1);
    // The browser asks the user.
    void sendingFirst(new Promise<void>(() => {}));
    one.increase();
    expect(await settled()).to.equal(before + 1);
    await until(() => element.updates === before + 2);
    // Nor does it wait for that any longer.
    const again = sendingFirst(new Promise<void>((resolve) => (sent = resolve)));
    one.increase();
    expect(await settled()).to.equal(before + 2);
    sent();
    await again;
    expect(await settled()).to.equal(before + 3);
  });
});
