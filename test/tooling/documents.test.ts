import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, it} from 'node:test';
import {within} from '../../scripts/project.mjs';
import {ERROR_TEXTS} from '../../src/errors/texts.js';
import {anchorsOf} from './markdown.js';

const page = readFileSync(within('docs/architecture.md'), 'utf8');

describe('docs/architecture.md', () => {
  it('names files and folders that exist', () => {
    const named = [...page.matchAll(/`((?:src|server|test|scripts|demo|docs)(?:\/[\w.-]+)*)`/g)].map(
      ([, path]) => path!,
    );
    assert.ok(named.length > 40);
    assert.deepEqual(
      named.filter((path) => !existsSync(within(path))),
      [],
    );
  });
});

describe('the documentation', () => {
  const pages = [
    ...['README.md', 'CONTRIBUTING.md', 'test/README.md', 'demo/infra/README.md', 'server/README.md'],
    ...readdirSync(within('docs'), {recursive: true, encoding: 'utf8'})
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];

  for (const file of pages)
    it(`links in ${file} to pages and headings that exist`, () => {
      const links = [...readFileSync(within(file), 'utf8').matchAll(/\]\((?!https?:)([^)\s]*)\)/g)];
      const broken = links
        .map(([, link = '']) => link)
        .filter((link) => {
          const [path = '', heading] = link.split('#');
          const target = within(path ? join(dirname(file), path) : file);
          if (!existsSync(target)) return true;
          return heading !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(heading);
        });
      assert.deepEqual(broken, []);
    });

  it('is named in comments by pages and headings that exist', () => {
    const broken: string[] = [];
    let count = 0;
    for (const folder of ['src', 'server', 'test', 'scripts', 'demo'])
      for (const name of readdirSync(within(folder), {recursive: true, encoding: 'utf8'})) {
        const file = `${folder}/${name}`;
        if (!/\.(ts|mjs|js)$/.test(file) || file.includes('node_modules')) continue;
        const text = readFileSync(within(file), 'utf8');
        for (const [comment] of text.matchAll(/\/\*[^]*?\*\/|\/\/[^\n]*/g))
          for (const [link] of comment.matchAll(/\bdocs\/[\w/-]+\.md(?:#[\w-]+)?/g)) {
            const [path, heading] = link.split('#');
            const page = existsSync(within(path!)) && readFileSync(within(path!), 'utf8');
            if (!page || (heading && !anchorsOf(page).includes(heading))) broken.push(`${file}: ${link}`);
            count += 1;
          }
        if (!/^(server|src\/(dispatch|functions))\//.test(file)) continue;
        // A section without its standard leads nowhere.
        const flat = text.replace(/\n\s*(?:\*|\/\/)/g, '');
        for (const {0: section, index} of flat.matchAll(/§[\d.]+/g))
          if (!/(?:RFC|TS) [\d.]+ (?:§[\d.]+,? )*$/.test(flat.slice(0, index)))
            broken.push(`${file}: ${section}`);
      }
    assert.deepEqual(broken, []);
    assert.ok(count > 150);
  });

  it('names every error code, and no other', () => {
    const codesIn = (text: string) => [...text.matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)].map(([, code]) => code!);
    const text = readFileSync(within('docs/events-and-errors.md'), 'utf8');
    const [, errors = ''] = /^## Errors\n(.*)/ms.exec(text) ?? [];
    const listed = codesIn(errors.slice(errors.indexOf('\n- ')));
    const named = new Set([...listed, ...codesIn(readFileSync(within('docs/devices.md'), 'utf8'))]);
    const codes = Object.keys(ERROR_TEXTS);
    assert.deepEqual(
      codes.filter((code) => !named.has(code)),
      [],
    );
    assert.deepEqual(
      listed.filter((code) => !codes.includes(code)),
      [],
    );
  });

  it('names in the README the packages of which npm warns: tools, which the package does not depend on', () => {
    interface Locked {
      readonly dev?: boolean;
      readonly hasInstallScript?: boolean;
      readonly engines?: {readonly node?: string};
    }
    const {packages} = JSON.parse(readFileSync(within('package-lock.json'), 'utf8')) as {
      packages: Record<string, Locked>;
    };
    const {engines} = JSON.parse(readFileSync(within('package.json'), 'utf8')) as {engines: {node: string}};
    const [, major] = /(\d+)/.exec(engines.node)!;
    /** Each alternative of a range allows what is from a version on, or what has its major number. */
    const allows = (range: string): boolean =>
      range.split('||').some((alternative) => {
        const [, sign = '', least] = /^\s*([<>=^~v]*)\s*(\d+)/.exec(alternative) ?? [];
        return !least || (sign.startsWith('>') ? Number(least) <= Number(major) : least === major);
      });
    const warned = Object.entries(packages).filter(
      ([, {hasInstallScript, engines: wanted}]) => hasInstallScript || !allows(wanted?.node ?? ''),
    );
    assert.deepEqual(
      warned.filter(([, {dev}]) => !dev),
      [],
    );
    const names = new Set(warned.map(([path]) => path.replace(/^.*node_modules\//, '')));
    const [, warnings = ''] = /npm's warnings are harmless([^]*?)\n\n/.exec(
      readFileSync(within('README.md'), 'utf8'),
    )!;
    const named = [...warnings.matchAll(/`(@?[a-z/-]+)`/g)].map(([, name]) => name!);
    assert.deepEqual(named.sort(), [...names].sort());
  });

  it('has a README of at most 150 lines', () => {
    assert.ok(readFileSync(within('README.md'), 'utf8').split('\n').length <= 150);
  });
});
