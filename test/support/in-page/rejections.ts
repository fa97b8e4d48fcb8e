import {expect} from '@open-wc/testing';
import type {SipError} from '../../../src/errors.js';

/** Asserts that the promise rejects with a `SipError` of the code, and returns the error. */
export async function rejects(promise: Promise<unknown>, code: string): Promise<SipError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.an('error').with.property('code', code);
  return error as SipError;
}
