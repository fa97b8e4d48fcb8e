import {SipError} from '../../errors.js';
import type {Recorder, RecordingSources} from '../../media/recording/recorder.js';
import type {RecordedCaptions, RecordingTurn} from '../captions/recorded-captions.js';
import {askPage} from '../util/ask-page.js';
import {pictureOf} from './call-photo.js';
import type {CallSource, CallState, FinishedRecording} from './call-state.js';
import {filledIn} from '../util/file-name.js';
import {recordingName} from '../recordings/recording-name.js';
import type {Recordings} from '../recordings/recordings.js';

/** Options of a recording. */
export interface RecordingOptions {
  /**
   * The name of a download of the finished file, whose extension is added; without it nothing is downloaded. The
   * extension `.mp4` or `.webm` selects the format, if the browser supports it. `{number}` and `{name}` of the other
   * side, `{id}` of the call and `{time}` are replaced, `{{` is a brace.
   */
  readonly name?: string | undefined;
  /** Shows the local video, small, in a corner of the other side's; false by default. */
  readonly inset?: boolean | undefined;
}

/** The part of a call's state that describes its recording. */
export type RecordingState = Pick<
  CallState,
  'recording' | 'recordingPaused' | 'recordingSince' | 'recordingStorage'
>;

/** What a recording needs from its call. */
export interface RecordingDelegate {
  readonly recordings: Recordings | undefined;
  readonly onChange: (state: Partial<RecordingState>) => void;
}

/** A recording that has started. */
export interface RunningRecording {
  /** Resolves with the file; rejects if recording failed. */
  readonly file: Promise<Blob>;
  /** The length of the recording without its pauses, in milliseconds. */
  readonly duration: number;
  pause(): void;
  resume(): void;
  stop(): void;
}

const CHANGES = ['statechange', 'streamschange'] as const;

/**
 * Records a call if the page does not object; resolves when recording.
 *
 * @param onRun - Called with the recording before the page is notified.
 * @throws {SipError} as `CallRecording.start`.
 */
export async function recordCall(
  call: CallSource,
  {name, inset = false}: RecordingOptions,
  {recordings, onChange}: RecordingDelegate,
  onRun: (running: RunningRecording) => void,
): Promise<RunningRecording> {
  const writtenAt = (time: number): string | undefined =>
    name === undefined ? undefined : filledIn(name, call, new Date(time));
  // An invalid name is rejected before anyone is asked.
  writtenAt(Date.now());
  await agree(call, inset);
  const time = Date.now();
  const written = writtenAt(time);
  const {Recorder, typesFor} = await import('../../media/recording/recorder.js');
  const {id, sink} = await open(call, {recordings, name: written, time});
  let recorder: Recorder;
  try {
    recorder = await Recorder.start(sourcesOf(call, inset), {sink, types: typesFor(written)});
  } catch (error) {
    await sink.finish({type: 'video/webm', duration: 0, pictured: false}).catch(() => {});
    throw error;
  }
  if (isReleased(call)) {
    recorder.stop();
    if (id !== undefined) void recorder.file.then(() => recordings?.delete(id)).catch(() => {});
    throw new SipError('aborted', {subject: 'startRecording'});
  }
  const turns: RecordingTurn[] = [];
  let captions: Promise<RecordedCaptions | undefined> | undefined;
  const follow = (): void => {
    if (isReleased(call)) recorder.stop();
    else recorder.use(sourcesOf(call, inset));
    if (call.captioned) captions ??= captionsOf({call, turns, write: async (text) => sink.addCaptions(text)});
  };
  for (const type of CHANGES) call.addEventListener(type, follow);
  const begun = Date.now();
  const since = performance.now();
  let pausedAt: number | undefined;
  let pauses = 0;
  const turn = (paused: boolean): void => {
    turns.push({time: call.duration ?? 0, place: (pausedAt ?? performance.now()) - since - pauses, paused});
  };
  turn(false);
  follow();
  const ended = recorder.ended.then(() => {
    for (const type of CHANGES) call.removeEventListener(type, follow);
    onChange({
      recording: false,
      recordingPaused: false,
      recordingSince: undefined,
      recordingStorage: undefined,
    });
  });
  const file = finish(call, recorder, async () => captions, {id, name: written, time});
  void file.catch(() => {}).then(() => recordings?.changed());
  const running: RunningRecording = {
    file: ended.then(() => file),
    get duration() {
      return (pausedAt ?? performance.now()) - since - pauses;
    },
    stop: () => recorder.stop(),
    pause() {
      if (pausedAt !== undefined) return;
      pausedAt = performance.now();
      recorder.pause();
      turn(true);
      onChange({recordingPaused: true});
    },
    resume() {
      if (pausedAt === undefined) return;
      pauses += performance.now() - pausedAt;
      pausedAt = undefined;
      recorder.resume();
      turn(false);
      onChange({recordingPaused: false, recordingSince: begun + pauses});
    },
  };
  onRun(running);
  onChange({recording: true, recordingSince: begun, recordingStorage: id === undefined ? 'memory' : 'local'});
  recordings?.changed();
  return running;
}

