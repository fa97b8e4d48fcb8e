import {expect} from '@open-wc/testing';

/** Asserts that the promise rejects with a `SipError` of the code. */
export async function rejects(promise: Promise<unknown>, code: string): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.an('error').with.property('code', code);
}
