/**
 * Prepares the files that `size-limit` measures: what a page loads before it connects, with every element and with a
 * phone's.
 *
 * Bundles the tags' modules of `dist` with their dependencies into chunks, and keeps the entry and its static imports
 * in `.cache/size`; fails if sip.js, media or a profile is among them.
 */
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {basename, join, relative} from 'node:path';
import {nodeResolve} from '@rollup/plugin-node-resolve';
import {rollup} from 'rollup';
import {minify} from 'terser';
import {within} from './project.mjs';
import {minification, onwarn} from './rollup.mjs';

/** Modules that must be loaded on connect or later. */
const LATER =
  /node_modules[\\/](sip\.js|@noble|mediabunny)[\\/]|\bdist[\\/](sip|dispatch|standard|media)[\\/]/;

/** The modules that pages import, by the resulting folder of `.cache/size`. */
const PAGES = {
  all: ['dist/define.js'],
  phone: ['sip-client', 'sip-dialer', 'sip-incoming', 'sip-call'].map((tag) => `dist/define/${tag}.js`),
};

/** The module that represents a page's own script. */
const PAGE = '\0page';

/**
 * @param {readonly string[]} modules
 * @returns {import('rollup').Plugin}
 */
const pageOf = (modules) => ({
  name: 'page',
  resolveId: (id) => (id === PAGE ? id : null),
  load: (id) =>
    id === PAGE ? modules.map((name) => `import ${JSON.stringify(within(name))};`).join('\n') : null,
});

/** @param {readonly string[]} modules */
async function chunksOf(modules) {
  const bundle = await rollup({
    input: PAGE,
    onwarn,
    plugins: [pageOf(modules), nodeResolve({browser: true})],
  });
  const {output} = await bundle.generate({format: 'es'});
  await bundle.close();
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])));
}

const early = new Set();
rmSync(within('.cache/size'), {recursive: true, force: true});
for (const [page, modules] of Object.entries(PAGES)) {
  const folder = within(`.cache/size/${page}`);
  mkdirSync(folder, {recursive: true});
  const chunks = await chunksOf(modules);
  const loaded = new Set([...chunks.values()].flatMap(({isEntry, fileName}) => (isEntry ? [fileName] : [])));
  for (const fileName of loaded) chunks.get(fileName)?.imports.forEach((imported) => loaded.add(imported));
  for (const fileName of loaded) {
    const chunk = chunks.get(fileName);
    if (!chunk) throw new Error(`${fileName} is imported and was not bundled.`);
    const {code = ''} = await minify(chunk.code, minification);
    writeFileSync(join(folder, basename(fileName)), code);
    for (const [id, {renderedLength}] of Object.entries(chunk.modules)) {
      const [place] = (renderedLength && LATER.exec(relative(within(''), id))) || [];
      if (place) early.add(place);
    }
  }
}
if (early.size) {
  console.error(`Loaded before anyone connects, and must not be:\n  ${[...early].join('\n  ')}`);
  process.exitCode = 1;
}
