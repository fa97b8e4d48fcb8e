import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {within} from '../../scripts/project.mjs';
import {anchorsOf} from './markdown.js';

/** Packs a folder, but writes nothing. */
function pack(folder: string, ...options: string[]) {
  const words = ['pack', '--dry-run', '--json', '--no-update-notifier', ...options];
  const {status, stdout, stderr} = spawnSync('npm', words, {cwd: folder, encoding: 'utf8'});
  return {status, stdout, stderr};
}

describe('the packed documents', () => {
  const {stdout} = pack(within(''), '--ignore-scripts');
  const [{files}] = JSON.parse(stdout) as [{files: {path: string}[]}];
  const packed = new Set(files.map(({path}) => path));
  const documents = [...packed].filter((path) => path.endsWith('.md'));

  it('are the README and the guides, in both languages', () => {
    for (const path of ['README.md', 'docs/calls.md', 'docs/zh/calls.md', 'docs/guide/turn.md'])
      assert.ok(packed.has(path), path);
  });

  it('link to files and headings that are packed as well', () => {
    const broken = documents.flatMap((path) =>
      [...readFileSync(within(path), 'utf8').matchAll(/\]\((?!https?:)([^)\s]*)\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => {
          const [file = '', heading] = link.split('#');
          const target = file ? join(dirname(path), file) : path;
          if (!packed.has(target)) return true;
          return heading !== undefined && !anchorsOf(readFileSync(within(target), 'utf8')).includes(heading);
        })
        .map((link) => `${path}: ${link}`),
    );
    assert.deepEqual(broken, []);
  });
});

/** What a clone has, without what the build needs first: a whole build takes minutes. */
const isThere = (name: string): boolean =>
  !['scripts', 'dist', '.cache', '.git', 'tsconfig.build.json'].includes(name);

describe('npm pack', () => {
  let clone: string;
  const built = (): string => join(clone, 'dist/sip-elements.js');
  before(() => {
    clone = mkdtempSync(join(tmpdir(), 'sip-elements-clone-'));
    // Copied, because a module is where its link leads.
    cpSync(within('scripts'), join(clone, 'scripts'), {recursive: true});
    for (const name of readdirSync(within('')).filter(isThere)) symlinkSync(within(name), join(clone, name));
    mkdirSync(join(clone, 'dist'));
    writeFileSync(built(), '');
  });
  after(() => rmSync(clone, {recursive: true, force: true}));

  it('packs what is built if it is current', () => {
    const {status, stdout, stderr} = pack(clone);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /"path": "dist\/sip-elements\.js"/);
    assert.doesNotMatch(stdout + stderr, /tsconfig\.build\.json|Building/);
  });

  it('builds first if a source is newer', () => {
    utimesSync(built(), 0, 0);
    const {status, stdout, stderr} = pack(clone);
    assert.notEqual(status, 0);
    assert.match(stdout + stderr, /Building the package, about a minute: modules and types …/);
  });
});
