import {SipError} from '../../errors.js';
import type {SipCall} from './call.js';
import type {CallMedia} from '../types.js';

/** Whether calls are answered automatically if the caller asks for it, and with which media; `true` is `audio`. */
export type AutoAnswer = boolean | CallMedia;

/** Returns the media of automatic answers; undefined if they are off. @throws {SipError} `bad-parameter` */
export function autoAnswerOf(given: unknown): CallMedia | undefined {
  if (given === true) return 'audio';
  if (given === 'audio' || given === 'video') return given;
  if (given === undefined || given === null || given === false) return undefined;
  const text = typeof given === 'string' ? ` “${given}”` : '';
  throw new SipError('bad-parameter', {subject: `autoAnswer${text}`, expected: 'audio, video'});
}

/** Runs the task after the given seconds, unless the call stops ringing first. */
export function whileRinging(call: SipCall, seconds: number, task: () => void): void {
  if (!seconds) return task();
  const end = (): void => {
    if (call.state.phase === 'ringing') return;
    clearTimeout(timer);
    call.removeEventListener('statechange', end);
  };
  const timer = setTimeout(() => {
    call.removeEventListener('statechange', end);
    task();
  }, seconds * 1_000);
  call.addEventListener('statechange', end);
}
