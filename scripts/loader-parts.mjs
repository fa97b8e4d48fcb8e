/** Which modules the parts of the loader consist of. */

/** @param {readonly string[]} names */
const tags = (...names) => names.map((name) => `define/sip-${name}.js`);

/** What an element loads once it is used. @param {readonly string[]} names */
const inner = (...names) => names.map((name) => `elements/sip-${name}/inner.js`);

const PROFILES = ['dispatch/dispatch-service.js', 'standard/standard-service.js'];
const IN_CALL = 'elements/sip-call/call-view.js';
const VIEWS = 'elements/sip-phone/views-inner.js';

const CONTROLS = tags(
  ...['audio', 'camera-button', 'duration', 'hangup-button', 'hold-button', 'keypad', 'mute-button'],
  ...['photo-button', 'quality', 'record-button', 'screen-button', 'transfer-button', 'video'],
);
const PANELS = inner('conference', 'directory', 'intercom', 'messages', 'monitor');
const ELEMENTS = tags(
  ...['call', 'calls', 'conference', 'devices', 'dialer', 'directory', 'history'],
  ...['incoming', 'intercom', 'messages', 'monitor', 'upload'],
);

/**
 * The parts, by what a page uses. A part has the modules that its roots load at once and no part above it has; with a
 * number, only those that at least so many of its roots load. What is in no part is what few pages load, each when it
 * needs it: Rollup makes files of it.
 *
 * @type {readonly (readonly [part: string, roots: readonly (string | readonly string[])[], number?])[]}
 */
const PARTS = [
  ['client', tags('client')],
  ['client', [PROFILES, [...ELEMENTS, IN_CALL, ...CONTROLS, ...PANELS]], 2],
  ['elements', ELEMENTS, 6],
  ['call', tags('call', 'dialer', 'incoming')],
  ['calls-shared', [[...tags('phone'), VIEWS], IN_CALL], 2],
  ['calls-shared', ['elements/sip-dialer/urgent-menu.js']],
  ['lists', [...tags('calls', 'devices', 'directory', 'history', 'messages'), 'define/sip-phone.js'], 2],
  ...['calls', 'devices', 'directory', 'history', 'messages', 'phone'].map(
    (name) => /** @type {const} */ ([name, tags(name)]),
  ),
  ['in-call', [IN_CALL, ...CONTROLS]],
  ['sip', PROFILES, 2],
  ['dispatch', ['dispatch/dispatch-service.js']],
  ['standard', ['standard/standard-service.js']],
  ['forms', ['elements/sip-phone/phone-login.js', PANELS], 2],
  ['panels', tags('conference', 'intercom', 'monitor', 'upload'), 2],
  ['panels', PANELS, 2],
];

/**
 * Returns the function that assigns modules to parts.
 *
 * @param {string} folder Of the compiled modules.
 * @returns {import('rollup').GetManualChunk}
 */
export function loaderParts(folder) {
  /** @type {Map<string, string> | undefined} */
  let parts;
  return (id, graph) => (parts ??= assigned(folder, graph)).get(id);
}

/**
 * @param {string} folder
 * @param {import('rollup').ManualChunkMeta} graph
 */
function assigned(folder, {getModuleIds, getModuleInfo}) {
  const modules = [...getModuleIds()];
  /** @type {Map<string, string>} */
  const parts = new Map();
  const place = folder.replaceAll('\\', '/');
  for (const [part, roots, sharedBy = 1] of PARTS) {
    const loaded = roots.map((root) => {
      const ids = new Set([root].flat().map((name) => moduleAt(`${place}/${name}`)));
      for (const id of ids) getModuleInfo(id)?.importedIds.forEach((imported) => ids.add(imported));
      return ids;
    });
    for (const id of modules)
      if (!parts.has(id) && loaded.filter((ids) => ids.has(id)).length >= sharedBy) parts.set(id, part);
  }
  return parts;

  /** @param {string} path */
  function moduleAt(path) {
    const id = modules.find((each) => each.replaceAll('\\', '/').endsWith(`/${path}`));
    if (!id) throw new Error(`No part of the loader can begin with ${path}: there is no such module.`);
    return id;
  }
}
