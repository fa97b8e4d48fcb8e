import type {SipCall} from '../call/call.js';
import type {SipDevices} from '../devices/devices.js';
import type {Recordings} from '../recordings/recordings.js';
import type {StateSource} from '../util/state-target.js';
import type {Utterance} from './recall-state.js';

/** What the recall needs from its client. */
export interface RecallHost {
  /** `user@domain`. */
  readonly account: string;
  /** For how many minutes something is kept; 0 keeps nothing; undefined if the page has not said so. */
  minutes: number | undefined;
  readonly devices: SipDevices;
  readonly recordings: Recordings;
  readonly calls: StateSource<{readonly calls: readonly SipCall[]}>;
  /** Whether the page allows that what is heard of a call is kept. */
  readonly allowsCall: (call: SipCall) => boolean;
  /** Whether the page allows that an utterance becomes a recording. */
  readonly allowsRecording: (utterance: Utterance) => boolean;
}
