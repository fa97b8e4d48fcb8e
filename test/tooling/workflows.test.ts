import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {within} from '../../scripts/project.mjs';

const FOLDER = '.github/workflows';
const {scripts} = JSON.parse(readFileSync(within('package.json'), 'utf8')) as {scripts: object};

for (const name of readdirSync(within(FOLDER)))
  describe(`the workflow ${name}`, () => {
    const text = readFileSync(within(`${FOLDER}/${name}`), 'utf8').replace(/^\s*#.*/gm, '');
    const found = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, what]) => what!.trim());

    it('uses each action by its commit, and names the version', () => {
      const actions = found(/\buses:(.*)/g);
      assert.ok(actions.length > 0);
      for (const action of actions) assert.match(action, /^[\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
    });

    it('runs scripts that the package has', () => {
      const named = found(/\bnpm run ([\w:-]+)/g);
      assert.ok(named.length > 0);
      assert.deepEqual(
        named.filter((script) => !Object.hasOwn(scripts, script)),
        [],
      );
    });
  });