/** Loads what keeps the captions. A recording without them is still one. */
async function captionsOf(
  options: ConstructorParameters<typeof RecordedCaptions>[0],
): Promise<RecordedCaptions | undefined> {
  try {
    return new (await import('../captions/recorded-captions.js')).RecordedCaptions(options);
  } catch {
    return undefined;
  }
}

/** @throws {SipError} `recording-declined` if the page refuses; `aborted` if the call ended meanwhile. */
async function agree(call: CallSource, inset: boolean): Promise<void> {
  const over = new AbortController();
  const onState = (): void => {
    if (isReleased(call)) over.abort();
  };
  call.addEventListener('statechange', onState);
  const agreed = await askPage<boolean>(call, 'recordingrequest', {inset}, over.signal, {
    patience: Infinity,
  });
  call.removeEventListener('statechange', onState);
  if (isReleased(call)) throw new SipError('aborted', {subject: 'startRecording'});
  if (!agreed) throw new SipError('recording-declined');
}

async function open(
  call: CallSource,
  {recordings, name, time}: Pick<RecordingDelegate, 'recordings'> & {name: string | undefined; time: number},
): ReturnType<NonNullable<RecordingDelegate['recordings']>['begin']> {
  const {id, direction, remoteParty, remote} = call;
  const party = {...remoteParty, name: remote.name};
  if (recordings)
    return recordings.begin({call: id, direction, remote: party, time, ...(name !== undefined && {name})});
  const {BlobSink} = await import('../../media/recording/recording-sink.js');
  return {sink: new BlobSink()};
}

async function finish(
  call: CallSource,
  recorder: Recorder,
  getCaptions: () => Promise<RecordedCaptions | undefined>,
  {id, name, time}: {id: string | undefined; name: string | undefined; time: number},
): Promise<Blob> {
  await recorder.ended;
  const captioning = getCaptions().then(async (each) => each?.finish(isReleased(call)));
  const {blob, duration, error} = await recorder.file;
  const captions = await captioning.catch(() => undefined);
  const {type} = blob;
  const nameFor = (type: string): string => recordingName({name, remote: call.remote, time}, type);
  const named = name === undefined ? undefined : nameFor(type);
  const kept = blob.size ? id : undefined;
  const detail: FinishedRecording = {id: kept, blob, name: named, type, captions, duration, error};
  const wanted = call.dispatchEvent(new CustomEvent('recording', {detail, cancelable: true}));
  if (wanted && named !== undefined && blob.size) {
    const {download} = await import('../../media/recording/download.js');
    download(blob, named);
    if (captions) download(captions, nameFor(captions.type));
  }
  if (!blob.size) throw error ?? new SipError('recording-failed');
  return blob;
}

function isReleased(call: CallSource): boolean {
  return call.state.phase === 'released';
}

/** Returns what to record of a call at the moment: the audio and video that each side lets the other hear and see. */
function sourcesOf(call: CallSource, withInset: boolean): RecordingSources {
  const {held, remoteHeld, muted, cameraOff} = call.state;
  const {announced} = call;
  const spoken = !muted && announced?.mix !== false;
  const microphone = (spoken && call.localStream?.getAudioTracks()) || [];
  // Audio and video that are not sent are not part of the call.
  const away = held || remoteHeld;
  return {
    remote: call.remoteStream?.getAudioTracks() ?? [],
    local: away ? [] : [...microphone, ...call.mixed, ...(announced ? [announced.track] : [])],
    picture: pictureOf(call, 'remote'),
    inset: withInset && !away && !cameraOff ? pictureOf(call, 'local') : undefined,
  };
}
