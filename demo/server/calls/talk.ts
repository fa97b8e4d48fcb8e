import type {MediaKind, Seat} from '../media/index.js';
import type {CallLeg} from './call-leg.js';
import type {Supervisors} from './supervisors.js';

/** People who talk: two, or a conference. Others may see one of them, go in, or put one out. */
export interface Talk {
  /** What those have who are let in without being one of them. */
  readonly kinds: readonly MediaKind[];
  readonly supervisors: Supervisors;
  /** Whether a number takes part, or may do so soon. */
  has(number: string): boolean;
  /** The leg of one who takes part. */
  legOf(number: string): CallLeg | undefined;
  /** The other one of two; undefined where there may be more. */
  otherThan(number: string): string | undefined;
  /** Lets somebody in whom nobody sees. */
  enter(leg: CallLeg): Seat;
  /** One who was let in has left. */
  left(): void;
  /** Puts one out. */
  putOut(number: string): void;
}
