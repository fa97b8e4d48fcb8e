/** A browser for `@web/test-runner` that is controlled by WebDriver (W3C), one page at a time. */

/** How long the driver may take to start listening, in ms. */
const START = 30_000;

/**
 * Returns a launcher for WebKitGTK.
 *
 * @param {string} driver The driver's address.
 * @returns {import('@web/test-runner').BrowserLauncher}
 */
export function webKitLauncher(driver) {
  /** @type {string | undefined} The id of the tests in the page. */
  let active;
  /** @type {Promise<string> | undefined} The path of the driver's session. */
  let session;

  /** @param {string} path @param {object} [body] @param {string} [method] */
  async function ask(path, body, method = body ? 'POST' : 'GET') {
    const response = await fetch(`${driver}/${path}`, {
      method,
      ...(body && {headers: {'content-type': 'application/json'}, body: JSON.stringify(body)}),
    });
    const {value} = /** @type {{value: any}} */ (await response.json());
    if (!response.ok) throw new Error(`WebDriver, ${path}: ${value?.message ?? response.status}`);
    return value;
  }

  async function begin() {
    const last = Date.now() + START;
    // Waits until the driver listens.
    while (Date.now() < last && !(await ask('status').catch(() => undefined)))
      await new Promise((resolve) => setTimeout(resolve, 50));
    const browser = {pageLoadStrategy: 'none', 'webkitgtk:browserOptions': {args: ['--automation']}};
    return `session/${(await ask('session', {capabilities: {alwaysMatch: browser}})).sessionId}`;
  }

  return {
    name: 'WebKitGTK',
    type: 'webkitgtk',
    concurrency: 1,
    async startSession(id, url) {
      session ??= begin();
      await ask(`${await session}/url`, {url});
      active = id;
    },
    isActive: (id) => id === active,
    getBrowserUrl: async () => (session ? await ask(`${await session}/url`) : undefined),
    async stopSession() {
      active = undefined;
      // A blank page, so that nothing remains for the next tests.
      if (session) await ask(`${await session}/url`, {url: 'about:blank'});
      return {};
    },
    async stop() {
      if (session) await ask(await session, undefined, 'DELETE');
      session = undefined;
    },
    startDebugSession: () => Promise.reject(new Error('WebKitGTK is on a screen that nobody sees.')),
  };
}
