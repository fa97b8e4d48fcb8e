import type {SipCall} from '../core/call/call.js';
import type {CallElements} from '../core/types.js';
import {SipError, toSipError} from '../errors.js';
import type {Account} from './account.js';

/** The one account of the page's functions. */
let account: Account | undefined;

/** Resolves when every account before the one at hand has ended. */
let vacated: Promise<unknown> = Promise.resolve();

/** Puts an account in the place of the one before, whose client ends. */
export function use(next: Account): void {
  vacated = Promise.all([vacated, account?.close()]);
  account = next;
}

/** Waits until the account before has told its end: nothing of it may be told of the one at hand. */
export async function vacancy(): Promise<void> {
  await vacated;
}

/** @throws {SipError} `not-initialized`, naming the function */
export function accountOf(name: string): Account {
  if (!account) throw new SipError('not-initialized', {subject: name});
  return account;
}

/** The account where there is one. */
export function currentAccount(): Account | undefined {
  return account;
}

/** Runs what a function without a result does: what goes wrong is reported as an error in a listener is, never thrown. */
export function report(name: string, command: () => Promise<unknown>): void {
  attempt(name, command).catch((error: unknown) => {
    // The server's refusal has reached the page as its reply.
    if (!(error instanceof SipError && error.apiCode !== undefined)) reportError(error);
  });
}

/** Runs what a function with a promise does; one that the page ignores is no unhandled rejection. */
export function promise<T>(name: string, command: () => Promise<T>): Promise<T> {
  const result = attempt(name, command);
  result.catch(() => {});
  return result;
}

async function attempt<T>(name: string, command: () => Promise<T>): Promise<T> {
  try {
    return await command();
  } catch (error) {
    throw toSipError(error, name);
  }
}

/** Sends a request whose reply the page gets by `onAPIReceived`. */
export async function send(
  name: string,
  header: string,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  await accountOf(name).client.sendApi({header, body});
}

/** The call with the session id. @throws {SipError} `call-not-found`, naming the function and the argument */
export function callOf(name: string, sid: unknown): SipCall {
  const call = accountOf(name).client.getCall(textOf(sid));
  if (!call) throw new SipError('call-not-found', {subject: `“${textOf(sid)}” (${name}, sid)`});
  return call;
}

/** What a page gave for a text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

/** A number that may have come as text. @throws {SipError} `bad-argument` */
export function numberOf(name: string, argument: string, value: unknown): number {
  const number =
    typeof value === 'number' ? value : /^\s*-?\d+\s*$/.test(textOf(value)) ? Number(value) : NaN;
  if (!Number.isInteger(number))
    throw new SipError('bad-argument', {subject: `${name}, ${argument} “${textOf(value)}”`});
  return number;
}

/** A text that must not be empty. @throws {SipError} `bad-argument` */
export function requiredText(name: string, argument: string, value: unknown): string {
  const text = textOf(value);
  if (!text) throw new SipError('bad-argument', {subject: `${name}, ${argument}`});
  return text;
}

/** What the client refuses is told by the function's own argument. @throws {SipError} `bad-argument` */
export function judged<T>(name: string, argument: string, value: unknown, judge: () => T): T {
  try {
    return judge();
  } catch (cause) {
    throw new SipError('bad-argument', {subject: `${name}, ${argument} “${textOf(value)}”`, cause});
  }
}

/**
 * A number or a text as the page wrote it, for the server to judge; the fallback where nothing was given. An array is a list
 * as the documentation writes it.
 *
 * @throws {SipError} `bad-argument` where it is neither
 */
export function written(name: string, argument: string, value: unknown, fallback?: unknown): string | number {
  const given = Array.isArray(value) ? value.join(',') : (value ?? fallback);
  if (typeof given === 'string' || (typeof given === 'number' && Number.isFinite(given))) return given;
  throw new SipError('bad-argument', {subject: `${name}, ${argument}`});
}

/** A number as the page wrote it, as text too. @throws {SipError} `bad-argument` */
export function numeral(name: string, argument: string, value: unknown): string | number {
  numberOf(name, argument, value);
  return value as string | number;
}

/**
 * The elements that a page gave; any of them may be missing.
 *
 * @throws {SipError} `bad-argument` where one is no media element
 */
export function elementsOf(
  name: string,
  localvideo?: unknown,
  remotevideo?: unknown,
  remoteaudio?: unknown,
): CallElements {
  return {
    localVideo: elementOf(name, 'localvideo', localvideo),
    remoteVideo: elementOf(name, 'remotevideo', remotevideo),
    remoteAudio: elementOf(name, 'remoteaudio', remoteaudio),
  };
}

function elementOf(name: string, argument: string, value: unknown): HTMLVideoElement | null {
  if (value === undefined || value === null || value === '') return null;
  // One of another frame is as good.
  if (typeof value === 'object' && 'srcObject' in value && 'play' in value) return value as HTMLVideoElement;
  throw new SipError('bad-argument', {subject: `${name}, ${argument}: not a media element`});
}
