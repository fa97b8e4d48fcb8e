import type {SipCall} from '../core/call/call.js';
import type {BaseClient} from '../core/client/client.js';
import {functionsSlot} from '../core/client/functions-client.js';
import type {CallElements} from '../core/types.js';
import {SipError, toSipError} from '../errors.js';
import type {Account} from './account.js';

/** An account that has a client. */
type ReadyAccount = Account & {readonly client: BaseClient};

/** The only account of the page's functions. */
let account: Account | undefined;

/** Resolves when all previous accounts have ended. */
let vacated: Promise<unknown> = Promise.resolve();

/** Replaces the current account and ends the previous one; its client goes on if it is the next one's. */
export function use(next: Account): void {
  vacated = Promise.all([vacated, account?.close(next.client)]);
  account = next;
  publish();
}

/** Gives the client of the functions to the elements of the page that take it. */
export function publish(): void {
  const slot = functionsSlot();
  if (slot.client === account?.client) return;
  slot.client = account?.client;
  slot.dispatchEvent(new Event('change'));
}

/** Waits until the previous account has reported its end, so that none of its reports reach the current one. */
export async function vacancy(): Promise<void> {
  await vacated;
}

/** @throws {SipError} `not-initialized`, naming the function */
export function accountOf(name: string): ReadyAccount {
  const current = currentAccount();
  if (!current) throw new SipError('not-initialized', {subject: name});
  return current;
}

/** The account, if it has a client. */
export function currentAccount(): ReadyAccount | undefined {
  return account?.client && (account as ReadyAccount);
}

/** The account, even if its client is yet to come. */
export function comingAccount(): Account | undefined {
  return account;
}

/** Runs a function without a result: an error is reported like an error in a listener, never thrown. */
export function report(name: string, command: () => Promise<unknown>): void {
  attempt(name, command).catch((error: unknown) => {
    // The page has already received the server's refusal as the reply.
    if (!(error instanceof SipError && error.apiCode !== undefined)) reportError(error);
  });
}

/** Runs a function that returns a promise; if the page ignores the promise, no unhandled rejection occurs. */
export function promise<T>(name: string, command: () => Promise<T>): Promise<T> {
  const result = attempt(name, command);
  result.catch(() => {});
  return result;
}

/** Like `promise`, for a function whose promise resolves `true`. */
export function promiseSuccess(name: string, command: () => Promise<unknown>): Promise<true> {
  return promise(name, async (): Promise<true> => {
    await command();
    return true;
  });
}

async function attempt<T>(name: string, command: () => Promise<T>): Promise<T> {
  try {
    return await command();
  } catch (error) {
    throw toSipError(error, name);
  }
}

/** Sends a request whose reply the page receives as `onAPIReceived`. */
export async function send(
  name: string,
  header: string,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  await accountOf(name).client.sendApi({header, body});
}

/** Sends a request for a function without a result. */
export function request(name: string, header: string, body: () => Readonly<Record<string, unknown>>): void {
  report(name, () => send(name, header, body()));
}

/** The call with the session id. @throws {SipError} `call-not-found`, naming the function and the argument */
export function callOf(name: string, sid: unknown): SipCall {
  return found(accountOf(name).client.getCall(textOf(sid)), `“${textOf(sid)}” (${name}, sid)`);
}

/** The call with the SIP Call-ID. @throws {SipError} `call-not-found`, naming the function and the argument */
export function callByCallId(name: string, callid: unknown): SipCall {
  const wanted = textOf(callid);
  const call = accountOf(name).client.calls.find(({callId}) => wanted && callId === wanted);
  return found(call, `“${wanted}” (${name}, callid)`);
}

function found(call: SipCall | undefined, subject: string): SipCall {
  if (!call) throw new SipError('call-not-found', {subject});
  return call;
}

/** The text of an argument; empty unless it is a string or a number. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

/** An integer argument, given as a number or as text. @throws {SipError} `bad-argument` */
export function numberOf(name: string, argument: string, value: unknown): number {
  const number =
    typeof value === 'number' ? value : /^\s*-?\d+\s*$/.test(textOf(value)) ? Number(value) : NaN;
  if (!Number.isInteger(number))
    throw new SipError('bad-argument', {subject: `${name}, ${argument} “${textOf(value)}”`});
  return number;
}

/** A non-empty text argument. @throws {SipError} `bad-argument` */
export function requiredText(name: string, argument: string, value: unknown): string {
  const text = textOf(value);
  if (!text) throw new SipError('bad-argument', {subject: `${name}, ${argument}`});
  return text;
}

/**
 * Translates a refusal of the client into an error that names the function's argument. @throws {SipError}
 * `bad-argument`
 */
export function judged<T>(name: string, argument: string, value: unknown, judge: () => T): T {
  try {
    return judge();
  } catch (cause) {
    throw new SipError('bad-argument', {subject: `${name}, ${argument} “${textOf(value)}”`, cause});
  }
}

/**
 * A number or text exactly as the page wrote it, for the server to judge; the fallback if none was given. An array
 * becomes a comma-separated list, as the documentation writes it.
 *
 * @throws {SipError} `bad-argument` if it is neither
 */
export function written(name: string, argument: string, value: unknown, fallback?: unknown): string | number {
  const given = Array.isArray(value) ? value.join(',') : (value ?? fallback);
  if (typeof given === 'string' || (typeof given === 'number' && Number.isFinite(given))) return given;
  throw new SipError('bad-argument', {subject: `${name}, ${argument}`});
}

/** An integer exactly as the page wrote it, which may be text. @throws {SipError} `bad-argument` */
export function numeral(name: string, argument: string, value: unknown): string | number {
  numberOf(name, argument, value);
  return value as string | number;
}

/**
 * The media elements that the page gave; each may be missing.
 *
 * @throws {SipError} `bad-argument` if one is not a media element
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
  // An element of another frame is accepted too, so `instanceof` does not work here.
  if (typeof value === 'object' && 'srcObject' in value && 'play' in value) return value as HTMLVideoElement;
  throw new SipError('bad-argument', {subject: `${name}, ${argument}: not a media element`});
}
