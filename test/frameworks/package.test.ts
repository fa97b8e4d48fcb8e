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
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {within} from '../../scripts/project.mjs';

/** Packs a folder, but writes nothing. */
function pack(folder: string, ...options: string[]) {
  const words = ['pack', '--dry-run', '--json', '--no-update-notifier', ...options];
  const {status, stdout, stderr} = spawnSync('npm', words, {cwd: folder, encoding: 'utf8'});
  return {status, stdout, stderr};
}

/** The paths of what a folder of the project would pack. */
function packedBy(folder: string): string[] {
  const [{files}] = JSON.parse(pack(within(folder), '--ignore-scripts').stdout) as [
    {files: {path: string}[]},
  ];
  return files.map(({path}) => path);
}

/** What is beside `dist`. */
const besideDist = (paths: readonly string[]): string[] =>
  paths.filter((path) => !path.startsWith('dist/')).sort();

describe('the packages', () => {
  it('have their documents, and what is built without its source maps', () => {
    const paths = packedBy('');
    assert.deepEqual(besideDist(paths), [...['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']]);
    assert.deepEqual(
      paths.filter((path) => path.endsWith('.map')),
      [],
    );
  });

  it('have what their users reach: no module that only bundles need, no declaration that no type leads to', () => {
    const paths = new Set(packedBy(''));
    const has = (path: string): boolean => paths.has(`dist/${path}`);
    assert.deepEqual(
      ['index.d.ts', 'functions/calls.d.ts', 'sip/user-agent.js', 'core/journal/journal-chain.js'].map(has),
      [true, true, true, true],
    );
    assert.deepEqual(
      ['sip/user-agent.d.ts', 'functions/calls.js', 'sip/sharing/broker.js', 'journal-program.d.ts'].map(has),
      [false, false, false, false],
    );
  });

  it('leave the development server, with its films and sounds, to a package of its own', () => {
    assert.deepEqual(besideDist(packedBy('server')), [
      ...['LICENSE', 'README.md', 'bin/sip-elements-server.mjs', 'devices/camera.webm', 'package.json'],
      ...['uploads/samples/sample-film.webm', 'uploads/samples/sample-sound.ogg'],
    ]);
  });

  it('have the same licence and engines, and the server the version of the elements that it serves', () => {
    const read = (path: string) => readFileSync(within(path), 'utf8');
    assert.equal(read('server/LICENSE'), read('LICENSE'));
    const [elements, server] = [JSON.parse(read('package.json')), JSON.parse(read('server/package.json'))];
    assert.deepEqual(server.engines, elements.engines);
    assert.equal(server.version, elements.version);
    assert.equal(server.dependencies['sip-elements'], elements.version);
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
