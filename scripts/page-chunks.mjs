/** Bundles what a page loads: shared by the limits of sizes and by the table of sizes. */
import {nodeResolve} from '@rollup/plugin-node-resolve';
import {rollup} from 'rollup';
import {within} from './project.mjs';
import {nativeUrl, onwarn} from './rollup.mjs';

/** The tags of a phone. */
export const PHONE = ['sip-client', 'sip-dialer', 'sip-incoming', 'sip-call'];

/** @param {readonly string[]} tags */
export const modulesOf = (tags) => tags.map((tag) => `dist/define/${tag}.js`);

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

/**
 * Bundles a page that imports these modules of `dist`; returns all chunks, and the names of those that it loads at once:
 * the entry and its static imports.
 *
 * @param {readonly string[]} modules
 */
export async function chunksOf(modules) {
  const bundle = await rollup({
    input: PAGE,
    onwarn,
    plugins: [pageOf(modules), nativeUrl(), nodeResolve({browser: true})],
  });
  const {output} = await bundle.generate({format: 'es'});
  await bundle.close();
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])));
  const loaded = new Set([...chunks.values()].flatMap(({isEntry, fileName}) => (isEntry ? [fileName] : [])));
  for (const fileName of loaded) chunks.get(fileName)?.imports.forEach((imported) => loaded.add(imported));
  return {chunks, loaded};
}
