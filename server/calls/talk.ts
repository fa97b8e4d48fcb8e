import type {CallLeg} from './call-leg.js';
import type {Supervised, Supervisors} from '../supervision/supervisors.js';

/** People who talk: two, or a conference. Others may see one of them, go in, or put one out. */
export interface Talk extends Supervised {
  readonly supervisors: Supervisors;
  /** Whether a number takes part, or may do so soon. */
  has(number: string): boolean;
  /** The leg of one who takes part. */
  legOf(number: string): CallLeg | undefined;
  /** The other one of two; undefined where there may be more. */
  otherThan(number: string): string | undefined;
  /** Puts one out. */
  putOut(number: string): void;
}
