import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {html, render} from 'lit';
import {repeat} from '../../../src/elements/shared/repeat.js';

const draw = (host: HTMLElement, keys: readonly number[]): void => {
  render(
    html`<ul>
      ${repeat(
        keys,
        (key) => key,
        (key, index) => html`<li id=${key}>${index}</li>`,
      )}
      <li id="last">last</li>
    </ul>`,
    host,
  );
};

const ids = (host: HTMLElement): string[] => [...host.querySelectorAll('li')].map(({id}) => id);

describe('repeat', () => {
  it('draws any list after any other in order, and keeps the nodes of what stays', () => {
    const keys = fc.uniqueArray(fc.integer({min: 0, max: 12}), {maxLength: 10});
    fc.assert(
      fc.property(fc.array(keys, {minLength: 1, maxLength: 6}), (lists) => {
        const host = document.createElement('div');
        for (const list of lists) {
          const before = new Map([...host.querySelectorAll('li')].map((node) => [node.id, node]));
          draw(host, list);
          expect(ids(host)).to.deep.equal([...list.map(String), 'last']);
          for (const [id, node] of before)
            if (list.map(String).includes(id)) expect(host.querySelector(`[id="${id}"]`)).to.equal(node);
          expect([...host.querySelectorAll('li:not(#last)')].map((node) => node.textContent)).to.deep.equal(
            list.map((_, index) => String(index)),
          );
        }
      }),
    );
  });

  it('leaves nothing of what is gone', () => {
    const host = document.createElement('div');
    draw(host, []);
    const nodes = (): number => {
      const walker = document.createTreeWalker(host);
      let count = 0;
      while (walker.nextNode()) count += 1;
      return count;
    };
    const empty = nodes();
    for (let round = 0; round < 20; round += 1) {
      draw(host, [1, 2, 3]);
      draw(host, [3, 1]);
      draw(host, []);
    }
    expect(nodes()).to.equal(empty);
  });

  it('leaves the focus where it is when others come and go', () => {
    const host = document.body.appendChild(document.createElement('div'));
    const list = (keys: readonly number[]): void => {
      const buttons = repeat(
        keys,
        (key) => key,
        (key) => html`<button id="b${key}">${key}</button>`,
      );
      render(buttons, host);
    };
    list([1, 2, 3]);
    host.querySelector<HTMLElement>('#b2')!.focus();
    list([2, 3]);
    list([4, 2, 5, 3]);
    expect(document.activeElement!.id).to.equal('b2');
    host.remove();
  });
});
