/** Which modules the parts of the loader and of the ready files consist of. */
import {existsSync} from 'node:fs';
import {within} from './project.mjs';

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

/** @typedef {readonly (readonly [part: string, roots: readonly (string | readonly string[])[], number?])[]} Parts */

/** What pages load once they connect, or open something. @type {Parts} */
const LATER = [
  ['in-call', [IN_CALL, ...CONTROLS]],
  ['tones', ['media/audio/tones.js']],
  ['sip', PROFILES, 2],
  ['dispatch', ['dispatch/dispatch-service.js']],
  ['standard', ['standard/standard-service.js']],
  ['forms', ['elements/sip-phone/phone-login.js', PANELS], 2],
  ['panels', tags('conference', 'intercom', 'monitor', 'upload'), 2],
  ['panels', PANELS, 2],
];

/** What the code for SIP has in common with what is used before anyone connects. */
const SHARED_WITH_SIP = [
  PROFILES,
  [
    ...ELEMENTS,
    IN_CALL,
    ...CONTROLS,
    ...PANELS,
    'core/messages/message-manager.js',
    'core/people/people-resolver.js',
  ],
];
const URGENT = 'elements/sip-dialer/urgent-menu.js';

/**
 * The parts, by what a page uses. A part has the modules that its roots load at once and no part above it has; with a
 * number, only those that at least so many of its roots load. What is in no part is what few pages load, each when it
 * needs it: Rollup makes files of it.
 *
 * @type {Parts}
 */
export const LOADER_PARTS = [
  ['client', tags('client')],
  ['client', SHARED_WITH_SIP, 2],
  ['elements', ELEMENTS, 6],
  ['call', tags('call', 'dialer', 'incoming')],
  ['calls-shared', [[...tags('phone'), VIEWS], IN_CALL], 2],
  ['calls-shared', [URGENT]],
  ['lists', [...tags('calls', 'devices', 'directory', 'history', 'messages', 'phone')], 2],
  ...['calls', 'devices', 'directory', 'history', 'messages', 'phone'].map(
    (name) => /** @type {const} */ ([name, tags(name)]),
  ),
  ...LATER,
];

/** The same for the ready files: a call's has all that a phone needs beside it. @type {Parts} */
export const READY_PARTS = [
  ['call', ['ready/call.js']],
  ['call', SHARED_WITH_SIP, 2],
  ['call', [['ready/phone.js', VIEWS], IN_CALL], 2],
  ['in-call', [URGENT]],
  ['phone', ['ready/phone.js']],
  ['views', [VIEWS]],
  ...LATER,
];

/**
 * Returns the function that assigns modules to parts.
 *
 * @param {Parts} table
 * @param {string} folder Of the compiled modules.
 * @returns {import('rollup').GetManualChunk}
 */
export function partsOf(table, folder) {
  /** @type {Map<string, string> | undefined} */
  let parts;
  return (id, graph) => (parts ??= assigned(table, folder, graph)).get(id);
}

/**
 * @param {Parts} table
 * @param {string} folder
 * @param {import('rollup').ManualChunkMeta} graph
 */
function assigned(table, folder, {getModuleIds, getModuleInfo}) {
  const modules = [...getModuleIds()];
  /** @type {Map<string, string>} */
  const parts = new Map();
  const place = folder.replaceAll('\\', '/');
  for (const [part, roots, sharedBy = 1] of table) {
    const loaded = roots.map((root) => {
      const ids = new Set([root].flat().map((name) => moduleAt(`${place}/${name}`)));
      for (const id of ids) if (id) getModuleInfo(id)?.importedIds.forEach((imported) => ids.add(imported));
      return ids;
    });
    for (const id of modules)
      if (!parts.has(id) && loaded.filter((ids) => ids.has(id)).length >= sharedBy) parts.set(id, part);
  }
  return parts;

  /** Returns a module's id; an empty text if the bundle does not have it. @param {string} path */
  function moduleAt(path) {
    if (!existsSync(within(path)))
      throw new Error(`No part can begin with ${path}: there is no such module.`);
    return modules.find((id) => id.replaceAll('\\', '/').endsWith(`/${path}`)) ?? '';
  }
}
