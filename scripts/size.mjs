/**
 * Prepares what `size-limit` weighs: what a page loads before anyone connects.
 *
 * It bundles `dist/define.js` with its dependencies into chunks and keeps the entry and what that imports
 * statically in `.cache/size`; it fails where sip.js, media or a profile is among them.
 */
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {basename, join, relative} from 'node:path';
import {nodeResolve} from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import {rollup} from 'rollup';
import {within} from './project.mjs';
import {minification, onwarn} from './rollup.mjs';

/** What is loaded on connect, or later, and never before. */
const LATER =
  /node_modules[\\/](sip\.js|@noble|mediabunny)[\\/]|\bdist[\\/](sip|dispatch|standard|media)[\\/]/;

const folder = within('.cache/size');
const bundle = await rollup({
  input: within('dist/define.js'),
  onwarn,
  plugins: [nodeResolve({browser: true}), terser(minification)],
});
const {output} = await bundle.generate({format: 'es'});
await bundle.close();

const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])));
const loaded = new Set(
  output.flatMap((file) => (file.type === 'chunk' && file.isEntry ? [file.fileName] : [])),
);
for (const fileName of loaded) chunks.get(fileName)?.imports.forEach((imported) => loaded.add(imported));

rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
const early = new Set();
for (const fileName of loaded) {
  const chunk = chunks.get(fileName);
  if (!chunk) throw new Error(`${fileName} is imported and was not bundled.`);
  writeFileSync(join(folder, basename(fileName)), chunk.code);
  for (const [id, {renderedLength}] of Object.entries(chunk.modules)) {
    const [place] = (renderedLength && LATER.exec(relative(within(''), id))) || [];
    if (place) early.add(place);
  }
}
if (early.size) {
  console.error(`Loaded before anyone connects, and must not be:\n  ${[...early].join('\n  ')}`);
  process.exitCode = 1;
}
