import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {minified} from '../../scripts/rollup.mjs';

const CODE = `
export class Outer {
  #first = 1;
  #second = '#first';
  static isOuter(value) { return #first in value; }
  get sum() {
    const {second} = this.#inner();
    return this.#first + second + this.#second;
  }
  #inner() {
    const outer = this;
    return new (class {
      #own = outer.#first + 1;
      get second() { return this.#own + outer.#first; }
    })();
  }
}
export class Other {
  #value = 4;
  get value() { return this.#value; }
}`;

describe('private names', () => {
  it('are the same short ones in each class, and those of outer classes stay apart', async () => {
    const {code} = await minified(CODE);
    const {Outer, Other} = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    assert.equal(new Outer().sum, '4#first');
    assert.equal(Outer.isOuter(new Outer()) && !Outer.isOuter(new Other()), true);
    assert.equal(new Other().value, 4);
    const names = new Set(code.replace('"#first"', '').match(/#\w+/g));
    assert.deepEqual([...names].sort(), ['#a', '#b', '#c', '#d']);
  });
});
