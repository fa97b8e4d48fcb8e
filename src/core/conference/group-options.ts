import {SipError} from '../../errors.js';
import type {Numbers} from '../directory/directory.js';
import {cleanFileId} from '../uploads/file-id.js';
import {numbersOf} from '../util/number.js';
import type {GroupSessionRequest} from '../server/session-request.js';
import type {CallMedia} from '../types.js';

/** How many are called together. */
export interface ConferenceOptions {
  /**
   * Whom to call: numbers, or one text with commas between them. It may be empty where a room is joined by its number
   * (`capabilities.rooms`).
   */
  readonly members: Numbers;
  /** The conference's own number, that of the room; the server allots one where it is missing. */
  readonly number?: string;
  /** What the members are told that it is called. */
  readonly name?: string;
  /** Sound alone by default. */
  readonly media?: CallMedia;
  /** Sends the screen as the picture, as in `client.call()`. */
  readonly screen?: boolean;
  /** A file of the server's that it plays into it. */
  readonly fileId?: string | undefined;
  /** Gives it up while the server has not named it yet. */
  readonly signal?: AbortSignal | undefined;
}

/** A group that is an intercom for as long as it lasts. */
export type IntercomOptions = Pick<ConferenceOptions, 'members' | 'number' | 'name' | 'signal'>;

/**
 * The request of a conference, a broadcast or a temporary intercom.
 *
 * @throws {SipError} `invalid-number`; `bad-parameter` where there are neither members nor the number of a conference.
 */
export function groupRequest(
  kind: 'conference' | 'broadcast' | 'temporary-intercom',
  {members, number = '', name = '', media = 'audio', screen, fileId, signal}: ConferenceOptions,
): GroupSessionRequest & {readonly signal?: AbortSignal | undefined} {
  const numbers = numbersOf(members);
  if (!numbers.length && !(kind === 'conference' && String(number).trim()))
    throw new SipError('bad-parameter', {subject: 'members'});
  const file = fileId === undefined ? undefined : cleanFileId(fileId);
  return {
    kind,
    members: numbers,
    number: String(number).trim(),
    name: String(name).trim(),
    media,
    screen,
    fileId: file,
    signal,
  };
}
