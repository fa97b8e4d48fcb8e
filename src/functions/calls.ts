import {pictureOf} from '../core/call/call-photo.js';
import type {SipCall} from '../core/call/call.js';
import {asPattern} from '../core/util/file-name.js';
import {checkTones} from '../core/call/tones.js';
import {API_HEADER} from '../dispatch/protocol.js';
import {isAtHand} from './picture.js';
import {
  accountOf,
  callByCallId,
  callOf,
  currentAccount,
  elementsOf,
  judged,
  numeral,
  promise,
  report,
  request,
  send,
  textOf,
  written,
} from './run.js';

/** Answers a call; with video if the page gives an element for the remote video and the caller offers video. */
export function Answer(
  sid: string,
  localvideo?: HTMLVideoElement | null,
  remotevideo?: HTMLVideoElement | null,
  remoteaudio?: HTMLMediaElement | null,
  isshowscreen?: boolean,
): Promise<void> {
  return promise('Answer', async () =>
    answer('Answer', callOf('Answer', sid), [localvideo, remotevideo, remoteaudio], isshowscreen),
  );
}

/** Answers a call by its SIP Call-ID, the `callid` of the JSON; otherwise like `Answer`. */
export function Answerbycallid(
  callid: string,
  localvideo?: HTMLVideoElement | null,
  remotevideo?: HTMLVideoElement | null,
  remoteaudio?: HTMLMediaElement | null,
  isshowscreen?: boolean,
): Promise<void> {
  const name = 'Answerbycallid';
  return promise(name, async () =>
    answer(name, callByCallId(name, callid), [localvideo, remotevideo, remoteaudio], isshowscreen),
  );
}

async function answer(
  name: string,
  call: SipCall,
  places: readonly unknown[],
  isshowscreen: unknown,
): Promise<void> {
  const elements = elementsOf(name, ...places);
  const media = elements.remoteVideo && call.media === 'video' ? 'video' : 'audio';
  const screen = Boolean(isshowscreen);
  const account = accountOf(name);
  account.pictures.set(call, elements.remoteVideo);
  call.attach(elements);
  await account.answered(call, screen, call.answer({media, screen}));
}

export function Hangup(sid: string): Promise<void> {
  return promise('Hangup', async () => callOf('Hangup', sid).hangup());
}

/** @param tone - `0`–`9`, `A`–`D`, `*`, `#`; a comma is a pause. */
export function SendDTMF(tone: string, sid: string): Promise<void> {
  return promise('SendDTMF', async () =>
    callOf('SendDTMF', sid).sendDtmf(judged('SendDTMF', 'tone', tone, () => checkTones(tone))),
  );
}

export function Hold(sid: string): Promise<void> {
  return promise('Hold', async () => callOf('Hold', sid).hold());
}

export function UnHold(sid: string): Promise<void> {
  return promise('UnHold', async () => callOf('UnHold', sid).unhold());
}

export function Mute(sid: string): void {
  report('Mute', async () => callOf('Mute', sid).mute());
}

export function UnMute(sid: string): void {
  report('UnMute', async () => callOf('UnMute', sid).unmute());
}

/** Whether this side is muted; without a session id, of the newest call. */
export function IsMuted(sid?: string): boolean {
  const calls = currentAccount()?.client.state.calls ?? [];
  const wanted = textOf(sid);
  const call = wanted ? calls.find(({id}) => id === wanted) : calls.at(-1);
  return call?.state.muted ?? false;
}

/** Offers a photo of the remote video as a download; false if no frame is available. */
export function TakePhoto(sid: string, pathname: string): boolean {
  const account = currentAccount();
  const call = account?.client.getCall(textOf(sid));
  const track = call?.state.phase === 'answered' && pictureOf(call, 'remote');
  if (!track || !isAtHand(track, account?.pictures.get(call))) return false;
  report('TakePhoto', () => call.takePhoto({name: asPattern(textOf(pathname)) || 'photo-{number}'}));
  return true;
}

/** Starts to record a call; false if its video has not arrived yet or the call is already being recorded. */
export function MediaRecordStart(sid: string, pathname: string): boolean {
  const account = currentAccount();
  const call = account?.client.getCall(textOf(sid));
  if (call?.state.phase !== 'answered' || isRecorded(call) || call.state.recording) return false;
  const track = pictureOf(call, 'remote');
  if (track && !isAtHand(track, account?.pictures.get(call))) return false;
  if (typeof MediaRecorder === 'undefined') return false;
  recordings.set(call, 'beginning');
  report('MediaRecordStart', async () => {
    try {
      await call.startRecording({name: asPattern(textOf(pathname)) || 'recording-{number}'});
      if (recordings.has(call)) recordings.set(call, 'begun');
    } catch (error) {
      recordings.delete(call);
      throw error;
    }
  });
  return true;
}

/** Ends a recording and offers it as a download; false if none is running. */
export function MediaRecordStop(sid: string): boolean {
  const call = currentAccount()?.client.getCall(textOf(sid));
  if (!call || !isRecorded(call)) return false;
  recordings.delete(call);
  report('MediaRecordStop', () => call.stopRecording());
  return true;
}

/** The recordings that the page has started and not stopped. */
const recordings = new WeakMap<SipCall, 'beginning' | 'begun'>();

/** Whether a recording of the page runs; it may have ended automatically. */
function isRecorded(call: SipCall): boolean {
  const how = recordings.get(call);
  return how === 'beginning' || (how === 'begun' && call.state.recording);
}

/** Plays a file into a session `playnum` times; the reply arrives as `onAPIReceived`. */
export function PlayFile(sid: string, fileid: string, playnum: number | string): void {
  report('PlayFile', async () => {
    const times = typeof playnum === 'string' ? playnum.replace(/^"(.*)"$/, '$1') : playnum;
    await send('PlayFile', API_HEADER.playFile, {
      cid: written('PlayFile', 'sid', sid),
      FileID: written('PlayFile', 'fileid', fileid),
      // The quotation marks are part of the value (docs/protocol/files.md#playing).
      RePlayNum: `"${numeral('PlayFile', 'playnum', times)}"`,
      playnow: '1',
    });
  });
}

export function PlayFileStop(sid: string, fileid: string): void {
  request('PlayFileStop', API_HEADER.playFileStop, () => ({
    cid: written('PlayFileStop', 'sid', sid),
    FileID: written('PlayFileStop', 'fileid', fileid),
  }));
}
