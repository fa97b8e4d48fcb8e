import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {ESLint} from 'eslint';
import {tool, within} from '../../scripts/project.mjs';

const cwd = fileURLToPath(new URL('../../', import.meta.url));

/** The rules that a file breaks, of those asked for. */
async function broken(file: string, code: string, ...rules: readonly string[]): Promise<(string | null)[]> {
  const eslint = new ESLint({
    cwd,
    ruleFilter: ({ruleId}) => rules.includes(ruleId),
    overrideConfig: {languageOptions: {parserOptions: {projectService: false}}},
  });
  const [result] = await eslint.lintText(code, {filePath: file});
  return result!.messages.map(({ruleId}) => ruleId);
}

describe('the linter', () => {
  it('refuses the console everywhere but on the command line', async () => {
    for (const file of ['src/core/call/call.ts', 'src/elements/sip-call/sip-call.ts', 'server/server.ts']) {
      assert.deepEqual(await broken(file, 'console.log(1);', 'no-console'), ['no-console']);
    }
    assert.deepEqual(await broken('server/command-line.ts', 'console.log(1);', 'no-console'), []);
  });

  it('looks into templates and elements', async () => {
    const code = `
      import {LitElement, html} from 'lit';
      export class A extends LitElement {
        constructor(a: string) { super(); this.innerHTML = a; }
        render() { return html\`<img src="a.png"><p @click=\${this.render}></p>\`; }
      }`;
    const rules = ['lit-a11y/alt-text', 'lit-a11y/click-events-have-key-events', 'wc/no-constructor-params'];
    assert.deepEqual(
      (await broken('src/elements/sip-call/sip-call.ts', code, ...rules)).sort(),
      [...rules].sort(),
    );
  });
});

describe('the check of imports', () => {
  /** A project with the layers that the statements name; each statement is in a folder of `src/core`. */
  const project = mkdtempSync(`${tmpdir()}/imports-`);
  const cases = {
    cycle: `import {two} from './two.js';\nexport const one = (): unknown => two;`,
    types: `import type {two} from './two.js';\nexport const one = {} as typeof two;`,
    layer: `import type {Agent} from '../../sip/user-agent.js';`,
    library: `import {html} from 'lit';`,
    later: `import '../../media/types.js';`,
    allowed: `import type {MediaKinds} from '../../media/types.js';\nexport const one = {} as MediaKinds;`,
  };
  let status: number | null;
  let stdout: string;

  before(() => {
    const write = (file: string, text: string): void => {
      mkdirSync(dirname(`${project}/${file}`), {recursive: true});
      writeFileSync(`${project}/${file}`, text);
    };
    cpSync(within('tsconfig.json'), `${project}/tsconfig.json`);
    symlinkSync(within('node_modules'), `${project}/node_modules`);
    write('src/sip/user-agent.ts', 'export type Agent = 1;');
    write('src/sip/whole.ts', `export {UserAgent} from 'sip.js';`);
    write('src/sip/core.ts', `export {UserAgentCore} from 'sip.js/lib/core/index.js';`);
    write('src/media/types.ts', 'export type MediaKinds = 1;');
    for (const [folder, statement] of Object.entries(cases)) {
      write(`src/core/${folder}/one.ts`, statement);
      write(`src/core/${folder}/two.ts`, `import {one} from './one.js';\nexport const two = one;`);
    }
    const config = within('.dependency-cruiser.mjs');
    const cruise = [tool('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', config, 'src'];
    ({status, stdout} = spawnSync(process.execPath, cruise, {cwd: project, encoding: 'utf8'}));
  });
  after(() => rmSync(project, {recursive: true}));

  it('fails', () => assert.notEqual(status, 0));

  for (const [what, folder, rule] of [
    ['a cycle', 'cycle', 'no-cycle'],
    ['a cycle of types', 'types', 'no-cycle'],
    ['a layer above', 'layer', 'src/core imports'],
    ['a library that the layer may not name', 'library', 'src/core imports'],
    ['what is loaded later', 'later', 'src/core imports later'],
  ] as const)
    it(`refuses ${what}`, () => assert.match(stdout, new RegExp(`${rule}: src/core/${folder}/`)));

  it('refuses sip.js but for its core', () => {
    assert.match(stdout, /sip-core-only: src\/sip\/whole\.ts/);
    assert.doesNotMatch(stdout, /sip-core-only: src\/sip\/core\.ts/);
  });

  it('lets types of what is loaded later in', () => assert.ok(!stdout.includes('src/core/allowed/')));
});
