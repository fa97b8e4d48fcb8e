/** Finds the browsers that the tests run in, and installs the distribution's where that can be done. */
import {execFileSync} from 'node:child_process';
import {accessSync, constants, readFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';

/** Chromium's flags for tests: no window, fake devices, nothing that talks to the outside. */
export const CHROME_FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

const CHROME = {
  name: 'Chrome or Chromium',
  variable: 'CHROME_PATH',
  packageName: 'chromium',
  commands: ['chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser'],
  places: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

const FIREFOX = {
  name: 'Firefox',
  variable: 'FIREFOX_PATH',
  packageName: 'firefox-esr',
  commands: ['firefox-esr', 'firefox'],
  places: [
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
};

/** The path of Chrome or Chromium: `CHROME_PATH` first. */
export const findChrome = () => find(CHROME);

/** The path of Firefox: `FIREFOX_PATH` first. */
export const findFirefox = () => find(FIREFOX);

function find(browser) {
  const named = process.env[browser.variable];
  if (named) {
    if (runs(named)) return named;
    throw new Error(`${browser.variable} is ${named}, which is no program that can be started.`);
  }
  const found = search(browser);
  if (found) return found;
  if (canInstall()) {
    install(browser.packageName);
    const installed = search(browser);
    if (installed) return installed;
  }
  throw new Error(
    `${browser.name} is missing. Install it (on Debian and Ubuntu: sudo apt-get install ${browser.packageName}), ` +
      `or set ${browser.variable} to the path of its program.`,
  );
}

function search({commands, places}) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return [...commands.flatMap((command) => folders.map((folder) => join(folder, command))), ...places].find(
    runs,
  );
}

function runs(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function canInstall() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    return /^(ID|ID_LIKE)=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** Installs packages of Debian or Ubuntu. */
export function install(...packages) {
  process.stderr.write(`Installing ${packages.join(', ')} …\n`);
  const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
  execFileSync('apt-get', ['update', '-q'], {env, stdio: ['ignore', 'ignore', 'inherit']});
  execFileSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
