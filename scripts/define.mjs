/** What names every element once: the modules that define the tags, the table of the loader, the exports of the package. */

/** @typedef {{tagName: string, name: string, path: string}} Defined A tag, its class, and the file of the class. */

/** The tags that an element renders from the beginning, without defining them itself. */
const RENDERED = {
  'sip-console': [
    ...['sip-call', 'sip-channels', 'sip-conference', 'sip-dialer', 'sip-directory', 'sip-history'],
    ...['sip-incoming', 'sip-journal', 'sip-keys', 'sip-map', 'sip-messages', 'sip-monitor', 'sip-queue'],
    'sip-upload',
  ],
  'sip-phone': ['sip-call', 'sip-client', 'sip-dialer', 'sip-incoming'],
};

/**
 * @param {string} from The folder that imports, with a slash at its end.
 * @param {string} path
 */
const moduleOf = (from, path) => path.replace('src/', from).replace(/\.ts$/, '.js');

/** @param {Defined} element */
export const defineFile = ({tagName, name, path}) => `import {${name}} from '${moduleOf('../', path)}';
${(RENDERED[/** @type {keyof typeof RENDERED} */ (tagName)] ?? []).map((tag) => `import './${tag}.js';`).join('\n')}

// Does not replace an element that the page has already registered.
if (!customElements.get('${tagName}')) customElements.define('${tagName}', ${name});

export {${name}};
`;

/**
 * The files with a line for each element.
 *
 * @type {Readonly<Record<string, {line: (element: Defined) => string, old: RegExp, first?: readonly string[]}>>}
 */
const TABLES = {
  'src/define.ts': {
    line: ({tagName}) => `import './define/${tagName}.js';\n`,
    old: /^import '\.\/define\/.*\n/gm,
    // Elements find their client and their call at once.
    first: ['sip-client', 'sip-call'],
  },
  'src/index.ts': {
    line: ({name, path}) => `export {${name}} from '${moduleOf('./', path)}';\n`,
    old: /^export \{Sip\w+Element\} from .*\n/gm,
  },
  'src/sip-elements-loader.ts': {
    line: ({tagName}) => `  '${tagName}': () => import('./define/${tagName}.js'),\n`,
    old: /^ {2}'[\w-]+': \(\) => import\('\.\/define\/.*\n/gm,
  },
};

export const DEFINE_FILES = Object.keys(TABLES);

/**
 * Replaces the lines for the elements.
 *
 * @param {string} file
 * @param {string} text
 * @param {readonly Defined[]} elements
 */
export function withDefinitions(file, text, elements) {
  const {line, old, first = []} = TABLES[file] ?? {};
  if (!line || !old?.test(text)) throw new Error(`${file} has no lines for the elements.`);
  const place = (/** @type {Defined} */ {tagName}) => [...first, tagName].indexOf(tagName);
  let lines = [...elements]
    .sort((one, other) => place(one) - place(other))
    .map(line)
    .join('');
  return text.replace(old, () => {
    const written = lines;
    lines = '';
    return written;
  });
}
