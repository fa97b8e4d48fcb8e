/**
 * Two commands of the tests in a page: `screen` takes what a part of the page looks like, as a PNG in base64; `forced-colors`
 * gives it the system's colors, or takes them back.
 *
 * @returns {import('@web/test-runner').TestRunnerPlugin<any>}
 */
export function screen() {
  return {
    name: 'screen',
    async executeCommand({command, payload, session}) {
      if (command !== 'screen' && command !== 'forced-colors') return undefined;
      const {browser} = /** @type {{browser: any}} */ (session);
      /** @type {import('puppeteer-core').Page} */
      const page = browser.getPage(session.id);
      if (command === 'screen') {
        const clip = /** @type {import('puppeteer-core').ScreenshotClip} */ (payload);
        return {png: await page.screenshot({encoding: 'base64', clip})};
      }
      // The library knows no forced colors.
      const protocol = await page.createCDPSession();
      const features = [{name: 'forced-colors', value: payload ? 'active' : 'none'}];
      await protocol.send('Emulation.setEmulatedMedia', {features});
      // Ending the session would end the emulation.
      return {emulated: features[0]?.value};
    },
  };
}
