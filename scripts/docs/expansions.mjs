/** What the documentation site writes into its pages: live examples, and the tables of elements. */
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {examplePage} from './example-page.mjs';
import {within} from '../project.mjs';
import {measuredInChinese} from './chinese.mjs';
import {elementReference} from './element-reference.mjs';

/** The place of a table in a Chinese page, which only the English page has. */
const EMPTY_TABLE = /<!-- ((?:table|faults) of [\w ]+) -->\s*<!-- -->/g;

/**
 * The figures that were measured, which are written into the English page alone.
 *
 * @param {string} page
 * @param {string} name
 */
function measured(page, name) {
  if (!page.startsWith('zh/')) return '';
  const [, table = ''] =
    readFileSync(within(`docs/${page.slice('zh/'.length)}`), 'utf8')
      .split(`<!-- ${name} -->`)[1]
      ?.match(/^([^]*?)<!-- -->/) ?? [];
  return measuredInChinese(table);
}

/** @param {{relativePath?: string}} env */
const languageOf = ({relativePath = ''}) => (relativePath.startsWith('zh/') ? 'zh' : 'en');

/** Fills the pages, and keeps their examples to write them with the site. */
export function expansions() {
  /** @type {Map<string, string>} Files of examples by their paths in the site. */
  const files = new Map();

  /** @param {import('markdown-it').default} md */
  const plugin = (md) => {
    md.core.ruler.before('normalize', 'tables', (state) => {
      const page = String(state.env.relativePath);
      const tag = /([\w-]+)\.md$/.exec(page)?.[1] ?? '';
      state.src = state.src
        .replace(/^<!-- reference -->$/m, () => elementReference(tag, languageOf(state.env)))
        .replace(EMPTY_TABLE, (_, /** @type {string} */ name) => measured(page, name));
    });
    // A column's direction is a class: the Content-Security-Policy forbids styles in attributes.
    md.core.ruler.push('column-classes', ({tokens}) => {
      for (const token of tokens) {
        if (token.type !== 'th_open' && token.type !== 'td_open') continue;
        const style = token.attrGet('style');
        token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'style');
        if (style?.endsWith('right')) token.attrJoin('class', 'end');
      }
    });
    // Braces are text here, not the template language of the site.
    for (const name of ['text', 'code_inline']) {
      const rule = md.renderer.rules[name];
      md.renderer.rules[name] = (...args) => rule?.(...args).replaceAll('{{', '&#123;&#123;') ?? '';
    }
    const fence = md.renderer.rules['fence'];
    md.renderer.rules['fence'] = (tokens, index, options, env, self) => {
      const token = tokens[index];
      const code = fence?.(tokens, index, options, env, self) ?? '';
      if (!token || !/^html live\b/.test(token.info)) return code;
      const page = `examples/${String(env.relativePath).replace(/\.md$/, '')}-${index}`;
      const zh = languageOf(env) === 'zh';
      for (const [file, text] of examplePage(page, token.content, zh ? 'zh-CN' : 'en')) files.set(file, text);
      const title = zh ? '实时示例' : 'Live example';
      return `<iframe class="example" src="/docs/${page}.html" title="${title}" loading="lazy"></iframe>\n${code}`;
    };
  };

  /** @param {{outDir: string}} site */
  const writeExamples = ({outDir}) => {
    for (const [file, text] of files) {
      const path = join(outDir, file);
      mkdirSync(dirname(path), {recursive: true});
      writeFileSync(path, text);
    }
  };

  return {plugin, writeExamples};
}
