import {SipError, textOf} from '../../errors.js';
import {within} from '../../within.js';
import type {CheckedCredentials, CredentialsRequest} from './credentials.js';

/** What is needed of the client's options. */
interface CredentialsOptions {
  readonly credentials: (request: CredentialsRequest) => Promise<unknown>;
  readonly timeouts: {readonly credentials: number};
  readonly user: string;
  readonly server: string;
}

/** What a page may write. */
const EXPECTED = '{password}, {ha1} or {token}, and perhaps {user}';

/** The error for what a page's function must not return: it names the fields alone. */
const unusable = (part = '', expected = EXPECTED): SipError =>
  new SipError('credentials-failed', {subject: `credentials${part}`, expected});

/**
 * Asks the page's function for credentials.
 *
 * @param urls - The addresses that they are sent to.
 * @throws {SipError} `credentials-failed`, or the SipError of the function
 */
export async function askForCredentials(
  {credentials, timeouts, user, server}: CredentialsOptions,
  request: Pick<CredentialsRequest, 'purpose' | 'refused' | 'realm'>,
  urls: readonly string[],
): Promise<CheckedCredentials> {
  try {
    const asked = credentials({...request, user, server}).then((given) => checked(given, urls));
    const result = await within(asked, timeouts.credentials);
    if (result) return result;
  } catch (cause) {
    if (cause instanceof SipError) throw cause;
    throw new SipError('credentials-failed', {subject: textOf(cause), cause});
  }
  throw new SipError('credentials-failed', {subject: `no result in ${timeouts.credentials} ms`});
}

/** Checks the result of the page's function, which may be any value. Few pages have anything but a password. */
async function checked(given: unknown, urls: readonly string[]): Promise<CheckedCredentials> {
  const {password, user, ha1, token} = (given ?? {}) as Record<string, unknown>;
  if ((ha1 ?? token ?? null) !== null)
    return (await import('./secret-credentials.js')).checkedSecrets({password, user, ha1, token}, urls, {
      textIn,
      unusable,
    });
  const text = textIn(password);
  if (text === undefined) throw unusable();
  const name = textIn(user, ', user');
  return name === undefined ? {password: text} : {user: name, password: text};
}

/**
 * Returns a text, or undefined if there is none. Numbers count too: a page may forget the quotes around a password of
 * digits.
 *
 * @throws {SipError} `credentials-failed` for other values
 */
function textIn(value: unknown, part = ''): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') throw unusable(part);
  return String(value);
}
