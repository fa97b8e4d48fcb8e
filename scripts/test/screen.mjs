/**
 * The command `screen`: takes what a part of the page under test looks like, as a PNG in base64.
 *
 * @returns {import('@web/test-runner').TestRunnerPlugin<import('puppeteer-core').ScreenshotClip>}
 */
export function screen() {
  return {
    name: 'screen',
    async executeCommand({command, payload, session}) {
      if (command !== 'screen') return undefined;
      const {browser} = /** @type {{browser: import('@web/test-runner-chrome').ChromeLauncher}} */ (
        /** @type {unknown} */ (session)
      );
      const clip = /** @type {import('puppeteer-core').ScreenshotClip} */ (payload);
      return {png: await browser.getPage(session.id).screenshot({encoding: 'base64', clip})};
    },
  };
}
