import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {after, before, describe, it} from 'node:test';
import {within} from '../../scripts/project.mjs';

/** What a clone has before it is built, without what the build needs first: a whole build takes minutes. */
const isThere = (name: string): boolean =>
  !['scripts', 'dist', '.cache', '.git', 'tsconfig.build.json'].includes(name);

/** The suite `e2e` tests what is served after a build. */
describe('npm start, in a clone without a build', () => {
  let clone: string;
  before(() => {
    clone = mkdtempSync(join(tmpdir(), 'sip-elements-clone-'));
    // Copied, because a module is where its link leads.
    cpSync(within('scripts'), join(clone, 'scripts'), {recursive: true});
    for (const name of readdirSync(within('')).filter(isThere)) symlinkSync(within(name), join(clone, name));
  });
  after(() => rmSync(clone, {recursive: true, force: true}));

  /** Runs it until it ends, or serves. */
  async function start(...words: string[]): Promise<{out: string; told: string; code: number}> {
    const server = spawn(process.execPath, ['scripts/start.mjs', ...words], {
      cwd: clone,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {...process.env, PORT: '0', NODE_OPTIONS: ''},
    });
    server.stdout.on('data', (part) => String(part).includes('Pages') && server.kill());
    const [out, told, [code]] = await Promise.all([
      text(server.stdout),
      text(server.stderr),
      once(server, 'close') as Promise<[number]>,
    ]);
    return {out, told, code};
  }

  it('says that an option is wrong before it builds anything, and nothing else', async () => {
    const {out, told, code} = await start('--wrong');
    assert.match(told, /^Unknown option '--wrong'[^\n]*\nUsage: npm start -- [^\n]*\n$/);
    assert.equal(out, '');
    assert.equal(code, 1);
  });

  it('builds the first page first, with its steps as it goes, and serves nothing if that fails', async () => {
    const {out, told, code} = await start();
    assert.match(told, /^Building the first page: modules and types …\n$/);
    assert.match(out, /tsconfig\.build\.json/);
    assert.doesNotMatch(out, /Pages/);
    assert.equal(code, 1);
  });
});
