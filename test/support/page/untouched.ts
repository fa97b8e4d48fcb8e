import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';

/** A page without a user gesture: other evaluations of puppeteer count as one. */
export interface UntouchedPage {
  /** Evaluates an expression; a promise is waited for. */
  evaluate<T>(expression: string): Promise<T>;
  /** Waits until an expression is true. */
  becomes(expression: string): Promise<void>;
}

export async function untouched(page: Page): Promise<UntouchedPage> {
  const session = await page.createCDPSession();
  const evaluate = async <T>(expression: string): Promise<T> => {
    const {result, exceptionDetails} = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: false,
    });
    assert.equal(exceptionDetails, undefined);
    return result.value as T;
  };
  return {
    evaluate,
    async becomes(expression) {
      while (!(await evaluate<boolean>(expression))) await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}
