import {SipError} from '../../errors.js';
import type {AskedWith, CallInit, KeptCall} from './call-init.js';
import {isSound, type CallState} from './call-state.js';
import {FULL_SOUND} from '../sound/sound-state.js';
import type {Dialog, DialogEventMap, DialogState} from '../server/dialog.js';
import type {CallCause, CallPhase, CallType, Party, RecordingSign, UnansweredCode} from '../types.js';
import {patched} from '../util/state-target.js';

/**
 * The events of a dialog that its call repeats. If the page cancels the repeated event, the original is cancelled too.
 */
const REPEATED = [
  'dtmf',
  'mediarequest',
  'transferrequest',
] as const satisfies readonly (keyof DialogEventMap)[];

const ORDER: readonly CallPhase[] = ['init', 'ringing', 'answered', 'released'];

/**
 * The internal interface of a call, by which its profile drives it. It owns the call's state, dialog and end; `SipCall`
 * is the page's view of it.
 *
 * Phases only go forward:
 * ```
 * init ──► ringing ──► answered ──► released
 *   └──────────┴────────────────────────▲
 * ```
 */
export class CallControl {
  readonly init: CallInit;
  /** When the call began, in milliseconds since the epoch. */
  readonly began: number;
  #state: Readonly<CallState> = Object.freeze<CallState>({
    phase: 'init',
    held: false,
    remoteHeld: false,
    muted: false,
    unheard: false,
    cameraOff: false,
    sharing: false,
    remoteSharing: false,
    recording: false,
    remoteRecording: false,
    recordingPaused: false,
    media: {audio: 'inactive', video: 'inactive'},
    health: 'healthy',
    sound: FULL_SOUND,
    soundBlocked: false,
    quiet: false,
    autoAnswered: false,
    announcing: false,
  });

  #type: CallType;
  #typeNumber: number;
  #direction: 'incoming' | 'outgoing';
  #asked: AskedWith | undefined;
  #remote: Party;
  #dialog: Dialog | undefined;
  /** The remote party that the dialog reported last. */
  #named: Party | undefined;
  /** When the call was answered and when it ended, by a monotonic clock. */
  #answered: number | undefined;
  #ended: number | undefined;
  #followsDialog: boolean;
  #target: EventTarget | undefined;
  /** What was last reported about the recording. */
  #recording: RecordingSign = 'off';
  /** Whether a call is recorded that this one is merged with. */
  #recordedBeside = false;
  /** Whether the other side has not taken part yet in continuing the call of an earlier page. */
  #recovers = false;
  /** Why this side ends the call, if nobody answers before. */
  unanswered: UnansweredCode | undefined;

  constructor(init: CallInit) {
    this.init = init;
    this.began = init.continued?.began ?? Date.now();
    this.#type = init.type;
    this.#typeNumber = init.typeNumber;
    this.#direction = init.direction;
    this.#asked = init.asked;
    this.#remote = init.remote;
    this.#followsDialog = init.followsDialog;
    if (init.continued) this.#continue(init.continued);
    else if (init.direction === 'incoming') this.#advance('ringing');
    if (init.dialog) this.attach(init.dialog);
  }

  /** Sets the target at which the call's events are dispatched. */
  tell(target: EventTarget): void {
    this.#target = target;
  }

  get state(): Readonly<CallState> {
    return this.#state;
  }

  get type(): CallType {
    return this.#type;
  }

  get typeNumber(): number {
    return this.#typeNumber;
  }

  get direction(): 'incoming' | 'outgoing' {
    return this.#direction;
  }

  get asked(): AskedWith | undefined {
    return this.#asked;
  }

  get remote(): Party {
    return this.#remote;
  }

  get dialog(): Dialog | undefined {
    return this.#dialog;
  }

  /** What the call continues, until its other side takes part again. */
  get continued(): KeptCall | undefined {
    return this.#recovers ? this.init.continued : undefined;
  }

  /** See `SipCall.duration`. */
  get duration(): number | undefined {
    return this.#answered === undefined ? undefined : (this.#ended ?? performance.now()) - this.#answered;
  }

  /** Changes parts of the state; does nothing if they are the same. */
  update(patch: Partial<CallState>): void {
    const state = patched(this.#state, patch);
    if (state === this.#state) return;
    this.#state = state;
    this.#changed();
  }

  /** Sets the dialog that carries the call. @throws {SipError} `internal` for a second one */
  attach(dialog: Dialog): void {
    if (this.#dialog)
      throw new SipError('internal', {subject: `a second dialog for the call ${this.init.id}`});
    if (this.#state.phase === 'released') {
      void dialog.hangup();
      return;
    }
    this.#follow(dialog);
  }

  /** Continues the call with a dialog that has replaced its own (RFC 3891), which ends. */
  moveTo(dialog: Dialog): void {
    const before = this.#dialog;
    if (this.#state.phase === 'released' || !before) return void dialog.hangup();
    this.#unfollow(before);
    this.#follow(dialog);
    this.#recording = 'off';
    this.tellRecording();
    void before.hangup().catch(() => {});
  }

  /** Whether the call takes its phases from its dialog from now on; otherwise `setPhase` sets them. */
  followDialog(follows: boolean): void {
    this.#followsDialog = follows;
    if (this.#dialog) this.#onDialog();
  }

  setPhase(phase: 'ringing' | 'answered'): void {
    this.#advance(phase);
  }

  setRemote(remote: Party): void {
    if (remote.number === this.#remote.number && remote.name === this.#remote.name) return;
    this.#remote = remote;
    this.#changed();
  }

  /** Turns an incoming call into an outgoing one that this side had requested; it stops ringing. */
  setOutgoing(asked: AskedWith): void {
    if (this.#direction === 'outgoing') return;
    this.#direction = 'outgoing';
    this.#asked = asked;
    this.#changed();
  }

  /** Changes the call's type; reported with the next change of its state. */
  setType(type: CallType, typeNumber: number): void {
    this.#type = type;
    this.#typeNumber = typeNumber;
  }

  /** Keeps the call from ringing. */
  setQuiet(): void {
    this.update({quiet: true});
  }

  /** Marks the call as answered automatically; it stops ringing. */
  setAutoAnswered(): void {
    this.update({quiet: true, autoAnswered: true});
  }

  /**
   * Reports to the other side whether its voice is recorded here, if that has changed.
   *
   * @param beside - Whether a call is recorded that this one is merged with.
   */
  tellRecording(beside = this.#recordedBeside): void {
    this.#recordedBeside = beside;
    const {phase, recording, recordingPaused} = this.#state;
    const sign = beside ? 'on' : !recording ? 'off' : recordingPaused ? 'paused' : 'on';
    if (sign === this.#recording || phase !== 'answered') return;
    this.#recording = sign;
    void this.#dialog?.tellRecording(sign);
  }

  /** Ends the call and its dialog; the first cause counts. */
  release(ending: CallCause): void {
    if (this.#state.phase === 'released') return;
    const code = ending.by === 'local' && this.#answered === undefined && this.unanswered;
    const cause = code ? {...ending, code} : ending;
    this.#ended = performance.now();
    const dialog = this.#dialog;
    dialog?.removeEventListener('statechange', this.#onDialog);
    const health = isSound(this.#state.health) ? 'healthy' : 'failed';
    this.update({phase: 'released', cause, health, merged: undefined, patch: undefined});
    if (dialog && dialog.state.phase !== 'terminated') void dialog.hangup().catch(() => {});
    if (dialog) this.#unfollow(dialog);
  }

  /** Returns the dialog of an answered call. @throws {SipError} `invalid-state` */
  answered(command: string): Dialog {
    if (this.#state.phase !== 'answered') throw this.invalid(command);
    return this.running(command);
  }

  /** Returns the dialog of a call that has not ended. @throws {SipError} `invalid-state` */
  running(command: string): Dialog {
    if (!this.#dialog || this.#state.phase === 'released') throw this.invalid(command);
    return this.#dialog;
  }

  invalid(command: string): SipError {
    return new SipError('invalid-state', {subject: `${command}, ${this.#direction}, ${this.#state.phase}`});
  }

  #follow(dialog: Dialog): void {
    this.#dialog = dialog;
    this.#named = dialog.remote;
    dialog.addEventListener('statechange', this.#onDialog);
    dialog.addEventListener('streamschange', this.#onStreams);
    for (const type of REPEATED) dialog.addEventListener(type, this.#onRepeated);
    this.#onDialog();
    this.#onStreams();
  }

  #unfollow(dialog: Dialog): void {
    dialog.removeEventListener('statechange', this.#onDialog);
    dialog.removeEventListener('streamschange', this.#onStreams);
    for (const type of REPEATED) dialog.removeEventListener(type, this.#onRepeated);
  }

  #continue({answeredAt}: KeptCall): void {
    this.#recovers = true;
    this.#answered = performance.now() - Math.max(0, Date.now() - answeredAt);
    this.update({phase: 'answered', answeredAt, health: 'recovering'});
  }

  readonly #onDialog = (): void => {
    const dialog = this.#dialog;
    if (!dialog) return;
    const {phase, cause, ...mirrored} = dialog.state;
    if (phase === 'confirmed') this.#recovers = false;
    this.update(this.#recovers ? {...mirrored, health: 'recovering'} : mirrored);
    if (dialog.remote !== this.#named) this.setRemote((this.#named = dialog.remote));
    if (phase === 'terminated') this.#end(cause ?? {by: 'remote', code: 'normal'});
    else if (this.#followsDialog) this.#advance(phaseOf(phase));
  };

  /** Ends the call because its dialog has ended. `init.explain` may find a better cause for a failed call. */
  #end(cause: CallCause): void {
    const {explain} = this.init;
    if (this.#recovers && cause.by !== 'local') return this.release({...cause, code: 'call-lost'});
    const says = cause.by !== 'remote' || (cause.code !== 'normal' && cause.code !== 'cancelled');
    if (!explain || says || this.#state.phase === 'answered') return this.release(cause);
    explain(cause).then(
      (found) => this.release(found),
      () => this.release(cause),
    );
  }

  readonly #onStreams = (): void => {
    this.#target?.dispatchEvent(new Event('streamschange'));
  };

  readonly #onRepeated = (event: Event): void => {
    const {type, detail, cancelable} = event as CustomEvent<unknown>;
    const wanted = this.#target?.dispatchEvent(new CustomEvent(type, {detail, cancelable})) ?? true;
    if (!wanted) event.preventDefault();
  };

  #advance(phase: CallPhase): void {
    if (ORDER.indexOf(phase) <= ORDER.indexOf(this.#state.phase)) return;
    if (phase === 'answered') this.#answered = performance.now();
    this.update(phase === 'answered' ? {phase, answeredAt: Date.now()} : {phase});
  }

  #changed(): void {
    this.#target?.dispatchEvent(new Event('statechange'));
  }
}

function phaseOf(phase: Exclude<DialogState['phase'], 'terminated'>): CallPhase {
  return phase === 'confirmed' ? 'answered' : phase === 'early' ? 'ringing' : 'init';
}
