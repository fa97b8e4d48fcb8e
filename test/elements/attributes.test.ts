import {expect, fixture, html} from '@open-wc/testing';
import {ReactiveElement} from 'lit';
import '../../src/define.js';
import type {SipClientElement} from '../../src/elements/sip-client.js';
import * as all from '../../src/index.js';

const elements = (Object.values(all) as unknown[]).filter(
  (each): each is typeof ReactiveElement =>
    typeof each === 'function' && each.prototype instanceof ReactiveElement,
);

/** The accessor or method of the name that an element has; undefined if it has none. */
function memberOf(element: typeof ReactiveElement, name: string): PropertyDescriptor | undefined {
  for (
    let each: object | null = element.prototype;
    each;
    each = Object.getPrototypeOf(each) as object | null
  ) {
    const found = Object.getOwnPropertyDescriptor(each, name);
    if (found) return found;
  }
  return undefined;
}

describe('attributes', () => {
  it('have no name of a property that cannot be set: React would throw, Vue would lose the value', () => {
    const readOnly = elements.flatMap((element) =>
      element.observedAttributes
        .filter((name) => {
          const member = memberOf(element, name);
          return member && !member.set && !member.writable;
        })
        .map((name) => `${element.name} ${name}`),
    );
    expect(elements.length).to.be.greaterThan(20);
    expect(readOnly).to.deep.equal([]);
  });

  it('of the history and the recordings can be set as properties, as React does', async () => {
    const element = await fixture<SipClientElement>(
      html`<sip-client server="ws://127.0.0.1:9/" user="1001"></sip-client>`,
    );
    Object.assign(element, {history: 'none', recordings: 'memory'});
    await element.updateComplete;
    expect(element.client!.options).to.include({history: 'none', recordings: 'memory'});
    expect(element.history!.entries).to.deep.equal([]);
  });
});
