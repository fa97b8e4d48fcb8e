import type {JSHandle, Page} from 'puppeteer-core';

/** Collects a page's garbage. */
export async function collectGarbage(page: Page): Promise<void> {
  const inspector = await page.createCDPSession();
  // Garbage of one round may refer to garbage that the next round finds.
  for (let round = 0; round < 3; round += 1) await inspector.send('HeapProfiler.collectGarbage');
  await inspector.detach();
}

/**
 * How many objects of each kind a page holds; collect the garbage before.
 *
 * @param prototypes - By the kinds' names; each an expression that gives the prototype. Of a kind whose name begins
 * with `live` only tracks that have not ended count.
 */
export async function instances(
  page: Page,
  prototypes: Readonly<Record<string, string>>,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [name, expression] of Object.entries(prototypes)) {
    const prototype = (await page.evaluateHandle(expression)) as JSHandle<object>;
    const found = await page.queryObjects(prototype);
    counts[name] = await found.evaluate(
      (all: any, live) =>
        // Prototypes are found as well.
        all.filter((one: any) => !Object.hasOwn(one, 'constructor') && (!live || one.readyState === 'live'))
          .length,
      name.startsWith('live'),
    );
    await Promise.all([found.dispose(), prototype.dispose()]);
  }
  return counts;
}
