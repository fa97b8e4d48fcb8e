import {existsSync} from 'node:fs';
import {join} from 'node:path';

/** Finds a file of the built elements by its name in `dist`; resolves once the file is built. */
export type BuiltFiles = (name: string) => Promise<string>;

/** The files that pages load. */
const BUNDLES = [
  'sip-elements.js',
  'sip-elements.global.js',
  'frame-host.js',
  'frame-phone.js',
  'background.js',
  'noise-suppression.js',
  'protocol-handler.html',
  'protocol-handler.js',
  'sip-elements-ar.js',
  'sip-elements-en.js',
  'sip-elements-links.js',
  'sip-elements-conference.js',
  'sip-elements-directory.js',
  'sip-elements-intercom.js',
  'sip-elements-messages.js',
  'sip-elements-monitor.js',
  'sip-elements-channels.js',
  'sip-elements-channel-tools.js',
  'sip-elements-console.js',
  'sip-elements-monitor-tools.js',
  'sip-elements-directory-desk.js',
  'sip-elements-directory-search.js',
  'sip-elements-pinyin.js',
  'sip-elements-selection.js',
  'sip-elements-pedals.js',
  'sip-elements-patches.js',
  'sip-elements-alarms.js',
  'sip-elements-more.js',
  'sip-elements-queue.js',
  'sip-elements-recall.js',
  'sip-elements-recall-panel.js',
  'sip-elements-recordings.js',
  'sip-elements-desk-link.js',
  'sip-elements-outbox.js',
  'sip-elements-tus.js',
  'sip-elements-journal.js',
  'sip-elements-journal-panel.js',
  'sip-elements-check.js',
  'sip-elements-check-panel.js',
  'sip-elements-headsets.js',
  'sip-elements-pbx.js',
  'sip-elements-telemetry.js',
  'sip-elements-push.js',
  'sip-elements-quality.js',
  'sip-elements-captions.js',
  'sip-elements-encryption.js',
  'sip-elements-effects.js',
  'sip-elements-keys.js',
  'sip-elements-map.js',
  'sip-elements-message-groups.js',
  'sip-elements-remux.js',
  'sip-elements-zh.js',
  'sip-notification-worker.js',
  'sip-push-worker.js',
  'sip-shared-worker.js',
  'sip-encryption-worker.js',
  'functions.js',
  'functions.global.js',
  'functions-check.js',
  'functions-headsets.js',
  'functions-pbx.js',
  'functions-telemetry.js',
  'functions-people.js',
  'functions-quality.js',
  'functions-captions.js',
  'functions-journal.js',
  'functions-messages.js',
  'functions-recall.js',
  'functions-more.js',
];

const PATHS = new Set(BUNDLES.flatMap((file) => [`/${file}`, `/${file}.map`]));

/** A file of a folder that pages load from: that of the loader of single elements, and that of the ready files. */
const FOLDER_PATH = /^\/(?:loader|ready)\/[\w-][\w.-]*$/;

/**
 * Returns the built file that is served under a path; undefined if there is none.
 *
 * @param dist The folder of the built files, or what finds them.
 */
export async function findBuilt(dist: string | BuiltFiles, path: string): Promise<string | undefined> {
  if (!PATHS.has(path) && !FOLDER_PATH.test(path)) return undefined;
  const name = path.slice(1);
  const file = typeof dist === 'string' ? join(dist, name) : await dist(name);
  return existsSync(file) ? file : undefined;
}
