import type {SipCall} from '../../core/call/call.js';
import {getsVideo, sendsVideo} from '../shared/calls/call-picture.js';
import {isNewPress} from '../../core/devices/press-once.js';
import {isSilent, toggleMicrophone} from '../../core/call/microphone.js';
import {ScreenLock} from './screen-lock.js';

/** An active call and how to run its commands. */
export interface ControlledCall {
  readonly call: SipCall;
  /** The name of the other side. */
  readonly name: string;
  readonly run: (command: () => Promise<unknown>) => void;
}

/** Actions that some browsers do not support: setting a handler then throws. */
type CallAction = 'hangup' | 'togglemicrophone' | 'togglecamera';

const ACTIONS: readonly CallAction[] = ['hangup', 'togglemicrophone', 'togglecamera'];

/**
 * Lets the system's own controls end and mute the page's call (Media Session), and keeps the screen awake during video.
 * A page has one of each, so they apply to the call set last.
 */
class SystemControls {
  readonly #calls = new Map<object, ControlledCall>();
  readonly #lock = new ScreenLock();
  #controlled: ControlledCall | undefined;

  /** Controls the owner's call from now on; undefined releases it. */
  set(owner: object, controlled: ControlledCall | undefined): void {
    const known = this.#calls.get(owner);
    if (known?.call === controlled?.call && known?.name === controlled?.name) return;
    this.#calls.delete(owner);
    if (controlled) this.#calls.set(owner, controlled);
    const last = [...this.#calls.values()].at(-1);
    if (last?.call !== this.#controlled?.call) {
      this.#controlled?.call.removeEventListener('statechange', this.#update);
      last?.call.addEventListener('statechange', this.#update);
    }
    this.#controlled = last;
    this.#update();
  }

  readonly #update = (): void => {
    const controlled = this.#controlled;
    const call = controlled?.call.state.phase === 'answered' ? controlled.call : undefined;
    this.#lock.set(!!call && (getsVideo(call) || sendsVideo(call)));
    // Firefox on phones has no media session.
    const session = (navigator as {mediaSession?: MediaSession}).mediaSession;
    if (!session) return;
    for (const action of ACTIONS)
      handle(session, action, call && controlled && commandOf(action, controlled));
    session.metadata = call && controlled ? new MediaMetadata({title: controlled.name}) : null;
    if (!call) return;
    // Safari names these methods differently.
    (session.setMicrophoneActive as ((on: boolean) => unknown) | undefined)?.call(session, !isSilent(call));
    (session.setCameraActive as ((on: boolean) => unknown) | undefined)?.call(
      session,
      sendsVideo(call) && !call.state.cameraOff,
    );
  };
}

/** The instance of the page, which has one media session. */
export const systemControls = new SystemControls();

function commandOf(action: CallAction, {call, run: runs}: ControlledCall): (() => void) | undefined {
  // A press of a headset may arrive by WebHID as well.
  const run = (command: () => Promise<unknown>): void => {
    if (isNewPress(action, systemControls)) runs(command);
  };
  if (action === 'hangup') return () => run(() => call.hangup());
  if (action === 'togglemicrophone') return () => run(() => toggleMicrophone(call));
  return sendsVideo(call) ? () => run(() => call.setCameraEnabled(call.state.cameraOff)) : undefined;
}

function handle(session: MediaSession, action: CallAction, handler: (() => void) | undefined): void {
  try {
    session.setActionHandler(action as MediaSessionAction, handler ?? null);
  } catch {
    // The browser does not support the action.
  }
}
