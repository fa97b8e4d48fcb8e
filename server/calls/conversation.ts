import type {CallLeg} from './call-leg.js';
import type {Supervised, Supervisors} from '../supervision/supervisors.js';

/** Connected users: two, or a conference. Others may watch or join them, or remove one. */
export interface Conversation extends Supervised {
  readonly supervisors: Supervisors;
  /** Whether a number takes part, or may do so soon. */
  has(number: string): boolean;
  /** Returns the leg of a participant. */
  legOf(number: string): CallLeg | undefined;
  /** Returns the other one of two; undefined if there may be more. */
  otherThan(number: string): string | undefined;
  /** Removes a participant. */
  putOut(number: string): void;
}
