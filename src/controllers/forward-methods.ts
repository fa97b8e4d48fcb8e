/**
 * Defines methods that forward to another object. They return promises, which also reject with what `call` throws.
 *
 * @param call - Calls the method of the other object.
 */
export function forwardMethods<Host, Name extends string>(
  prototype: Host,
  names: readonly Name[],
  call: (host: Host, name: Name, parameters: readonly unknown[]) => unknown,
): void {
  for (const name of names)
    Object.defineProperty(prototype, name, {
      configurable: true,
      writable: true,
      async value(this: Host, ...parameters: unknown[]) {
        return call(this, name, parameters);
      },
    });
}
