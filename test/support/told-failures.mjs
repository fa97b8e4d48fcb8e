const HOOK = '/test/support/told-failures.ts';

/**
 * Lets every test file tell its failures, whatever they are about.
 *
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export function toldFailures() {
  return {
    name: 'told-failures',
    transform(context) {
      if (!context.path.endsWith('.test.ts')) return undefined;
      return `import '${HOOK}'; ${String(context.body)}`;
    },
  };
}
