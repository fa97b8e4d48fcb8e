import type {CallSoundState} from './sound-state.js';
import {isUrgent} from '../call-kinds.js';
import type {CallPhase, CallType, Party} from '../types.js';
import type {StateSource} from '../util/state-target.js';

/** A call, as far as it decides who is heard. */
export interface HeardCall extends StateSource<HeardState> {
  readonly id: string;
  readonly type: CallType;
  readonly remoteParty: Party;
  readonly patch?: {readonly stoodBack: boolean} | undefined;
  unhold(): Promise<void>;
}

interface HeardState {
  readonly phase: CallPhase;
  readonly held: boolean;
  readonly remoteHeld: boolean;
  readonly muted: boolean;
  readonly merged?: readonly string[] | undefined;
  readonly patch?: string | undefined;
  readonly sound: CallSoundState;
  /** The state of the floor of an intercom. */
  readonly floor?: string;
  /** Whether a patch alone has requested it. */
  readonly floorLent?: boolean;
}

/** What becomes of a session while an urgent call is heard, and when that has ended. */
interface GivingWay {
  /**
   * `held`: it is on hold, silent both ways, as beside any other call; with the option `parallelCalls` it is lowered
   * instead. `lowered`: it is quieter for this side alone.
   */
  readonly during: 'held' | 'lowered';
  /** `resumed`: it is taken from hold, unless the user has chosen another call since. `raised`: it is as loud as before. */
  readonly afterwards: 'resumed' | 'raised';
}

const HELD: GivingWay = {during: 'held', afterwards: 'resumed'};
/** The floor of an intercom stays with its holder. */
const LOWERED: GivingWay = {during: 'lowered', afterwards: 'raised'};

/**
 * Who is heard when an urgent call comes, by the type of what runs beside it. Nothing is silenced that the user has not
 * silenced, and what is recorded goes on being recorded: silence while it is on hold. `docs/calls.md` has the table for
 * pages.
 */
export const GIVING_WAY: Readonly<Record<CallType, GivingWay>> = Object.freeze({
  single: HELD,
  conference: HELD,
  broadcast: HELD,
  'barge-in': HELD,
  other: HELD,
  // A second urgent call takes the place of the first one.
  urgent: HELD,
  sos: HELD,
  intercom: LOWERED,
  'temporary-intercom': LOWERED,
  monitor: LOWERED,
  'member-video': LOWERED,
  'listen-in': LOWERED,
});

/** Returns whether a call gives way to another one of the same client. */
export function isLowered(call: HeardCall, calls: readonly HeardCall[]): boolean {
  return calls.some(
    (other) =>
      other !== call &&
      !isConnected(other, call) &&
      (speaksInto(other) || (hasPriority(other) && isHeard(other) && !hasPriority(call))),
  );
}

/** Whether two calls are in one patch, or merged: who is heard in one speaks in the other. */
function isConnected({state}: HeardCall, other: HeardCall): boolean {
  const {patch, merged} = state;
  return !!merged?.includes(other.id) || (patch !== undefined && patch === other.state.patch);
}

/** Whether the user speaks into an intercom, and hears nothing of it. */
function speaksInto({state}: HeardCall): boolean {
  return state.floor === 'granted' && !state.floorLent && !state.muted;
}

/** Whether a call lowers the others while it is heard. */
function hasPriority({type, state}: HeardCall): boolean {
  return isUrgent(type) || state.sound.priority;
}

/** Whether something of a call is heard now; of an intercom only while another party speaks. */
function isHeard({state}: HeardCall): boolean {
  const {phase, held, remoteHeld, sound, floor = 'taken'} = state;
  return phase === 'answered' && !held && !remoteHeld && !sound.silenced && floor === 'taken';
}
