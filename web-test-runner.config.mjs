import {esbuildPlugin} from '@web/dev-server-esbuild';
import {chromeLauncher} from '@web/test-runner';
import {CHROME_FLAGS, findChrome} from './scripts/browsers.mjs';

/** The tests that run inside a browser: everything that needs no server of its own. */
export default {
  files: 'test/{core,media,sip,dispatch,standard,context,controllers,elements,locales,unit}/**/*.test.ts',
  nodeResolve: {exportConditions: ['browser', 'development']},
  plugins: [esbuildPlugin({ts: true, target: 'es2022', tsconfig: 'tsconfig.json'})],
  browsers: [chromeLauncher({launchOptions: {executablePath: findChrome(), args: CHROME_FLAGS}})],
  concurrency: 2,
  testsFinishTimeout: 240_000,
  testFramework: {config: {timeout: 30_000}},
};
