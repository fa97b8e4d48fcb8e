import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {SIP_EVENTS} from '../../src/core/client/events.js';
import {ELEMENTS, elementReference} from '../../scripts/docs/element-reference.mjs';
import {CALLBACKS, FUNCTIONS} from '../../scripts/docs/function-map.mjs';
import {fileOf, GROUPS, titleOf} from '../../scripts/docs/pages.mjs';
import {within} from '../../scripts/project.mjs';
import {anchorsOf, codeBlocksOf, levelsOf} from './markdown.js';

const read = (path: string) => readFileSync(within(path), 'utf8');
const PAGES = GROUPS.flatMap(({pages}) => pages);
/** For those who change the code: not in the site. */
const NOT_IN_SITE = ['architecture'];

describe('the documentation site', () => {
  for (const [language, folder] of [
    ['en', ''],
    ['zh', 'zh/'],
  ] as const)
    it(`lists every page, and only pages that exist (${language})`, () => {
      const files = readdirSync(within(`docs/${folder}`), {recursive: true, encoding: 'utf8'})
        .filter((file) => file.endsWith('.md') && !(language === 'en' && file.startsWith('zh/')))
        .map((file) => file.slice(0, -3))
        .filter((page) => page !== 'index' && !NOT_IN_SITE.includes(page));
      assert.deepEqual([...PAGES].sort(), files.sort());
      for (const page of PAGES) assert.ok(titleOf(fileOf(page, language)));
    });

  it('has a page for each element', () => {
    for (const tag of ELEMENTS.keys())
      assert.ok(
        PAGES.some((page) => page.endsWith(`/${tag}`)),
        tag,
      );
  });

  it('describes in Chinese what each element has', () => {
    for (const tag of ELEMENTS.keys()) assert.match(elementReference(tag, 'zh'), /^## /m);
  });

  for (const page of [...PAGES, 'index'])
    it(`has the same headings and the same code in Chinese: ${page}`, () => {
      const english = read(fileOf(page, 'en'));
      const chinese = read(fileOf(page, 'zh'));
      assert.deepEqual(levelsOf(chinese), levelsOf(english));
      assert.deepEqual(anchorsOf(chinese).slice(1), anchorsOf(english).slice(1));
      assert.deepEqual(codeBlocksOf(chinese), codeBlocksOf(english));
    });
});

describe('the table of the documented functions', () => {
  const sources = ['calls', 'connection', 'files', 'members', 'people', 'sessions'];
  const functions = sources.flatMap((file) =>
    [...read(`src/functions/${file}.ts`).matchAll(/^export (?:async )?function (\w+)/gm)].map(
      ([, name]) => name!,
    ),
  );
  const callbacks = [...read('src/functions/delegate.ts').matchAll(/^ {2}(on\w+)\?/gm)].map(
    ([, name]) => name!,
  );

  it('has every function and callback', () => {
    assert.ok(functions.length > 50);
    assert.deepEqual(FUNCTIONS.map(({name}) => name).sort(), functions.sort());
    assert.deepEqual(CALLBACKS.map(({name}) => name).sort(), callbacks.sort());
  });

  it('names elements and events that exist', () => {
    const events = new Set<string>([
      ...SIP_EVENTS,
      ...[...ELEMENTS.values()].flatMap((element) => (element.events ?? []).map(({name}) => name)),
    ]);
    for (const row of [...FUNCTIONS, ...CALLBACKS]) {
      for (const tag of row.elements) assert.ok(ELEMENTS.has(tag), tag);
      for (const event of row.events) assert.ok(events.has(event), event);
    }
  });
});

describe('HTML in the documentation', () => {
  /** Of HTML itself, and of the frameworks. */
  const GLOBAL = /^(id|class|slot|style|title|lang|dir|hidden|on.*|ref|data-.*|[:@([{#*].*|bind:.*)$/;

  for (const page of PAGES)
    it(`uses elements and attributes that exist: ${page}`, () => {
      const wrong = codeBlocksOf(read(fileOf(page, 'en')))
        .filter((block) => /^ *```html/.test(block))
        .flatMap((block) => [
          ...block.matchAll(/<(sip-[\w-]+)((?:\s+[^\s=>]+(?:=(?:"[^"]*"|'[^']*'))?)*)\s*>/g),
        ])
        .flatMap(([, tag = '', attributes = '']) => {
          const element = ELEMENTS.get(tag);
          if (!element) return [tag];
          const known = new Set([
            ...(element.attributes ?? []).map(({name}) => name),
            ...(tag === 'sip-phone'
              ? (ELEMENTS.get('sip-client')?.attributes ?? []).map(({name}) => name)
              : []),
          ]);
          return [...attributes.matchAll(/\s([^\s=>"']+)(?:=(?:"[^"]*"|'[^']*'))?/g)]
            .map(([, name = '']) => name)
            .filter((name) => !known.has(name) && !GLOBAL.test(name) && name !== '…')
            .map((name) => `${tag} ${name}`);
        });
      assert.deepEqual(wrong, []);
    });
});
