import {expect} from '@open-wc/testing';
import {keptList, StateTarget, until} from '../../../src/core/util/state-target.js';

interface Light {
  readonly on: boolean;
  readonly colour: string;
}

class Lamp extends StateTarget<Light> {
  changes = 0;

  constructor() {
    super({on: false, colour: 'white'});
    this.addEventListener('statechange', () => this.changes++);
  }

  set(patch: Partial<Light>): void {
    this.update(patch);
  }
}

describe('StateTarget', () => {
  it('replaces its frozen state and tells of it', () => {
    const lamp = new Lamp();
    const before = lamp.state;
    lamp.set({on: true});
    expect(before).to.deep.equal({on: false, colour: 'white'});
    expect(lamp.state).to.deep.equal({on: true, colour: 'white'});
    expect([before, lamp.state].every((state) => Object.isFrozen(state))).to.equal(true);
    expect(lamp.changes).to.equal(1);
  });

  it('keeps still where nothing is different', () => {
    const lamp = new Lamp();
    const {state} = lamp;
    lamp.set({on: false, colour: 'white'});
    lamp.set({});
    expect(lamp.state).to.equal(state);
    expect(lamp.changes).to.equal(0);
  });
});

describe('until', () => {
  it('resolves once the state is as wanted, and not before', async () => {
    const lamp = new Lamp();
    const waiting = until(lamp, () => lamp.state.on).then(() => lamp.state.colour);
    lamp.set({colour: 'red'});
    await Promise.resolve();
    lamp.set({on: true, colour: 'green'});
    expect(await waiting).to.equal('green');
  });

  it('resolves at once if the state is so already', async () => {
    const lamp = new Lamp();
    await until(lamp, () => !lamp.state.on);
  });
});

describe('keptList', () => {
  it('returns the list before as long as the entries are the same', () => {
    const before = [1, 2];
    expect(keptList(before, [1, 2])).to.equal(before);
    for (const next of [[1], [1, 2, 3], [2, 1]]) {
      const kept = keptList(before, next);
      expect(kept).to.equal(next);
      expect(Object.isFrozen(kept)).to.equal(true);
    }
  });
});
