/**
 * Three commands of the tests in a page: `screen` takes what a part of the page looks like, as a PNG in base64;
 * `forced-colors` gives it the system's colors, or takes them back; `touch` makes a finger its only pointer, or takes that
 * back.
 *
 * @returns {import('@web/test-runner').TestRunnerPlugin<any>}
 */
export function screen() {
  return {
    name: 'screen',
    async executeCommand({command, payload, session}) {
      if (command !== 'screen' && command !== 'forced-colors' && command !== 'touch') return undefined;
      const {browser} = /** @type {{browser: any}} */ (session);
      /** @type {import('puppeteer-core').Page} */
      const page = browser.getPage(session.id);
      if (command === 'screen') {
        const clip = /** @type {import('puppeteer-core').ScreenshotClip} */ (payload);
        return {png: await page.screenshot({encoding: 'base64', clip})};
      }
      // The library knows neither forced colors nor a finger alone.
      const protocol = await page.createCDPSession();
      if (command === 'touch') {
        await protocol.send('Emulation.setTouchEmulationEnabled', {enabled: Boolean(payload)});
        return {touch: Boolean(payload)};
      }
      const features = [{name: 'forced-colors', value: payload ? 'active' : 'none'}];
      await protocol.send('Emulation.setEmulatedMedia', {features});
      // Ending the session would end the emulation.
      return {emulated: features[0]?.value};
    },
  };
}
