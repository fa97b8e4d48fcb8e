import type {SipCall} from '../../core/call/call.js';
import {getsVideo, sendsVideo} from '../shared/call-picture.js';
import {ScreenLock} from './screen-lock.js';

/** A call that is under way, and what shows its failures. */
export interface ControlledCall {
  readonly call: SipCall;
  /** What the other side is called. */
  readonly name: string;
  readonly run: (command: () => Promise<unknown>) => void;
}

/** Actions that some browsers do not know: these throw then. */
type CallAction = 'hangup' | 'togglemicrophone' | 'togglecamera';

const ACTIONS: readonly CallAction[] = ['hangup', 'togglemicrophone', 'togglecamera'];

/**
 * Lets the system's own controls end and mute the page's call (Media Session), and keeps the screen awake while there is a
 * picture. A page has one of each, so it is the call that was last said.
 */
class SystemControls {
  readonly #calls = new Map<object, ControlledCall>();
  readonly #lock = new ScreenLock();
  #controlled: ControlledCall | undefined;

  /** Controls the owner's call from now on; none any more where there is none. */
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
    // Firefox on phones has none.
    const session = (navigator as {mediaSession?: MediaSession}).mediaSession;
    if (!session) return;
    for (const action of ACTIONS)
      handle(session, action, call && controlled && commandOf(action, controlled));
    session.metadata = call && controlled ? new MediaMetadata({title: controlled.name}) : null;
    if (!call) return;
    // Safari has them by another name.
    (session.setMicrophoneActive as ((on: boolean) => unknown) | undefined)?.call(session, !call.state.muted);
    (session.setCameraActive as ((on: boolean) => unknown) | undefined)?.call(
      session,
      sendsVideo(call) && !call.state.cameraOff,
    );
  };
}

/** One for the page, which has one media session. */
export const systemControls = new SystemControls();

function commandOf(action: CallAction, {call, run}: ControlledCall): (() => void) | undefined {
  if (action === 'hangup') return () => run(() => call.hangup());
  if (action === 'togglemicrophone') return () => run(() => (call.state.muted ? call.unmute() : call.mute()));
  return sendsVideo(call) ? () => run(() => call.setCameraOff(!call.state.cameraOff)) : undefined;
}

function handle(session: MediaSession, action: CallAction, handler: (() => void) | undefined): void {
  try {
    session.setActionHandler(action as MediaSessionAction, handler ?? null);
  } catch {
    // The browser does not know it.
  }
}
