import {expect} from '@open-wc/testing';
import {ReactiveElement} from 'lit';
import '../../src/define.js';
import * as all from '../../src/index.js';

/** Every boolean attribute of every element: the element's class, the attribute, the property. */
const attributes = (Object.values(all) as unknown[])
  .filter((each): each is typeof ReactiveElement => {
    return typeof each === 'function' && each.prototype instanceof ReactiveElement;
  })
  .flatMap((element) =>
    [...element.elementProperties].flatMap(([property, {type, attribute}]) =>
      type === Boolean && attribute !== false
        ? [
            {
              element,
              property,
              attribute: typeof attribute === 'string' ? attribute : String(property).toLowerCase(),
            },
          ]
        : [],
    ),
  );

describe('boolean attributes', () => {
  const printer = window.console;
  const {warn} = printer;
  let warned: unknown[];
  beforeEach(() => {
    warned = [];
    printer.warn = (text) => warned.push(text);
  });
  afterEach(() => (printer.warn = warn));

  it('are off as “false”, which Vue and Svelte write, and the page’s author is told once', () => {
    expect(attributes.length).to.be.greaterThan(15);
    for (const {element, property, attribute} of attributes) {
      const made = new (element as unknown as new () => ReactiveElement & Record<PropertyKey, unknown>)();
      made.setAttribute(attribute, 'false');
      expect(made[property], `${made.localName} ${attribute}="false"`).to.equal(false);
      made.setAttribute(attribute, '');
      expect(made[property], `${made.localName} ${attribute}`).to.equal(true);
      made.setAttribute(attribute, 'true');
      expect(made[property], `${made.localName} ${attribute}="true"`).to.equal(true);
      made.removeAttribute(attribute);
      expect(made[property], `${made.localName} without ${attribute}`).to.equal(false);
    }
    expect(warned).to.have.length(1);
    expect(warned[0]).to.contain('Leave the attribute out');
  });

  it('are read as properties as they are as attributes: frameworks set a property of the attribute’s name', () => {
    for (const {element, property} of attributes) {
      const made = new (element as unknown as new () => ReactiveElement & Record<PropertyKey, unknown>)();
      for (const [value, read] of [
        ['false', false],
        ['', true],
        ['true', true],
        [null, false],
        [true, true],
        [undefined, false],
      ] as const) {
        made[property] = value;
        expect(made[property], `${made.localName}.${String(property)} = ${JSON.stringify(value)}`).to.equal(
          read,
        );
      }
    }
  });
});
