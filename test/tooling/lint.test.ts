import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {ESLint} from 'eslint';

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
  it('refuses an import that closes a cycle', async () => {
    const code = `import {cleanNumber} from './core/number.js';\nexport const clean = cleanNumber;\n`;
    assert.deepEqual(await broken('src/errors.ts', code, 'import-x/no-cycle'), ['import-x/no-cycle']);
    assert.deepEqual(await broken('src/client.ts', code, 'import-x/no-cycle'), []);
  });

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
