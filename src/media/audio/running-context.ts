import {within} from '../../within.js';

/** Some browsers can run a context without a device. */
interface Deviceless {
  setSinkId?(sink: {readonly type: 'none'}): Promise<void>;
}

/**
 * Resumes an audio context that plays nothing itself. Returns whether it runs in time: without a gesture the browser
 * suspends it, without an error.
 *
 * @param patience - In milliseconds.
 */
export async function letRun(context: AudioContext, patience: number): Promise<boolean> {
  context.addEventListener('error', onDeviceFailure);
  await within(
    context.resume().catch(() => {}),
    patience,
  );
  return context.state === 'running';
}

/** Like `letRun`, for a context whose sound goes out by this node, also while nothing plays. */
export async function letSend(target: MediaStreamAudioDestinationNode, patience: number): Promise<boolean> {
  // Chromium sends nothing at all from a node without a source.
  const silence = new ConstantSourceNode(target.context, {offset: 0});
  silence.connect(target);
  silence.start();
  return letRun(target.context as AudioContext, patience);
}

/** The same function for each call, so that a context that is resumed again has one listener. */
function onDeviceFailure({target}: Event): void {
  void runWithoutDevice(target as AudioContext);
}

/**
 * Runs a context without its device, which has failed. Chromium opens 50 outputs at a time for all pages; a context beyond
 * them claims to run at first, and is suspended then.
 */
async function runWithoutDevice(context: AudioContext & Deviceless): Promise<void> {
  try {
    await context.setSinkId?.({type: 'none'});
    await context.resume();
  } catch {
    // The context is closed.
  }
}
