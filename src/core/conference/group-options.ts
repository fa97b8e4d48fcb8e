import {SipError} from '../../errors.js';
import type {Numbers} from '../directory/directory.js';
import {cleanFileId} from '../uploads/file-id.js';
import type {Dial} from '../people/dial-rules.js';
import {numbersOf} from '../util/number.js';
import type {GroupSessionRequest} from '../server/session-request.js';
import type {CallMedia} from '../types.js';

/** Options of a conference or a broadcast. */
export interface ConferenceOptions {
  /**
   * The numbers to call, or one text with commas between them. May be empty if a room is joined by its number
   * (`capabilities.rooms`).
   */
  readonly members: Numbers;
  /** The number of the conference or room; assigned by the server by default. */
  readonly number?: string;
  /** The name that is shown to the members. */
  readonly name?: string;
  /** `audio` by default. */
  readonly media?: CallMedia;
  /** Sends the screen as the video, as in `client.call()`. */
  readonly screen?: boolean;
  /** The id of a file that the server plays into the conference. */
  readonly fileId?: string | undefined;
  /** Aborts the request while the server has not named the conference yet. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of a temporary intercom group. */
export type IntercomOptions = Pick<ConferenceOptions, 'members' | 'number' | 'name' | 'signal'>;

/**
 * Returns the request of a conference, a broadcast or a temporary intercom.
 *
 * @throws {SipError} `invalid-number`; `bad-parameter` if there are neither members nor the number of a conference.
 */
export function groupRequest(
  kind: 'conference' | 'broadcast' | 'temporary-intercom',
  {members, number = '', name = '', media = 'audio', screen, fileId, signal}: ConferenceOptions,
  dial: Dial,
): GroupSessionRequest & {readonly signal?: AbortSignal | undefined} {
  const numbers = numbersOf(members, dial);
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
