import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {ESLint} from 'eslint';

const cwd = fileURLToPath(new URL('../../', import.meta.url));

/** A file, what it may import and what it may not: one row for each rule of the design's layers. */
const CASES: readonly {
  readonly rule: string;
  readonly file: string;
  readonly allowed: readonly string[];
  readonly forbidden: readonly string[];
}[] = [
  {
    rule: 'errors stand alone',
    file: 'src/errors.ts',
    allowed: [],
    forbidden: [`import '../server/log.js'`, `import type {SipCall} from './core/call.js'`, `import 'lit'`],
  },
  {
    rule: 'the table of waiting times imports nothing',
    file: 'src/durations.ts',
    allowed: [],
    forbidden: [`import './errors.js'`, `import './core/options.js'`, `import 'lit'`],
  },
  {
    rule: 'core builds on itself and the errors',
    file: 'src/core/client/client.ts',
    allowed: [`import './call.js'`, `import {SipError} from '../errors.js'`],
    forbidden: [
      `import '../sip/connection.js'`,
      `import type {Connection} from '../sip/connection.js'`,
      `void import('../dispatch/dispatch-service.js')`,
      `import '../elements/icons.js'`,
      `export * from '../context/client-context.js'`,
      `export {SipClient} from '../client.js'`,
    ],
  },
  {
    rule: 'core knows no Lit and names no library',
    file: 'src/core/call/call.ts',
    allowed: [],
    forbidden: [
      `import {html} from 'lit'`,
      `import type {LitElement} from 'lit'`,
      `import {createContext} from '@lit/context'`,
      `import {UserAgent} from 'sip.js'`,
      `type Agent = import('sip.js').UserAgent`,
    ],
  },
  {
    rule: 'core imports media by import() and for types only',
    file: 'src/core/devices/devices.ts',
    allowed: [
      `void import('../media/devices.js')`,
      `import type {Devices} from '../media/devices.js'`,
      `export type {Devices} from '../media/devices.js'`,
      `export type A = import('../media/devices.js').Devices`,
    ],
    forbidden: [
      `import {Devices} from '../media/devices.js'`,
      `import '../media/devices.js'`,
      `export * from '../media/devices.js'`,
    ],
  },
  {
    rule: 'media knows no call',
    file: 'src/media/devices/devices.ts',
    allowed: [
      `import './streams.js'`,
      `import {SipError} from '../errors.js'`,
      `import {durations} from '../durations.js'`,
    ],
    forbidden: [
      `import '../core/call.js'`,
      `import '../sip/connection.js'`,
      `import 'lit'`,
      `import 'sip.js'`,
    ],
  },
  {
    rule: 'sip alone names sip.js',
    file: 'src/sip/dialog/dialog.ts',
    allowed: [
      `import {UserAgent} from 'sip.js'`,
      `import {C} from 'sip.js/lib/core/index.js'`,
      `import '../media/a.js'`,
    ],
    forbidden: [`import '../dispatch/protocol.js'`, `import '../client.js'`, `import 'lit'`],
  },
  {
    rule: 'a profile stands on sip and knows no other profile',
    file: 'src/dispatch/dispatch-service.ts',
    allowed: [`import '../sip/connection.js'`, `import '../core/call-service.js'`],
    forbidden: [`import '../standard/standard-service.js'`, `import 'sip.js'`, `import '../client.js'`],
  },
  {
    rule: 'the standard profile stands on sip and knows no other profile',
    file: 'src/standard/standard-service.ts',
    allowed: [`import '../sip/connection.js'`, `import '../core/call-service.js'`],
    forbidden: [`import '../dispatch/protocol.js'`, `import 'sip.js'`, `import '../elements/icons.js'`],
  },
  {
    rule: "the protocol's tables bring nothing with them",
    file: 'src/dispatch/protocol.ts',
    allowed: [],
    forbidden: [`import './envelope.js'`, `import '../core/types.js'`, `import '@noble/hashes/legacy.js'`],
  },
  {
    rule: 'client loads the profiles by import()',
    file: 'src/client.ts',
    allowed: [
      `import './core/client.js'`,
      `void import('./dispatch/dispatch-service.js')`,
      `void import('./standard/standard-service.js')`,
    ],
    forbidden: [
      `import './dispatch/dispatch-service.js'`,
      `import './standard/standard-service.js'`,
      `import './elements/icons.js'`,
      `import 'sip.js'`,
    ],
  },
  {
    rule: 'context stands on core',
    file: 'src/context/client-context.ts',
    allowed: [`import '../core/client.js'`, `import {createContext} from '@lit/context'`],
    forbidden: [
      `import '../elements/icons.js'`,
      `import '../controllers/a.js'`,
      `import '../client.js'`,
      `import 'sip.js'`,
    ],
  },
  {
    rule: 'controllers stand on context, locales and core',
    file: 'src/controllers/client-controller.ts',
    allowed: [
      `import '../context/a.js'`,
      `import '../locales/en.js'`,
      `import '../core/client.js'`,
      `import 'lit'`,
    ],
    forbidden: [`import '../elements/icons.js'`, `import '../client.js'`, `import '../media/a.js'`],
  },
  {
    rule: 'locales know no element',
    file: 'src/locales/en.ts',
    allowed: [`import {registerTranslation} from '@shoelace-style/localize'`, `import '../errors.js'`],
    forbidden: [`import '../elements/icons.js'`, `import '../controllers/a.js'`],
  },
  {
    rule: 'elements know no server and no client',
    file: 'src/elements/sip-call/sip-call.ts',
    allowed: [
      `import './icons.js'`,
      `import '../controllers/client-controller.js'`,
      `import '../core/call.js'`,
      `import {LitElement} from 'lit'`,
    ],
    forbidden: [
      `import '../client.js'`,
      `import type {SipClient} from '../client.js'`,
      `void import('../client.js')`,
      `import '../sip/connection.js'`,
      `import '../dispatch/protocol.js'`,
      `import '../standard/standard-service.js'`,
      `import '../index.js'`,
      `import '../define.js'`,
      `import 'sip.js'`,
    ],
  },
  {
    rule: 'elements import media by import() and for types only',
    file: 'src/elements/sip-devices/sip-devices.ts',
    allowed: [`void import('../media/devices.js')`, `import type {Devices} from '../media/devices.js'`],
    forbidden: [`import '../media/devices.js'`, `import {type Devices, list} from '../media/devices.js'`],
  },
  {
    rule: '<sip-client> alone imports the client',
    file: 'src/elements/sip-client/sip-client.ts',
    allowed: [`import {SipClient} from '../client.js'`],
    forbidden: [
      `import '../dispatch/dispatch-service.js'`,
      `import '../index.js'`,
      `import '../media/devices.js'`,
    ],
  },
  {
    rule: 'define registers elements',
    file: 'src/define.ts',
    allowed: [
      `import './define/sip-call.js'`,
      `import './elements/sip-call.js'`,
      `import {ContextRoot} from '@lit/context'`,
    ],
    forbidden: [`import './client.js'`, `import './index.js'`, `import './sip/connection.js'`],
  },
  {
    rule: "an element's definition registers elements",
    file: 'src/define/sip-call.ts',
    allowed: [`import '../elements/sip-call.js'`, `import './sip-client.js'`],
    forbidden: [`import '../client.js'`, `import '../core/client.js'`],
  },
  {
    rule: 'functions stand on the client',
    file: 'src/functions.ts',
    allowed: [
      `import './client.js'`,
      `import './core/call.js'`,
      `import './errors.js'`,
      `import './dispatch/protocol.js'`,
    ],
    forbidden: [
      `import './elements/sip-call.js'`,
      `import './dispatch/sessions.js'`,
      `import './define.js'`,
      `import 'lit'`,
    ],
  },
  {
    rule: 'the index exports everything but define and functions',
    file: 'src/index.ts',
    allowed: [
      `export * from './client.js'`,
      `export * from './elements/sip-call.js'`,
      `export * from './core/call.js'`,
    ],
    forbidden: [
      `export * from './define.js'`,
      `import './define/sip-call.js'`,
      `export * from './functions.js'`,
    ],
  },
  {
    rule: 'the single file is define and index',
    file: 'src/sip-elements.ts',
    allowed: [`import './define.js'`, `export * from './index.js'`],
    forbidden: [`import './elements/sip-call.js'`, `export * from './functions.js'`],
  },
  {
    rule: "the development server shares the protocol's tables and nothing else",
    file: 'server/server.ts',
    allowed: [
      `import '../../src/dispatch/protocol.js'`,
      `import './log.js'`,
      `import 'ws'`,
      `import 'sip.js'`,
      `import 'node:fs'`,
    ],
    forbidden: [
      `import '../../src/dispatch/envelope.js'`,
      `import type {SipCall} from '../../src/core/call.js'`,
      `import '../../src/index.js'`,
      `import '../../dist/index.js'`,
    ],
  },
  {
    rule: 'pages use the built package',
    file: 'demo/console.js',
    allowed: [`import '/sip-elements.js'`, `import {SipClient} from 'sip-elements'`, `import './page.js'`],
    forbidden: [`import '../src/index.js'`, `import '../dist/index.js'`, `import 'sip.js'`, `import 'lit'`],
  },
  {
    rule: 'every source belongs to a layer',
    file: 'src/elsewhere/thing.ts',
    allowed: [],
    forbidden: [`export {}`],
  },
];

describe('the layers', () => {
  // Without types, so that a file of a case need not exist.
  const eslint = new ESLint({
    cwd,
    ruleFilter: ({ruleId}) => ruleId === 'layers/imports',
    overrideConfig: {languageOptions: {parserOptions: {projectService: false}}},
  });
  const complaints = async (code: string, file: string): Promise<string[]> => {
    const [result] = await eslint.lintText(code, {filePath: file});
    return result!.messages.map(({ruleId, message}) => ruleId ?? message);
  };

  for (const {rule, file, allowed, forbidden} of CASES) {
    describe(rule, () => {
      for (const code of allowed) {
        it(`${file} may hold: ${code}`, async () => assert.deepEqual(await complaints(code, file), []));
      }
      for (const code of forbidden) {
        it(`${file} may not hold: ${code}`, async () =>
          assert.deepEqual(await complaints(code, file), ['layers/imports']));
      }
    });
  }
});
