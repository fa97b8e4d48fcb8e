import {
  ERROR_TEXTS,
  MISSING,
  UNUSABLE,
  type ErrorSentences,
  type ErrorTexts,
  type SipErrorCode,
} from './errors/texts.js';

export {ERROR_TEXTS} from './errors/texts.js';
export type {ErrorSentence, ErrorSentences, SipErrorCode} from './errors/texts.js';

/** Details of an error beyond its code. */
export interface SipErrorOptions extends ErrorOptions {
  /** What the error refers to: a number, an address, a request. Users may see it. */
  subject?: string | undefined;
  /** What to write instead, literally: for a value that was found invalid before any request was sent. */
  expected?: string | undefined;
  /** The status of the SIP response that caused it. */
  status?: number | undefined;
  /** The code of the server's API reply that caused it. */
  apiCode?: number | undefined;
}

/** A URL: scheme, then host and path without user, query and fragment, which may contain secrets. */
const ADDRESS = /\b((?:ws|http)s?:\/\/)(?:[^\s/@]*@)?([^\s?#”"]*)(?:[?#][^\s”"]*)?/gi;

/** The value at the end of a subject, after the name of a setting, if the value is empty. */
const EMPTY_VALUE = / “”$/;

/**
 * The only error that this library rejects with, stores in a state or dispatches.
 *
 * Its `message` is for the author of the page and for logs: English, with what to write. `describeError` returns the
 * sentence for the user.
 */
export class SipError extends Error {
  override readonly name = 'SipError';
  readonly code: SipErrorCode;
  readonly subject: string | undefined;
  /** What to write instead, if a value is invalid. */
  readonly expected: string | undefined;
  readonly status: number | undefined;
  readonly apiCode: number | undefined;

  constructor(code: SipErrorCode, options: SipErrorOptions = {}) {
    const subject = options.subject?.replace(ADDRESS, '$1$2');
    super(
      messageOf({code, subject, expected: options.expected}),
      'cause' in options ? {cause: options.cause} : {},
    );
    this.code = code;
    this.subject = subject;
    this.expected = options.expected;
    this.status = options.status;
    this.apiCode = options.apiCode;
  }
}

/** What the sentences of an error depend on. */
interface ErrorContent {
  code: SipErrorCode;
  subject?: string | undefined;
  expected?: string | undefined;
}

/** The sentences of each language other than English that was loaded, by its primary subtag. */
const languages = new Map<string, Partial<ErrorSentences>>();

/** The sentences that the page has set instead of those of a language, by its tag in lower case: `zh`, `zh-tw`. */
const own = new Map<string, Partial<ErrorSentences>>();

/** Sets sentences instead of those of a language, which may be loaded later. `overrideTexts` calls it. */
export function setErrorTexts(language: string, sentences: Partial<ErrorSentences>): void {
  own.set(language, {...own.get(language), ...sentences});
}

/** Adds the sentences of a language. `registerLanguage` calls it, which adds all other terms too. */
export function registerErrorTexts(language: string, sentences: Partial<ErrorSentences>): void {
  languages.set(primaryOf(language), sentences);
}

/**
 * Returns a sentence for the user that says what happened and what to do.
 *
 * @param thrown - Whatever was caught. Anything but an error of this library gets the sentence of `internal`.
 * @param language - A BCP 47 tag. The sentence is English until the language is loaded: by an element that shows it, or
 *   by its module, such as `sip-elements/locales/zh-CN.js`.
 */
export function describeError(thrown: unknown, language: string): string {
  const error = contentOf(thrown);
  const {subject} = error;
  const texts = textsOf(error);
  const [primary, key] = [primaryOf(language), keyOf(error)];
  const translated =
    own.get(regionalOf(language))?.[key] ??
    own.get(primary)?.[key] ??
    languages.get(primary)?.[key] ??
    own.get('en')?.[key];
  const [named, unnamed = named] =
    translated === undefined
      ? [texts.en, texts.unnamed ?? (texts.instead && texts.en.replace(/“?\{subject\}”?/, texts.instead))]
      : typeof translated === 'string'
        ? [translated]
        : translated;
  return filled(subject ? named : unnamed, error);
}

function contentOf(thrown: unknown): ErrorContent {
  const {code} = (thrown ?? {}) as {code?: unknown};
  const foreign = typeof code !== 'string' || (thrown instanceof Error && !isSipError(thrown));
  return !foreign && Object.hasOwn(ERROR_TEXTS, code) ? (thrown as ErrorContent) : {code: 'internal'};
}

/** Returns the first part of a BCP 47 tag: the language without script and region. */
const primaryOf = (language: string): string => language.toLowerCase().split(/[-_]/, 1)[0]!;

/** Returns the language and the region of a BCP 47 tag, without its script; an empty text if it is invalid. */
function regionalOf(tag: string): string {
  try {
    const {language, region} = new Intl.Locale(tag.replaceAll('_', '-'));
    return `${language}-${region ?? ''}`.toLowerCase();
  } catch {
    return '';
  }
}

/** Whether only the author of the page can correct the error, which then has a message for the author. */
export function isForAuthor(error: ErrorContent): boolean {
  return textsOf(error).author !== undefined;
}

/** Returns the sentence for the author of the page and for the log; it has the subject even if users do not see it. */
function messageOf(error: ErrorContent): string {
  const {author} = textsOf(error);
  const {subject} = error;
  const text = author ? filled(author, error) : describeError(error, 'en');
  return subject && !text.includes(subject.replace(EMPTY_VALUE, ''))
    ? `${subject}${subject.endsWith('.') ? '' : ':'} ${text}`
    : text;
}

function textsOf(error: ErrorContent): ErrorTexts {
  const key = keyOf(error);
  if (key === '$missing') return MISSING;
  return key === '$unusable' ? UNUSABLE : ERROR_TEXTS[key];
}

function keyOf({code, subject, expected}: ErrorContent): keyof ErrorSentences {
  // Nothing is wrong with an address that the page's policy forbids, perhaps.
  if (!subject || !expected || code === 'forbidden-by-page') return code;
  return EMPTY_VALUE.test(subject) ? '$missing' : '$unusable';
}

/** The subject in a sentence; a language that is written from right to left isolates its direction (U+2068, U+2069). */
function filled(text: string, {subject, expected = ''}: ErrorContent): string {
  if (!subject)
    return text.replace(/ ?[(（]\u2068?\{subject\}\u2069?[)）]|[:：] ?\u2068?\{subject\}\u2069?/, '');
  const name = expected ? subject.replace(EMPTY_VALUE, '') : subject;
  return text.replace(
    /\{(subject|expected)\}(\u2069?)(\.?)/g,
    (_, key: string, end: string, stop: string) => {
      const part = key === 'subject' ? name : expected;
      // A subject that is a sentence has its own full stop.
      return part + end + (part.endsWith('.') ? '' : stop);
    },
  );
}

/** A SIP failure response (RFC 3261 §21). */
export interface SipResponseFailure {
  status: number;
}

/** A reply of the server's JSON API with a code other than 0. */
export interface ApiFailure {
  apiCode: number;
}

const DEVICE_PROBLEMS: Readonly<Record<string, 'refused' | 'missing' | 'busy'>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
  // Without a user gesture, or in a page that is not in front.
  InvalidStateError: 'refused',
};

const STATUS_CODES: Readonly<Record<number, SipErrorCode>> = {
  401: 'wrong-password',
  403: 'not-allowed',
  404: 'unknown-number',
  407: 'wrong-password',
  408: 'no-answer',
  410: 'unknown-number',
  415: 'not-acceptable',
  480: 'number-offline',
  481: 'call-not-found',
  484: 'invalid-number',
  486: 'busy',
  487: 'cancelled',
  488: 'not-acceptable',
  600: 'busy',
  603: 'call-refused',
  604: 'unknown-number',
  606: 'not-acceptable',
};

const API_CODES: Readonly<Record<number, SipErrorCode>> = {
  1000: 'kicked-out',
  1001: 'timeout',
  1002: 'not-registered',
  1003: 'connection-lost',
  1004: 'logged-in-elsewhere',
  1005: 'wrong-password',
  1008: 'bad-parameter',
  1009: 'unknown-number',
  1010: 'unknown-user',
  1011: 'conference-full',
  1101: 'invalid-number',
  1102: 'bad-parameter',
  1103: 'call-not-found',
  1104: 'number-offline',
  1105: 'number-offline',
  1106: 'unknown-number',
  1107: 'not-allowed',
  1109: 'not-in-group',
  1110: 'unknown-number',
  1111: 'bad-parameter',
  1114: 'file-not-found',
  1115: 'call-not-found',
  1116: 'busy',
  1118: 'call-not-found',
  1119: 'not-allowed',
  1120: 'invalid-state',
  1121: 'invalid-number',
  1122: 'invalid-state',
  1123: 'no-picture',
  1124: 'member-not-found',
  1500: 'no-video',
  1700: 'file-playing',
  1800: 'bad-reply',
  2000: 'floor-denied',
};

/**
 * Converts any thrown or received value into a `SipError`: the one place that maps DOMException names, SIP statuses and
 * API codes.
 *
 * @param subject - What it refers to: a number, an address, a request.
 * @param device - The requested device, if a DOMException of `getUserMedia` or `getDisplayMedia` is mapped.
 */
export function toSipError(
  cause: unknown,
  subject?: string,
  device?: 'microphone' | 'camera' | 'screen',
): SipError {
  if (isSipError(cause)) return cause;
  if (isStatus(cause))
    return new SipError(codeOfStatus(cause.status), {subject, status: cause.status, cause});
  if (isApiFailure(cause)) {
    const code = API_CODES[cause.apiCode] ?? 'server-error';
    const about = code === 'server-error' ? [subject, cause.apiCode].filter(Boolean).join(' · ') : subject;
    return new SipError(code, {subject: about, apiCode: cause.apiCode, cause});
  }
  if (cause instanceof DOMException) {
    const problem = DEVICE_PROBLEMS[cause.name];
    // A user who closes the browser's screen picker has cancelled, not refused.
    if (device === 'screen' && cause.name === 'NotAllowedError' && !/\b(system|policy)\b/.test(cause.message))
      return new SipError('screen-cancelled', {subject, cause});
    if (device && problem) return new SipError(`${device}-${problem}`, {subject, cause});
    if (cause.name === 'AbortError') return new SipError('aborted', {subject, cause});
    if (cause.name === 'QuotaExceededError') return new SipError('storage-full', {subject, cause});
    if (cause.name === 'TimeoutError') return new SipError('timeout', {subject, cause});
  }
  return new SipError('internal', {subject: subject ?? textOf(cause), cause});
}

/** Returns the text of a thrown value. */
export function textOf(cause: unknown): string {
  try {
    return cause instanceof Error ? cause.message : String(cause);
  } catch {
    // An object without a string conversion.
    return typeof cause;
  }
}

/** Compares the name, because another bundle on the page has its own class. */
function isSipError(cause: unknown): cause is SipError {
  return cause instanceof Error && cause.name === 'SipError';
}

function codeOfStatus(status: number): SipErrorCode {
  return STATUS_CODES[status] ?? 'server-error';
}

function isStatus(cause: unknown): cause is SipResponseFailure {
  return (
    typeof cause === 'object' && cause !== null && typeof (cause as SipResponseFailure).status === 'number'
  );
}

function isApiFailure(cause: unknown): cause is ApiFailure {
  return typeof cause === 'object' && cause !== null && typeof (cause as ApiFailure).apiCode === 'number';
}
