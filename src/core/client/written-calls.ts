import type {KeptCall} from '../call/call-init.js';
import {isTime} from '../util/stored.js';
import {isParty} from '../util/is-party.js';

/** The calls of a page, as the next page needs them. */
export interface Written {
  /** When the page was there for the last time, in milliseconds since the epoch. */
  readonly at: number;
  readonly calls: readonly KeptCall[];
}

/** Fields of unknown content. */
type Unchecked<T> = {readonly [K in keyof T]?: unknown};

/** The highest number of a request (RFC 3261 §8.1.1.5). */
const LAST_SEQUENCE = 2 ** 31 - 1;

/**
 * Reads what a page has written, and any other script of the origin, or another version of this one, can have: of its calls,
 * those that are whole.
 */
export function readWritten(value: unknown): Written {
  const {at, calls} = (value ?? {}) as Unchecked<Written>;
  if (!isTime(at) || !Array.isArray(calls)) return {at: 0, calls: []};
  return {at, calls: calls.filter(isKeptCall)};
}

function isKeptCall(value: unknown): value is KeptCall {
  const call = (value ?? {}) as Unchecked<KeptCall>;
  const {id, type, typeNumber, direction, remote, media, dialog, began, answeredAt} = call;
  const {interrupts = [], merged = [], patch = {id: '', threshold: 0, hangTime: 0}} = call;
  const {id: patchId, threshold, hangTime} = (patch ?? {}) as Unchecked<NonNullable<KeptCall['patch']>>;
  return (
    [id, type, patchId].every((each) => typeof each === 'string') &&
    [typeNumber, threshold, hangTime].every(Number.isFinite) &&
    isTime(began) &&
    isTime(answeredAt) &&
    (direction === 'incoming' || direction === 'outgoing') &&
    (media === 'audio' || media === 'video') &&
    isParty(remote) &&
    [interrupts, merged].every(areTexts) &&
    isIdentity(dialog)
  );
}

function isIdentity(value: unknown): boolean {
  const {callId, localTag, remoteTag, localUri, remoteUri, remoteTarget, routeSet, sequence, rejoin, branch} =
    (value ?? {}) as Unchecked<KeptCall['dialog']>;
  const {address = ''} = (rejoin ?? {}) as Unchecked<NonNullable<KeptCall['dialog']['rejoin']>>;
  return (
    areTexts(routeSet) &&
    [
      callId,
      localTag,
      remoteTag,
      localUri,
      remoteUri,
      remoteTarget,
      address,
      branch ?? '',
      ...routeSet,
    ].every(isInOneLine) &&
    Number.isInteger(sequence) &&
    (sequence as number) >= 0 &&
    (sequence as number) < LAST_SEQUENCE
  );
}

const areTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/** Whether a value is a text that cannot become another header of a message. */
const isInOneLine = (value: unknown): boolean => typeof value === 'string' && !/[\r\n\0]/.test(value);
