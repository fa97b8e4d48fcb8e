import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {after, describe, it} from 'node:test';
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
    for (const file of ['src/core/call.ts', 'src/elements/sip-call.ts', 'demo/server/server.ts']) {
      assert.deepEqual(await broken(file, 'console.log(1);', 'no-console'), ['no-console']);
    }
    assert.deepEqual(await broken('demo/server/main.ts', 'console.log(1);', 'no-console'), []);
  });

  it('looks into templates and elements', async () => {
    const code = `
      import {LitElement, html} from 'lit';
      export class A extends LitElement {
        constructor(a: string) { super(); this.innerHTML = a; }
        render() { return html\`<img src="a.png"><p @click=\${this.render}></p>\`; }
      }`;
    const rules = ['lit-a11y/alt-text', 'lit-a11y/click-events-have-key-events', 'wc/no-constructor-params'];
    assert.deepEqual((await broken('src/elements/sip-call.ts', code, ...rules)).sort(), [...rules].sort());
  });
});

describe('the search for cycles', () => {
  const folder = within('test/tooling/cycle');
  after(() => rmSync(folder, {recursive: true, force: true}));

  it('refuses two modules that import each other, and lets their types do so', () => {
    const cruise = (kind: string): {status: number | null; stdout: string} => {
      mkdirSync(folder, {recursive: true});
      writeFileSync(
        `${folder}/one.ts`,
        `import ${kind}{two} from './two.js';\nexport const one = (): typeof two => 2;`,
      );
      writeFileSync(`${folder}/two.ts`, `import {one} from './one.js';\nexport const two = 2;\nvoid one;`);
      return spawnSync(
        process.execPath,
        [tool('dependency-cruiser/bin/dependency-cruise.mjs'), 'test/tooling/cycle'],
        {
          cwd: within(''),
          encoding: 'utf8',
        },
      );
    };
    const {status, stdout} = cruise('');
    assert.match(stdout, /no-cycle: .*one\.ts/);
    assert.notEqual(status, 0);
    assert.equal(cruise('type ').status, 0);
  });
});
