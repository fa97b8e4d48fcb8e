import {expect, fixture, html} from '@open-wc/testing';
import {ReactiveElement} from 'lit';
import '../../src/define.js';
import type {SipClientElement} from '../../src/elements/sip-client/sip-client.js';
import * as all from '../../src/index.js';

const elements = (Object.values(all) as unknown[]).filter(
  (each): each is typeof ReactiveElement =>
    typeof each === 'function' && each.prototype instanceof ReactiveElement,
);

const {default: manifest} = (await import('../../custom-elements.json' as string)) as {
  default: {
    modules: readonly {
      readonly declarations: readonly {
        readonly tagName: string;
        readonly members?: readonly {readonly kind: string; readonly name: string}[];
        readonly attributes?: readonly {readonly name: string}[];
      }[];
    }[];
  };
};

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
    Object.assign(element, {historyStorage: 'none', recordingsStorage: 'memory'});
    await element.updateComplete;
    expect(element.client!.options).to.include({historyStorage: 'none', recordingsStorage: 'memory'});
    expect(element.history!.entries).to.deep.equal([]);
  });

  it('of text are text whatever a framework sets: a number is written out, null and undefined are no value', () => {
    const texts = elements.flatMap((element) => {
      const made = (): Record<PropertyKey, unknown> =>
        new (element as unknown as new () => Record<PropertyKey, unknown>)();
      return [...element.elementProperties]
        .filter(([, {attribute, noAccessor}]) => attribute !== false && !noAccessor)
        .filter(([name]) => typeof made()[name] === 'string')
        .map(([name]) => ({element: made(), of: element.name, name, initial: made()[name]}));
    });
    expect(texts.length).to.be.greaterThan(60);
    const wrong = texts.flatMap(({element, of, name, initial}) =>
      [null, undefined, 1002].flatMap((value) => {
        element[name] = value;
        const read = element[name];
        return read === (value === 1002 ? '1002' : initial)
          ? []
          : [`${of}.${String(name)} = ${value} is ${JSON.stringify(read)}`];
      }),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('of numbers are numbers, though a framework sets a text', async () => {
    const element = await fixture<SipClientElement>(
      html`<sip-client server="ws://127.0.0.1:9/" user="1001"></sip-client>`,
    );
    Object.assign(element, {expires: '30', ringVolume: '0.5'});
    expect([element.expires, element.ringVolume]).to.deep.equal([30, 0.5]);
    Object.assign(element, {expires: '', ringVolume: null});
    expect([element.expires, element.ringVolume]).to.deep.equal([60, undefined]);
  });

  it('and properties and methods are those that the manifest lists', () => {
    const wrong = manifest.modules
      .flatMap(({declarations}) => declarations)
      .flatMap(({tagName, members = [], attributes = []}) => {
        const element = document.createElement(tagName);
        const {observedAttributes} = element.constructor as typeof ReactiveElement;
        return [
          ...members.filter(({kind, name}) =>
            kind === 'method'
              ? typeof (element as unknown as Record<string, unknown>)[name] !== 'function'
              : !(name in element),
          ),
          ...attributes.filter(({name}) => !observedAttributes.includes(name)),
        ].map(({name}) => `${tagName} ${name}`);
      });
    expect(wrong).to.deep.equal([]);
  });
});
