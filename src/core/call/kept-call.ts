import type {DialogIdentity} from '../server/dialog.js';
import type {CallMedia, CallType, Party} from '../types.js';

/** An answered call as a page leaves it to the next one. Plain data without secrets. */
export interface KeptCall {
  readonly id: string;
  readonly type: CallType;
  readonly typeNumber: number;
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: Party;
  readonly media: CallMedia;
  readonly dialog: DialogIdentity;
  /** When it began, and when it was answered, in milliseconds since the epoch. */
  readonly began: number;
  readonly answeredAt: number;
  /** Whether it is the call that the controls act on. */
  readonly current: boolean;
  readonly muted: boolean;
  readonly held: boolean;
  /** Whether it has video, and which devices of this side are on. */
  readonly video: boolean;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly recording: boolean;
}
