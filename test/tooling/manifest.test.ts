import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {describe, it} from 'node:test';
import {elementsOf, readManifest} from '../../scripts/elements.mjs';
import {within} from '../../scripts/project.mjs';

const manifest = readManifest();
const elements = elementsOf(manifest);

/** The sources without comments, which would mention the names. */
const sources = ['src/elements', 'src/core/client']
  .flatMap((folder) =>
    readdirSync(within(folder), {recursive: true, encoding: 'utf8'}).map((name) => `${folder}/${name}`),
  )
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(within(file), 'utf8').replace(/\/\*\*[\s\S]*?\*\//g, ''))
  .join('\n');

/** Whether a template or a call has the part, by its name or by a composed name. */
function hasPart(name: string): boolean {
  const [first = '', ...rest] = name.split('-');
  // Also a part of a child that is exported under another name.
  if (new RegExp(String.raw`["' ]${name}["' ,]|: ?${name}\b`).test(sources)) return true;
  return rest.length > 0 && [`${first}-\${`, `}-${rest.join('-')}`].some((piece) => sources.includes(piece));
}

describe('custom-elements.json', () => {
  it('has every tag, as one that the loader defines', () => {
    const loader = readFileSync(within('src/sip-elements-loader.ts'), 'utf8');
    const known = [...loader.matchAll(/'([\w-]+)': \(\) => import\('\.\/define\/\1\.js'\)/g)].map(
      ([, tag]) => tag,
    );
    const tags = elements.map(({tagName}) => tagName).filter(Boolean);
    assert.deepEqual(known.sort(), [...new Set(tags)].sort());
  });

  it('has every tag, as a module that the package exports', () => {
    const tags = readdirSync(within('src/define')).map((file) => file.replace(/\.ts$/, ''));
    assert.deepEqual(
      manifest.modules.map(({path}) => path),
      tags.map((tag) => `elements/${tag}.js`),
    );
  });

  for (const {tagName, events = [], cssParts = [], cssProperties = []} of elements)
    it(`documents of <${tagName}> the events, parts and properties that it has`, () => {
      const missing = [
        ...events.filter(({name}) => !sources.includes(`'${name}'`)),
        ...cssParts.filter(({name}) => !hasPart(name)),
        ...cssProperties.filter(({name}) => !new RegExp(String.raw`var\(\s*${name}\b`).test(sources)),
      ];
      assert.deepEqual(missing, []);
    });

  it('has only events with a type in the map of events: pages in TypeScript and React need it', () => {
    const names = new Set(elements.flatMap(({events = []}) => events.map(({name}) => name)));
    // Those of the client have theirs by one table.
    for (const {name} of elements.find(({tagName}) => tagName === 'sip-client')!.events!) names.delete(name);
    const untyped = [...names].filter(
      (name) => !new RegExp(String.raw`^\s+'${name}': (CustomEvent|Event)\b`, 'm').test(sources),
    );
    assert.deepEqual(untyped, []);
  });

  it('documents every event of a client', () => {
    const table = /const CANCELABLE = \{([^}]*)\}/.exec(sources)![1]!;
    const names = [...table.matchAll(/'(sip-[\w-]+)'/g)].map(([, name]) => name);
    const client = elements.find(({tagName}) => tagName === 'sip-client')!;
    const documented = new Set(client.events!.map(({name}) => name));
    assert.ok(names.length > 30);
    assert.deepEqual(
      names.filter((name) => !documented.has(name!)),
      [],
    );
  });
});
