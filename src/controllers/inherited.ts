import {ContextEvent, createContext, type Context} from '@lit/context';
import type {ReactiveElement} from 'lit';
import {property} from 'lit/decorators.js';
import type {CommandController} from './command-controller.js';

/** The commands of the element around an inner element, which shows their failures. */
export const commandsContext = createContext<CommandController>(Symbol('commands'));

/**
 * Declares a property of an inner element: the value that an element around it provides.
 *
 * The property keeps its value when there is none any more: the inner element will be removed, and may update before.
 */
export const inherited =
  <T>(context: Context<unknown, T>) =>
  (target: ReactiveElement, name: string): void => {
    property({attribute: false})(target, name);
    (target.constructor as typeof ReactiveElement).addInitializer((element) => {
      let unsubscribe: (() => void) | undefined;
      const onValue = (value: T, end?: () => void): void => {
        unsubscribe = end;
        if (value !== undefined) Object.assign(element, {[name]: value});
      };
      element.addController({
        hostConnected: () => element.dispatchEvent(new ContextEvent(context, element, onValue, true)),
        hostDisconnected: () => unsubscribe?.(),
      });
    });
  };
