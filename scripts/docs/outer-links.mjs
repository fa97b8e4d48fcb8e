/** Links of the documentation to files outside of `docs`, which the site does not have. */
import {readFileSync} from 'node:fs';
import {posix} from 'node:path';
import {within} from '../project.mjs';

/** @type {{repository?: {url?: string} | string}} */
const {repository} = JSON.parse(readFileSync(within('package.json'), 'utf8'));
const address = typeof repository === 'string' ? repository : repository?.url;
/** Where the repository can be read, if the package says so. */
const SOURCES =
  address?.startsWith('http') || address?.startsWith('git+http')
    ? `${address.replace(/^git\+|\.git$/g, '')}/blob/main/`
    : undefined;

/**
 * Where a link of a page leads outside of the site: a page of the development server, or a file of the repository.
 *
 * @param {string} link
 * @param {string} page Its path in `docs`.
 * @returns {{href?: string, path: string} | undefined} Undefined for a link within the site, or to another one.
 */
export function outerLink(link, page) {
  if (/^([a-z]+:|#|\/)/i.test(link)) return undefined;
  const path = posix.join('docs', posix.dirname(page), link);
  if (path.startsWith('docs/')) return undefined;
  const served = /^demo\/((?:recipes\/)?[\w-]+\.html)$/.exec(path)?.[1];
  if (served) return {href: `/${served}`, path};
  return SOURCES ? {href: SOURCES + path, path} : {path};
}

/**
 * A plugin of markdown-it. Without a public repository, the name of the file is shown.
 *
 * @param {import('markdown-it').default} md
 */
export function outerLinks(md) {
  md.core.ruler.after('inline', 'outer-links', ({tokens, env}) => {
    for (const {children} of tokens) {
      /** @type {string[]} The ends of the links that are open. */
      const ends = [];
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const outer = outerLink(String(token.attrGet('href')), String(env.relativePath));
          const end = outer?.href ? '</a>' : `</span> (<code>${outer?.path.replace(/#.*/, '')}</code>)`;
          ends.push(outer ? end : '');
          if (outer) {
            token.type = 'html_inline';
            token.content = outer.href ? `<a href="${outer.href}" target="_self">` : '<span>';
          }
        } else if (token.type === 'link_close') {
          const end = ends.pop();
          if (!end) continue;
          token.type = 'html_inline';
          token.content = end;
        }
      }
    }
  });
}
