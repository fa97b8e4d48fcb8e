import type {FrameMode} from './frame-cipher.js';
import type {Bytes} from './sframe.js';

/** What a stream that passes through the worker is. */
export interface TransformOptions {
  readonly video: boolean;
  readonly sends: boolean;
}

/** What a call asks of its worker; the worker posts a `FrameReport` when it changes. */
export type WorkerCommand =
  | {readonly mode: Exclude<FrameMode, 'encrypted'>; readonly baseKey?: undefined}
  | {readonly baseKey: Bytes; readonly kid: number; readonly mode?: undefined};
