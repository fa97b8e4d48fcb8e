import type {Page} from 'puppeteer-core';

/** The echo of the development server. */
export const ECHO = '9999';

/** Waits until the page's `<sip-client>` is registered. */
export const isRegistered = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    () => document.querySelector('sip-client')?.client?.state.registration === 'registered',
  );

/** Calls a number, which rings then. */
export const dials = (page: Page, number: string, media: 'audio' | 'video' = 'audio'): Promise<void> =>
  page.evaluate(
    (number, media) =>
      document
        .querySelector('sip-client')!
        .call(number, {media})
        .then(() => {}),
    number,
    media,
  );

/** Calls a number, and waits until it has answered and something has arrived. */
export async function calls(page: Page, number: string, media: 'audio' | 'video' = 'audio'): Promise<void> {
  await dials(page, number, media);
  await isTalking(page);
}

/** Waits until sound arrives in the page's newest call. */
export const isTalking = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => {
    const call = document.querySelector('sip-client')!.calls.at(-1);
    return call?.state.phase === 'answered' && (call.quality?.received.audio?.bitrate ?? 0) > 0;
  });

/** Hangs up all calls of the page. */
export async function hangsUp(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const call of document.querySelector('sip-client')!.calls) await call.hangup();
  });
  await page.waitForFunction(() => document.querySelector('sip-client')!.calls.length === 0);
}

/** The same page of an author: a `<sip-client>` of a user, around these elements. */
export const phone = (user: string, inside = '', attributes = 'autoconnect'): string =>
  `<sip-client server="/fswebrtc" user="${user}" password="1234" shared-worker="none" ${attributes}>${inside}</sip-client>
  <button>Press</button><p id="panel"></p>`;
