/**
 * Leaves out what `mediabunny` has for Node alone, as its `browser` field says and bundlers do: the test runner's
 * resolver looks at that field for packages, and not for files within one.
 *
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export function browserField() {
  return {
    name: 'browser-field',
    serve: ({path}) =>
      path.endsWith('/mediabunny/dist/modules/src/node.js') ? {body: 'export {};', type: 'js'} : undefined,
  };
}
