import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import ts from 'typescript';
import {CALLBACKS, FUNCTIONS} from '../../scripts/docs/function-map.mjs';
import {fileOf, GROUPS} from '../../scripts/docs/pages.mjs';
import {within} from '../../scripts/project.mjs';
import {codeBlocksOf} from './markdown.js';

/** What the examples take for granted. */
const GIVEN = `
import type * as sip from 'sip-elements';
import type * as functions from 'sip-elements/functions';
declare global {
  const client: sip.SipClientElement;
  const call: sip.SipCall;
  const otherCall: sip.SipCall;
  const conference: sip.SipConference;
  const directory: sip.SipDirectoryElement;
  const button: HTMLButtonElement;
  const panel: HTMLElement;
  const localVideo: HTMLVideoElement;
  const remoteVideo: HTMLVideoElement;
  const remoteAudio: HTMLAudioElement;
  const file: File;
  const Client: typeof functions;
  const AllEnum: typeof functions.AllEnum;
  const SimpleUser: typeof import('sip.js/lib/platform/web').SimpleUser;
  const JsSIP: typeof import('jssip');
  function askEverybody(call: sip.SipCall, options: object): Promise<boolean>;
  interface ParentNode {
    querySelector(selectors: '#me' | '#other'): HTMLVideoElement | null;
    querySelector(selectors: '#sound'): HTMLAudioElement | null;
  }
  interface Document {
    getElementById(id: 'sound'): HTMLAudioElement | null;
  }
  interface DocumentEventMap {
    'sip-error': CustomEvent<{error: sip.SipError}>;
  }
}
`;

/** Packages that the project does not have: their own examples test them. */
const FOREIGN = /from '(?:react|vue|@angular\/core)'|import 'react'|vue\(/;

const sources = new Map([['/given.d.ts', GIVEN]]);
for (const page of GROUPS.flatMap(({pages}) => pages))
  for (const [index, block] of codeBlocksOf(readFileSync(within(fileOf(page, 'en')), 'utf8')).entries()) {
    const [, indent = '', language = '', code = ''] = /^( *)```(\w*)[^\n]*\n([^]*?)^ *```/m.exec(block) ?? [];
    if (!/^(js|ts)$/.test(language) || FOREIGN.test(code)) continue;
    const text = code.replace(new RegExp(`^${indent}`, 'gm'), '');
    sources.set(`/${page.replaceAll('/', '-')}-${index + 1}.ts`, `${text}\nexport {};\n`);
  }

const members = [...FUNCTIONS, ...CALLBACKS].flatMap(({members: names}) => names);
sources.set(
  '/members.ts',
  `import type * as sip from 'sip-elements';\n${[...new Set(members)]
    .filter((name) => !name.endsWith('.constructor'))
    .map((name) => name.split('.'))
    .map(([owner, member]) => `export type ${owner}_${member} = sip.${owner}['${member}'];`)
    .join('\n')}\n`,
);

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  types: ['node'],
  typeRoots: [within('node_modules/@types')],
  skipLibCheck: true,
  experimentalDecorators: true,
  useDefineForClassFields: false,
  noEmit: true,
  baseUrl: within(''),
  paths: {
    'sip-elements': ['src/index.ts'],
    'sip-elements/define': ['src/define.ts'],
    'sip-elements/functions': ['src/functions.ts'],
    'sip-elements/frame-host': ['src/frame-host.ts'],
    'sip-elements/frame-phone': ['src/frame-phone.ts'],
    'sip-elements/links': ['src/links.ts'],
    'sip-elements/background': ['src/background.ts'],
    'sip-elements/noise-suppression': ['src/noise-suppression.ts'],
    'sip-elements/elements/*.js': ['src/define/*.ts'],
    'sip-elements/locales/*.js': ['src/locales/*.ts'],
    'https://cdn.example.com/loader/sip-elements-loader.js': ['src/sip-elements-loader.ts'],
    'sip.js/*': ['node_modules/sip.js/*'],
    jssip: ['node_modules/jssip'],
    lit: ['node_modules/lit'],
  },
};

const host = ts.createCompilerHost(options);
const {fileExists, readFile, getSourceFile} = host;
host.fileExists = (file) => sources.has(file) || fileExists(file);
host.readFile = (file) => sources.get(file) ?? readFile(file);
host.getSourceFile = (file, languageVersion) => {
  const text = sources.get(file);
  return text === undefined
    ? getSourceFile(file, languageVersion)
    : ts.createSourceFile(file, text, languageVersion);
};

const program = ts.createProgram([...sources.keys()], options, host);

describe('code in the documentation', () => {
  it('is found', () => assert.ok(sources.size > 40));

  for (const file of sources.keys())
    it(`has the right types: ${file.slice(1)}`, () => {
      const source = program.getSourceFile(file);
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      assert.deepEqual(
        found.map(({messageText, start = 0}) => {
          const line = source?.getLineAndCharacterOfPosition(start).line ?? 0;
          return `${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
        }),
        [],
      );
    });
});
