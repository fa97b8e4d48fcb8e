import {toSipError} from '../../errors.js';
import {until} from '../util/state-target.js';
import type {SipCall} from './call.js';
import {isLine} from '../call-kinds.js';

/** Decides, once a call is answered, whether it is recorded: at once, or by a promise. */
export type RecordingRule = (call: SipCall) => boolean | Promise<boolean>;

/**
 * Records a call when it is answered, if the rule says so; `true` records each call that takes a line. A call that the user
 * already records, and one that the page refuses to record, is left alone. Another failure is reported as a recording without
 * a file.
 *
 * @param onError - Called with what the rule throws; the call is recorded then.
 */
export async function recordByRule(
  call: SipCall,
  rule: RecordingRule | boolean,
  onError: (error: unknown) => void,
): Promise<void> {
  const isOver = (): boolean => call.state.phase === 'released';
  await until(call, () => call.state.phase === 'answered' || isOver());
  if (isOver() || call.state.recording || !(await applies(call, rule, onError))) return;
  for (;;) {
    try {
      return await call.startRecording();
    } catch (thrown) {
      const error = toSipError(thrown, 'recordCalls');
      if (isOver() || call.state.recording || error.code === 'recording-declined') return;
      if (error.code === 'playback-blocked') {
        await Promise.race([nextGesture(), until(call, isOver)]);
        if (isOver()) return;
        continue;
      }
      const detail = {blob: new Blob(), type: '', duration: 0, error};
      call.dispatchEvent(new CustomEvent('recording', {detail, cancelable: true}));
      return;
    }
  }
}

async function applies(
  call: SipCall,
  rule: RecordingRule | boolean,
  onError: (error: unknown) => void,
): Promise<boolean> {
  if (typeof rule !== 'function') return isLine(call.type);
  try {
    return await rule(call);
  } catch (error) {
    onError(error);
    return true;
  }
}

/** Resolves at the next press, after which browsers play sound. */
async function nextGesture(): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = new AbortController();
    for (const type of ['pointerup', 'keydown'])
      addEventListener(type, () => (done.abort(), resolve()), {capture: true, signal: done.signal});
  });
}
