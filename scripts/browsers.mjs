/**
 * Finds the browsers that the tests run in, and installs them on a Debian or Ubuntu machine when run as root.
 *
 * As a command (`node scripts/browsers.mjs [chrome] [firefox]`) it prints their paths, one per line.
 */
import {spawnSync} from 'node:child_process';
import {accessSync, constants, readFileSync, statSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The pages that Chromium loads for the address bar of every window: they cost more than a window itself. */
const ADDRESS_BAR = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];

/** How long a browser may take to start, in milliseconds: a busy machine must not fail the tests. */
export const BROWSER_START = 120_000;

/** Chromium's flags for tests: no window, fake devices, no background network traffic. */
export const CHROME_FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${ADDRESS_BAR.join()}`,
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/**
 * Firefox's preferences for tests: fake devices, no prompts, sound at once, calls on the loopback.
 *
 * @type {Readonly<Record<string, boolean | number>>}
 */
export const FIREFOX_PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.autoplay.default': 0,
  'media.peerconnection.ice.loopback': true,
  'permissions.default.camera': 1,
  'permissions.default.microphone': 1,
  // Only one of several windows has the focus: without these the others would wait for it to open a device.
  'media.navigator.permission.disabled': true,
  'media.devices.unfocused.enabled': true,
  // Addresses are hidden unless the user was asked for a device.
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  // The panel would take the focus from the page.
  'browser.download.alwaysOpenPanel': false,
  // Firefox shows notifications itself: the system may be unable to.
  'alerts.useSystemBackend': false,
};

/**
 * @typedef {object} BrowserPlaces
 * @property {string} title Its name for people.
 * @property {string} variable The environment variable that names its executable.
 * @property {readonly string[]} names Its executable's names on the PATH.
 * @property {readonly string[]} paths Its usual places elsewhere.
 * @property {string} debian The Debian package that contains it.
 * @property {string} [ubuntu] The Ubuntu package that contains it, if there is one.
 */

const {HOME = '', LOCALAPPDATA = '', PROGRAMFILES = 'C:\\Program Files'} = process.env;
const PROGRAMFILES_X86 = process.env['PROGRAMFILES(X86)'] ?? 'C:\\Program Files (x86)';
const WINDOWS_FOLDERS = [PROGRAMFILES, PROGRAMFILES_X86, LOCALAPPDATA].filter(Boolean);
const MAC_FOLDERS = ['/Applications', `${HOME}/Applications`];

/** @type {BrowserPlaces} */
const CHROME = {
  title: 'Chrome or Chromium',
  variable: 'CHROME_PATH',
  names: [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'chrome',
    'microsoft-edge',
  ],
  paths: [
    '/usr/lib/chromium/chromium',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
    ...MAC_FOLDERS.flatMap((folder) => [
      `${folder}/Google Chrome.app/Contents/MacOS/Google Chrome`,
      `${folder}/Chromium.app/Contents/MacOS/Chromium`,
      `${folder}/Microsoft Edge.app/Contents/MacOS/Microsoft Edge`,
    ]),
    ...WINDOWS_FOLDERS.flatMap((folder) => [
      `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
      `${folder}\\Chromium\\Application\\chrome.exe`,
      `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
    ]),
  ],
  debian: 'chromium',
  ubuntu: 'chromium-browser',
};

/**
 * Chromium without windows, for tests with one page for each file: a page takes a quarter less of the processor.
 *
 * @type {BrowserPlaces}
 */
const HEADLESS_CHROME = {
  title: 'Chromium without windows',
  variable: 'HEADLESS_CHROME_PATH',
  names: ['chromium-headless-shell', 'chrome-headless-shell'],
  paths: ['/usr/lib/chromium/chromium-headless-shell'],
  debian: 'chromium-headless-shell',
};

/** @type {BrowserPlaces} */
const FIREFOX = {
  title: 'Firefox',
  variable: 'FIREFOX_PATH',
  names: ['firefox-esr', 'firefox'],
  paths: [
    '/usr/lib/firefox-esr/firefox-esr',
    '/usr/lib/firefox/firefox',
    '/snap/bin/firefox',
    ...MAC_FOLDERS.map((folder) => `${folder}/Firefox.app/Contents/MacOS/firefox`),
    ...WINDOWS_FOLDERS.map((folder) => `${folder}\\Mozilla Firefox\\firefox.exe`),
  ],
  debian: 'firefox-esr',
  ubuntu: 'firefox',
};

/** WebKitGTK, its driver, and a virtual display for machines without one. */
const WEBKIT = ['webkitgtk-webdriver', 'xvfb'];

/**
 * Finds Chrome, Chromium or Edge: `CHROME_PATH` first, then the usual places, then the distribution's package.
 *
 * @returns {string} The path of its executable; throws an error that explains what to install.
 */
export function findChrome() {
  return find(CHROME);
}

/**
 * Finds Chromium without windows: `HEADLESS_CHROME_PATH` first, then the usual places, then the distribution's package. Where
 * there is none, and where `CHROME_PATH` names a browser, the tests take the one that `findChrome` finds.
 *
 * @returns {string} The path of its executable.
 */
export function findHeadlessChrome() {
  const {HEADLESS_CHROME_PATH, CHROME_PATH} = process.env;
  if (!HEADLESS_CHROME_PATH && CHROME_PATH) return findChrome();
  return findOrInstall(HEADLESS_CHROME) ?? findChrome();
}

/**
 * Finds Firefox: `FIREFOX_PATH` first, then the usual places, then the distribution's package.
 *
 * @returns {string} The path of its executable; throws an error that explains what to install.
 */
export function findFirefox() {
  return find(FIREFOX);
}

/**
 * Finds PulseAudio, without which Firefox has no audio clock on a machine without a sound device.
 *
 * @returns {string | undefined} Its path; `undefined` if it is missing and cannot be installed.
 */
export function findPulseAudio() {
  if (process.platform !== 'linux') return undefined;
  return onPath(['pulseaudio']) ?? (installPackages(['pulseaudio']) ? onPath(['pulseaudio']) : undefined);
}

/**
 * Finds WebKitGTK's driver and a virtual display for it: on the PATH, then as the distribution's packages.
 *
 * @returns {{driver: string, screen: string}} Their paths; throws an error that explains what to install.
 */
export function findWebKit() {
  const look = () => ({driver: onPath(['WebKitWebDriver']), screen: onPath(['Xvfb'])});
  let {driver, screen} = look();
  if ((!driver || !screen) && installPackages(WEBKIT)) ({driver, screen} = look());
  if (driver && screen) return {driver, screen};
  throw new Error(`The tests need WebKitGTK: run "apt-get install ${WEBKIT.join(' ')}" as root.`);
}

/** @param {BrowserPlaces} browser */
function find(browser) {
  const found = findOrInstall(browser);
  if (found) return found;
  const system = linux();
  const advice = system ? `run "apt-get install ${packageOf(browser, system)}" as root` : 'install it';
  throw new Error(`The tests need ${browser.title}: ${advice}, or name its program in ${browser.variable}.`);
}

/** @param {BrowserPlaces} browser */
function findOrInstall(browser) {
  const asked = process.env[browser.variable];
  if (asked) {
    if (isExecutable(asked)) return asked;
    throw new Error(`${browser.variable} is "${asked}", and no program is there.`);
  }
  const wanted = packageOf(browser, linux());
  return search(browser) ?? (wanted && installPackages([wanted]) ? search(browser) : undefined);
}

/**
 * @param {BrowserPlaces} browser
 * @param {'debian' | 'ubuntu' | undefined} system
 */
const packageOf = (browser, system) => system && browser[system];

/** @param {BrowserPlaces} browser */
const search = (browser) => onPath(browser.names) ?? browser.paths.find(isExecutable);

/**
 * Finds a program by its names on the PATH.
 *
 * @param {readonly string[]} names
 */
export function onPath(names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return names.flatMap((name) => folders.map((folder) => join(folder, name + suffix))).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @returns {'debian' | 'ubuntu' | undefined} The family of packages that this machine can install. */
function linux() {
  if (process.platform !== 'linux') return undefined;
  try {
    const release = readFileSync('/etc/os-release', 'utf8');
    const [, name = ''] = /^ID="?([^"\n]+)/m.exec(release) ?? [];
    if (name === 'ubuntu') return 'ubuntu';
    return name === 'debian' || /^ID_LIKE=.*\bdebian\b/m.test(release) ? 'debian' : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Installs packages of the distribution. Returns false if it may not, or if that failed.
 *
 * @param {readonly string[]} names
 */
export function installPackages(names) {
  if (!linux() || process.getuid?.() !== 0) return false;
  console.error(`Installing ${names.join(', ')} …`);
  // Its output goes to stderr, so that stdout contains only the paths.
  const run = (/** @type {string[]} */ ...words) =>
    spawnSync('apt-get', words, {
      stdio: ['ignore', 2, 2],
      env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'},
    }).status === 0;
  return run('-qq', 'update') && run('-qq', 'install', '-y', '--no-install-recommends', ...names);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2);
  try {
    for (const name of asked.length ? asked : ['chrome']) {
      console.log(name === 'firefox' ? findFirefox() : findChrome());
    }
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : thrown);
    process.exitCode = 1;
  }
}
