/** Recordings that earlier calls have left in the browser. */
import type {Recordings} from '../../../src/core/recordings/recordings.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {RecordingFolder} from '../../../src/media/recording/recording-folder.js';

/** Records two seconds of a tone, as the browser does it. */
export async function recordTone(frequency: number): Promise<Blob> {
  const context = new AudioContext();
  await context.resume();
  const target = context.createMediaStreamDestination();
  const oscillator = new OscillatorNode(context, {frequency});
  oscillator.connect(new GainNode(context, {gain: 0.3})).connect(target);
  oscillator.start();
  const recorder = new MediaRecorder(target.stream);
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({data}) => parts.push(data));
  const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, {once: true}));
  recorder.start();
  await new Promise((resolve) => {
    const end = new ConstantSourceNode(context);
    end.addEventListener('ended', resolve);
    end.start();
    end.stop(context.currentTime + 2);
  });
  recorder.stop();
  await stopped;
  await context.close();
  return new Blob(parts, {type: recorder.mimeType.includes('mp4') ? 'audio/mp4' : 'audio/webm'});
}

/** Keeps a file as the recording of a call; returns its id. */
export async function leaveRecording(
  recordings: Recordings,
  {
    remote,
    file,
    time,
    call = 'abc',
  }: {remote: {number: string; name: string}; file: Blob; time: number; call?: string},
): Promise<string> {
  const {id, sink} = await recordings.begin({call, direction: 'incoming', remote, time});
  const progress = {duration: 2, pictured: false};
  await sink.write(file, progress);
  await sink.finish({type: file.type, ...progress});
  recordings.changed();
  return id!;
}

/** Puts many tiny recordings into the browser's files at once, as ended calls of an account have left them. */
export async function leaveMany(account: string, count: number): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('sip-elements-recordings', {create: true});
  const end = {type: 'audio/webm', duration: 2, pictured: false};
  const leave = async (index: number): Promise<void> => {
    const recording = new RecordingFolder(await folder.getDirectoryHandle(randomUuid(), {create: true}));
    await recording.begin({
      account,
      call: `call-${index}`,
      direction: 'incoming',
      remote: {number: String(2000 + index), name: `Person ${index}`},
      time: Date.now() - (count - index) * 60_000,
    });
    await recording.add(new Blob([new Uint8Array(10)], {type: end.type}), 1, 10, end);
    await recording.setEnd(end);
  };
  await Promise.all(Array.from({length: count}, (_, index) => leave(index)));
}
