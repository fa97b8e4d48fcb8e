/** The only messages that pass between a phone in a frame and its host, and the check of each of their fields. */

/** The longest text that passes. */
export const LONGEST_TEXT = 256;

/** The longest id and number of a call that pass: those of callers have up to 1,000 characters, and are never cut. */
export const LONGEST_ADDRESS = 1_100;

/** Raise it with every change of a message: pages of two versions do not understand each other. */
export const FRAME_VERSION = 1;

/** How many calls the phone reports. */
export const MOST_CALLS = 50;

type Check<T> = (value: unknown) => value is T;
type Fields = Readonly<Record<string, Check<unknown>>>;
type Values<F extends Fields> = {readonly [K in keyof F]: F[K] extends Check<infer T> ? T : never};

const textOf =
  (longest: number): Check<string> =>
  (value): value is string =>
    typeof value === 'string' && value.length <= longest;

const text = textOf(LONGEST_TEXT);
const address = textOf(LONGEST_ADDRESS);

const flag: Check<boolean> = (value): value is boolean => typeof value === 'boolean';

const count: Check<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const oneOf =
  <const T>(...values: readonly T[]): Check<T> =>
  (value): value is T =>
    values.includes(value as T);

const optional =
  <T>(check: Check<T>): Check<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || check(value);

/** A value that has exactly these fields. */
const record =
  <F extends Fields>(fields: F): Check<Values<F>> =>
  (value): value is Values<F> => {
    if (typeof value !== 'object' || value === null) return false;
    const names = Object.keys(fields);
    return (
      Object.keys(value).length === names.length &&
      names.every((name) => Object.hasOwn(value, name) && fields[name]!(value[name as keyof typeof value]))
    );
  };

const listOf =
  <T>(check: Check<T>, most: number): Check<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.length <= most && value.every(check);

const media = optional(oneOf('audio', 'video'));

const call = record({
  id: address,
  number: address,
  name: text,
  direction: oneOf('incoming', 'outgoing'),
  phase: oneOf('init', 'ringing', 'answered', 'released'),
  held: flag,
  /** In milliseconds since the epoch. */
  answeredAt: optional(count),
});

const state = record({
  connection: oneOf('disconnected', 'connecting', 'connected', 'reconnecting'),
  registration: oneOf('unregistered', 'registering', 'registered', 'rejected'),
  calls: listOf(call, MOST_CALLS),
});

/** What the host sends. */
export const TO_PHONE = {
  /** The host listens. */
  connect: {},
  call: {request: count, number: text, media},
  answer: {request: count, id: address, media},
  end: {request: count, id: address},
} as const satisfies Readonly<Record<string, Fields>>;

/** What the phone sends. */
export const TO_HOST = {
  /** The phone listens. */
  ready: {},
  state: {state},
  /** The result of a request: the id of its call, or the error. */
  result: {request: count, id: optional(address), error: optional(record({code: text, message: text}))},
} as const satisfies Readonly<Record<string, Fields>>;

type Table = Readonly<Record<string, Fields>>;
type MessageOf<T extends Table> = {
  readonly [K in keyof T & string]: {readonly type: K} & Values<T[K]>;
}[keyof T & string];

export type MessageToPhone = MessageOf<typeof TO_PHONE>;
export type MessageToHost = MessageOf<typeof TO_HOST>;

/** A call of the phone, as its host sees it. Its number and name are what strangers tell: show them as text. */
export type FrameCall = typeof call extends Check<infer T> ? T : never;

/** The state of the phone, as its host sees it. */
export type FrameState = typeof state extends Check<infer T> ? T : never;

/** Returns what is posted for a message. */
export function posted(message: MessageToPhone | MessageToHost): object {
  return {sipElements: FRAME_VERSION, ...message};
}

/** Returns the message that has arrived; undefined if the table does not have it, or a field is not as it should be. */
export function readMessage<T extends Table>(table: T, data: unknown): MessageOf<T> | undefined {
  const {type} = (data ?? {}) as {readonly type?: unknown};
  if (typeof type !== 'string' || !Object.hasOwn(table, type)) return undefined;
  const isMessage = record({sipElements: oneOf(FRAME_VERSION), type: oneOf(type), ...table[type]});
  return isMessage(data) ? (data as unknown as MessageOf<T>) : undefined;
}
