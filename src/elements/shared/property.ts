import type {PropertyDeclaration} from 'lit';
import {property as declared} from 'lit/decorators.js';
import {booleanAttribute} from './boolean-attribute.js';

type Decorator = ReturnType<typeof declared>;

const NOT_MADE = Symbol();

/**
 * Declares a property with an attribute as Lit does, and converts values that frameworks set as their attribute would
 * be: a string for a boolean (`"false"` is off) or a number, a number for a string. `null` and `undefined` restore the initial
 * value, which is required.
 */
export function property(options: PropertyDeclaration = {}): Decorator {
  const isBoolean = options.type === Boolean;
  const isNumber = options.type === Number;
  const declare = declared(isBoolean ? {...options, converter: booleanAttribute} : options);
  if (options.attribute === false || options.noAccessor) return declare;
  const wrap = (target: object, name: PropertyKey, own?: PropertyDescriptor): PropertyDescriptor => {
    const made = declare(target, name, own) as PropertyDescriptor | undefined;
    const accessor = made ?? Object.getOwnPropertyDescriptor(target, name)!;
    let initial: unknown = isBoolean ? false : NOT_MADE;
    const read = (value: unknown): unknown => {
      // The constructor sets the property first.
      if (initial === NOT_MADE) initial = value;
      if (isBoolean && typeof value === 'string') return booleanAttribute.fromAttribute(value);
      if (isNumber && typeof value === 'string') return value.trim() ? Number(value) : initial;
      return typeof value === 'number' && typeof initial === 'string' ? String(value) : (value ?? initial);
    };
    return {
      ...accessor,
      set(this: unknown, value: unknown) {
        accessor.set!.call(this, read(value));
      },
    };
  };
  return wrap as Decorator;
}
