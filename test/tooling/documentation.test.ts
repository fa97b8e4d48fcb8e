import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {SIP_EVENTS} from '../../src/core/client/events.js';
import {ELEMENTS, elementReference} from '../../scripts/docs/element-reference.mjs';
import {measuredInChinese, NAMED, phraseOf, SENTENCES} from '../../scripts/docs/chinese.mjs';
import {BUTTONS, CONDITIONS, FIELDS, MENU_ITEMS} from '../../scripts/docs/chinese/parts.mjs';
import {CALLBACKS, FUNCTIONS} from '../../scripts/docs/function-map.mjs';
import {fileOf, GROUPS, titleOf} from '../../scripts/docs/pages.mjs';
import {within} from '../../scripts/project.mjs';
import {anchorsOf, codeBlocksOf, levelsOf} from './markdown.js';

const read = (path: string) => readFileSync(within(path), 'utf8');
const PAGES = GROUPS.flatMap(({pages}) => pages);
/** For those who change the code: not in the site. */
const NOT_IN_SITE = ['architecture'];
/** Four English words in a row. */
const ENGLISH = /(?:\b[a-z]+ ){3}[a-z]+/;
const withoutCode = (text: string) => text.replace(/`[^`]*`/g, '');

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

  for (const tag of ELEMENTS.keys())
    it(`describes in both languages everything that <${tag}> has`, () => {
      const meanings = (language: 'en' | 'zh') =>
        [...elementReference(tag, language).matchAll(/ \| ((?:[^|\n]|\\\|)*) \|$/gm)]
          .map(([, meaning]) => meaning!)
          .filter((meaning) => meaning !== '---');
      assert.deepEqual(
        meanings('zh').filter(
          (meaning) => !/\p{Script=Han}/u.test(meaning) || ENGLISH.test(withoutCode(meaning)),
        ),
        [],
      );
      assert.deepEqual(
        meanings('en').filter((meaning) => !meaning),
        [],
      );
      assert.equal(meanings('zh').length, meanings('en').length);
    });

  it('has the measured tables in Chinese', () => {
    const tables = ['performance', 'reliability', 'guide/freeswitch'].flatMap((page) =>
      [...read(fileOf(page, 'en')).matchAll(/<!-- (?:table|faults) of [\w ]+ -->([^]*?)<!-- -->/g)].map(
        ([, table]) => table!,
      ),
    );
    assert.ok(tables.length > 10);
    for (const table of tables) assert.doesNotMatch(withoutCode(measuredInChinese(table)), ENGLISH);
  });

  it('has no Chinese of a sentence that has gone', () => {
    const described = [...ELEMENTS.values()]
      .flatMap(({members, attributes, events, slots, cssParts, cssStates, cssProperties}) =>
        [members, attributes, events, slots, cssParts, cssStates, cssProperties].flat(),
      )
      .map((entry) => entry?.description?.replace(/\s+/g, ' ').trim() ?? '');
    const phrases = described.map(phraseOf).flatMap((phrase) => [phrase?.what, phrase?.condition]);
    const used = new Set([...described, ...phrases]);
    const tables = [...Object.values(SENTENCES), BUTTONS, CONDITIONS, FIELDS, MENU_ITEMS];
    assert.deepEqual(
      tables.flatMap((table) => Object.keys(table)).filter((sentence) => !used.has(sentence)),
      [],
    );
    const pages = read(fileOf('client', 'zh')) + read(fileOf('events-and-errors', 'zh'));
    assert.deepEqual(
      Object.values(NAMED)
        .flatMap((table) => Object.values<string>(table))
        .filter((text) => !pages.includes(text)),
      [],
    );
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
