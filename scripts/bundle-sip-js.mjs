import {rmSync, writeFileSync} from 'node:fs';
import {minify} from '@swc/core';
import {nodeResolve} from '@rollup/plugin-node-resolve';
import {rollup} from 'rollup';
import {within} from './project.mjs';
import {licencesOf, onwarn, shortSipJs} from './rollup.mjs';

/**
 * Puts the code of sip.js that is used into the built package, in place of the module that imports it, with its licence:
 * users' bundlers get neither its grammar nor the rest.
 *
 * @param {string} folder Of the compiled modules, relative to the project's root.
 */
export async function bundleSipJs(folder) {
  const file = within(`${folder}/sip/sip-js.js`);
  const bundle = await rollup({
    input: file,
    onwarn,
    plugins: [nodeResolve({browser: true}), shortSipJs()],
    treeshake: {moduleSideEffects: false},
  });
  const {output} = await bundle.generate({format: 'es'});
  await bundle.close();
  const [{code, moduleIds}] = output;
  // Only what readers need is left out: users' bundlers do the rest.
  const short = await minify(code, {module: true, compress: false});
  writeFileSync(file, `/*!\n${licencesOf(moduleIds)}*/\n${short.code}`);
  rmSync(`${file}.map`, {force: true});
}
