import {isIntercomType, isLookedAt, isLine, isUrgent} from '../call-kinds.js';
import type {SipCall} from '../call/call.js';
import {isSilent} from '../call/microphone.js';
import {isActive, isWaiting} from '../call/newest-call.js';
import type {StateSource} from '../util/state-target.js';
import type {HeadsetPress} from './headset.js';
import type {MakerRules} from './makers.js';
import {DARK, type Lights} from './reports.js';

/** What a headset controls of a client. */
export interface HeadsetClient extends EventTarget {
  readonly state: {readonly calls: readonly SipCall[]; readonly current?: SipCall | undefined};
  readonly ringer: StateSource<{readonly tones: readonly string[]; readonly aside: boolean}>;
  readonly options: {readonly log: (entry: {level: 'warning'; area: string; text: string}) => void};
  /** Aborted when it disconnects. */
  readonly ending: AbortSignal;
  activate(call: SipCall): Promise<void>;
}

/** A call and its client. */
interface ControlledCall {
  readonly call: SipCall;
  readonly client: HeadsetClient;
}

/** The calls of a page that a headset controls. */
interface ControlledCalls {
  /** The call that the user speaks in, or is placing: that which the page's own controls act on. */
  readonly talking?: ControlledCall | undefined;
  /** The held call that was current last. */
  readonly held?: ControlledCall | undefined;
  /** The call to answer: an urgent one before others, otherwise the one that has rung longest. */
  readonly ringing?: ControlledCall | undefined;
}

/** Returns the calls that headsets control. */
export function controlledCalls(clients: Iterable<HeadsetClient>): ControlledCalls {
  const calls: readonly ControlledCall[] = [...clients].flatMap((client) =>
    client.state.calls.filter(isControlled).map((call) => ({call, client})),
  );
  const active = (held: boolean): ControlledCall | undefined => {
    const found = calls.filter(({call}) => isActive(call) && call.state.held === held);
    return found.find(({call, client}) => client.state.current === call) ?? found.at(-1);
  };
  const ringing = calls.filter(
    ({call, client}) => isWaiting(call) && !call.state.quiet && !client.ringer.state.aside,
  );
  return {
    talking: active(false),
    held: active(true),
    ringing: ringing.find(({call}) => isUrgent(call.type)) ?? ringing[0],
  };
}

/** A headset has no button for an intercom, nor for a camera or a call that the user only watches or listens to. */
function isControlled({type}: SipCall): boolean {
  return isLine(type) && !isLookedAt(type) && !isIntercomType(type);
}

/** Returns what a headset shows of the calls. */
export function lightsOf({talking, held, ringing}: ControlledCalls, {offHookWhileHeld}: MakerRules): Lights {
  const call = talking?.call ?? held?.call;
  if (!call && !ringing) return DARK;
  const tones = ringing?.client.ringer.state.tones ?? [];
  return {
    offHook: Boolean(talking ?? (offHookWhileHeld && held)),
    online: call?.state.phase === 'answered',
    mute: call !== undefined && isSilent(call),
    hold: held !== undefined,
    ring: ringing !== undefined,
    ringer: !talking && (tones.includes('ringtone') || tones.includes('alarm')),
  };
}

/** Does what a press means for the calls; resolves with whether it meant anything. @throws {SipError} if the call refuses it. */
export async function press(
  {button, on}: HeadsetPress,
  {talking, held, ringing}: ControlledCalls,
): Promise<boolean> {
  const commands: Readonly<Record<HeadsetPress['button'], (() => Promise<unknown>) | undefined>> = {
    'off-hook': ringing ? () => answer(ringing, talking) : talking ? undefined : resume(held),
    'on-hook': talking ? () => talking.call.hangup() : hangUp(held),
    drop: talking ? () => talking.call.hangup() : ringing ? () => ringing.call.decline() : hangUp(held),
    decline: ringing && (() => ringing.call.decline()),
    flash: talking && ringing ? () => answer(ringing, talking) : (resume(held) ?? hold(talking)),
    hold: (on ?? !held) ? hold(talking) : resume(held),
    mute: muteCommand(talking?.call ?? held?.call, on),
  };
  const command = commands[button];
  await command?.();
  return command !== undefined;
}

const hold = (controlled: ControlledCall | undefined): (() => Promise<unknown>) | undefined =>
  controlled && (() => controlled.call.hold());

const hangUp = (controlled: ControlledCall | undefined): (() => Promise<unknown>) | undefined =>
  controlled && (() => controlled.call.hangup());

const resume = (controlled: ControlledCall | undefined): (() => Promise<unknown>) | undefined =>
  controlled && (() => controlled.client.activate(controlled.call));

/** Answers with sound alone: a headset has no camera. The call of another client is held, as are those of the same one. */
async function answer({call, client}: ControlledCall, talking: ControlledCall | undefined): Promise<void> {
  if (talking && talking.client !== client) talking.call.hold().catch(() => {});
  await call.answer({media: 'audio'});
}

function muteCommand(call: SipCall | undefined, on: boolean | undefined): (() => Promise<void>) | undefined {
  if (!call || on === isSilent(call)) return undefined;
  return () => (isSilent(call) ? call.unmute() : call.mute());
}
