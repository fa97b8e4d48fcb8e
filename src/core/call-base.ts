import {SipError, type SipErrorCode} from '../errors.js';
import type {FinishedRecording, RecordingRequest} from './call-recording.js';
import type {ConferenceMember} from './conference-member.js';
import type {Dialog, DialogEventMap, DialogState} from './dialog.js';
import type {AskedWith, CallControl, CallInit} from './call-init.js';
import type {RecordingMode} from './recordings.js';
import {StateTarget} from './state-target.js';
import type {
  CallCause,
  CallHealth,
  CallMedia,
  CallPhase,
  CallQuality,
  CallStall,
  CallTransfer,
  CallType,
  MediaState,
  Party,
  RemotePicture,
} from './types.js';

/** What a call looks like at one moment. Plain data that can be cloned. */
export interface CallState {
  readonly phase: CallPhase;
  readonly held: boolean;
  readonly remoteHeld: boolean;
  readonly muted: boolean;
  readonly cameraOff: boolean;
  readonly sharing: boolean;
  readonly recording: boolean;
  /** Whether the recording pauses. */
  readonly recordingPaused: boolean;
  /** Since when it is recorded, in milliseconds since the epoch; later by the pauses that are over. */
  readonly recordingSince?: number | undefined;
  /** Whether the recording is in the browser's files already, or in memory and lost with the page. */
  readonly recordingStorage?: RecordingMode | undefined;
  readonly media: MediaState;
  readonly health: CallHealth;
  /**
   * Nothing has arrived for five seconds, and why, as far as it can be told. If it lasts, another way is sought (ICE restart).
   * For calls that are only looked at this is found out while somebody listens to `quality`.
   */
  readonly stalled?: CallStall | undefined;
  /** The browser keeps its sound off until the user does something on the page. */
  readonly soundBlocked: boolean;
  /** Nothing rings for it: the page prevented that, or it is answered by itself. */
  readonly quiet: boolean;
  /** Nobody here answered it: it is answered by itself, as its caller asked and the page allows. */
  readonly autoAnswered: boolean;
  /** When it was answered, in milliseconds since the epoch. */
  readonly answeredAt?: number | undefined;
  /** The transfer that was asked for last. */
  readonly transfer?: CallTransfer | undefined;
  /** Why it goes on with less than was asked. */
  readonly warning?: SipErrorCode | undefined;
  /** Why it is over. */
  readonly cause?: CallCause | undefined;
}

/** The events of a call. */
export interface CallEventMap extends DialogEventMap {
  /** A recording is about to begin; cancelable: it does not. */
  recordingrequest: CustomEvent<RecordingRequest>;
  /** A recording is finished; cancelable: not downloaded. It may come after the call's end. */
  recording: CustomEvent<FinishedRecording>;
  /** It was measured: told every two seconds while it stands and somebody listens to this, or an element shows it. */
  quality: CustomEvent<CallQuality>;
  /** A conference's member is other than before, or gone: then as the last one, and not among `state.members` any more. */
  memberchange: CustomEvent<{readonly member: ConferenceMember}>;
}

/** What a call repeats of its dialog, and the answer that a page gives to it. */
const REPEATED = [
  'dtmf',
  'mediarequest',
  'transferrequest',
] as const satisfies readonly (keyof DialogEventMap)[];

const ORDER: readonly CallPhase[] = ['init', 'ringing', 'answered', 'released'];

/** What a call is and how far it has come, without its commands: it mirrors its dialog, or what its profile says. */
export abstract class CallBase extends StateTarget<CallState, CallEventMap> {
  readonly id: string;
  /** What was asked for, or is offered. */
  readonly media: CallMedia;
  protected readonly init: CallInit;
  #type: CallType;
  #typeNumber: number;
  #direction: 'incoming' | 'outgoing';
  #asked: AskedWith | undefined;
  #remote: Party;
  /** Whom the dialog named last. */
  #named: Party | undefined;
  protected dialog: Dialog | undefined;
  /** When it was answered and when it ended, by a clock that nobody sets. */
  #answered: number | undefined;
  #ended: number | undefined;
  #followsDialog: boolean;

  /** @internal Calls are made by `SipClient`; `reveal` gets the inner side. */
  protected constructor(init: CallInit, reveal: (control: Omit<CallControl, 'call'>) => void) {
    super({
      phase: 'init',
      held: false,
      remoteHeld: false,
      muted: false,
      cameraOff: false,
      sharing: false,
      recording: false,
      recordingPaused: false,
      media: {audio: 'inactive', video: 'inactive'},
      health: 'healthy',
      soundBlocked: false,
      quiet: false,
      autoAnswered: false,
    });
    this.id = init.id;
    this.#type = init.type;
    this.#typeNumber = init.typeNumber;
    this.media = init.media;
    this.init = init;
    this.#direction = init.direction;
    this.#asked = init.asked;
    this.#remote = init.remote;
    this.#followsDialog = init.followsDialog;
    if (init.direction === 'incoming') this.#advance('ringing');
    if (init.dialog) this.#attach(init.dialog);
    reveal({
      attach: (dialog) => this.#attach(dialog),
      followDialog: (follows) => this.#follow(follows),
      setPhase: (phase) => this.#advance(phase),
      setRemote: (remote) => this.#setRemote(remote),
      setOutgoing: (asked) => this.#setOutgoing(asked),
      setQuiet: () => this.update({quiet: true}),
      setAutoAnswered: () => this.update({quiet: true, autoAnswered: true}),
      release: (cause) => this.#release(cause),
    });
  }

  /** The documentation's name of `id`. */
  get sid(): string {
    return this.id;
  }

  /** What it is; `statechange` tells if a number that was called turns out to be a room: `conference` then. */
  get type(): CallType {
    return this.#type;
  }

  /** The server's number of the type (protocol page §6). */
  get typeNumber(): number {
    return this.#typeNumber;
  }

  /** Who asked for it; `statechange` tells where an incoming call turns out to be one's own. */
  get direction(): 'incoming' | 'outgoing' {
    return this.#direction;
  }

  /**
   * How long it has stood since its answer, in milliseconds, also once it is over; undefined before. Whoever sets the
   * computer's clock changes nothing in it.
   */
  get duration(): number | undefined {
    return this.#answered === undefined ? undefined : (this.#ended ?? performance.now()) - this.#answered;
  }

  /** The `msgid` of the API request that it was asked for with; empty where it was not. */
  get msgid(): string {
    return this.#asked?.msgid ?? '';
  }

  /** @internal The request that it was asked for with; undefined if there was none. */
  get asked(): AskedWith | undefined {
    return this.#asked;
  }

  /** The SIP Call-ID, by which servers' logs name it; empty before there is a dialog. */
  get callId(): string {
    return this.dialog?.id ?? '';
  }

  /**
   * A header of what the other side sent for this call, as text that a stranger may have written: of its INVITE, its responses
   * to this side's, its BYE or CANCEL. Of several messages with that header the newest counts, of several lines the first.
   *
   * ```ts
   * client.addEventListener('sip-call-received', ({detail: {call}}) => show(call.header('X-Order')));
   * ```
   */
  header(name: string): string | undefined {
    return this.dialog?.header(name);
  }

  /** Who is at the other end; `statechange` tells when more becomes known. */
  get remote(): Party {
    return this.#remote;
  }

  get localStream(): MediaStream | undefined {
    return this.dialog?.localStream;
  }

  get remoteStream(): MediaStream | undefined {
    return this.dialog?.remoteStream;
  }

  /** The pictures of the other side, each alone: where it sends several, they are told apart by their labels. */
  get remotePictures(): readonly RemotePicture[] {
    return this.dialog?.remotePictures ?? [];
  }

  /** It turns out to be of another type. */
  protected become(type: CallType, typeNumber: number): void {
    this.#type = type;
    this.#typeNumber = typeNumber;
  }

  protected answered(command: string): Dialog {
    if (this.state.phase !== 'answered') throw this.invalid(command);
    return this.running(command);
  }

  protected running(command: string): Dialog {
    if (!this.dialog || this.state.phase === 'released') throw this.invalid(command);
    return this.dialog;
  }

  protected invalid(command: string): SipError {
    return new SipError('invalid-state', {subject: `${command}, ${this.direction}, ${this.state.phase}`});
  }

  #attach(dialog: Dialog): void {
    if (this.dialog) throw new SipError('internal', {subject: `a second dialog for the call ${this.id}`});
    if (this.state.phase === 'released') {
      void dialog.hangup();
      return;
    }
    this.dialog = dialog;
    this.#named = dialog.remote;
    dialog.addEventListener('statechange', this.#onDialog);
    dialog.addEventListener('streamschange', this.#onStreams);
    for (const type of REPEATED) dialog.addEventListener(type, this.#onRepeated);
    this.#onDialog();
    this.#onStreams();
  }

  #follow(follows: boolean): void {
    this.#followsDialog = follows;
    if (this.dialog) this.#onDialog();
  }

  readonly #onDialog = (): void => {
    const dialog = this.dialog;
    if (!dialog) return;
    const {phase, media, muted, cameraOff, sharing, held, remoteHeld, health, warning, cause} = dialog.state;
    this.update({media, muted, cameraOff, sharing, held, remoteHeld, health, warning});
    if (dialog.remote !== this.#named) this.#setRemote((this.#named = dialog.remote));
    if (phase === 'terminated') this.#end(cause ?? {by: 'remote', code: 'normal'});
    else if (this.#followsDialog) this.#advance(phaseOf(phase));
  };

  /** The dialog is over, and so is the call; but a failed call's reason may come by another way. */
  #end(cause: CallCause): void {
    const {explain} = this.init;
    const says = cause.by !== 'remote' || (cause.code !== 'normal' && cause.code !== 'cancelled');
    if (!explain || says || this.state.phase === 'answered') return this.#release(cause);
    explain(cause).then(
      (found) => this.#release(found),
      () => this.#release(cause),
    );
  }

  readonly #onStreams = (): void => {
    this.dispatchEvent(new Event('streamschange'));
  };

  readonly #onRepeated = (event: Event): void => {
    const {type, detail, cancelable} = event as CustomEvent<unknown>;
    if (!this.dispatchEvent(new CustomEvent(type, {detail, cancelable}))) event.preventDefault();
  };

  /** Phases only go forward: a late event changes nothing. */
  #advance(phase: CallPhase): void {
    if (ORDER.indexOf(phase) <= ORDER.indexOf(this.state.phase)) return;
    if (phase === 'answered') this.#answered = performance.now();
    this.update(phase === 'answered' ? {phase, answeredAt: Date.now()} : {phase});
  }

  #setRemote(remote: Party): void {
    if (remote.number === this.#remote.number && remote.name === this.#remote.name) return;
    this.#remote = remote;
    this.dispatchEvent(new Event('statechange'));
  }

  #setOutgoing(asked: AskedWith): void {
    if (this.#direction === 'outgoing') return;
    this.#direction = 'outgoing';
    this.#asked = asked;
    this.dispatchEvent(new Event('statechange'));
  }

  #release(cause: CallCause): void {
    if (this.state.phase === 'released') return;
    this.#ended = performance.now();
    const dialog = this.dialog;
    dialog?.removeEventListener('statechange', this.#onDialog);
    this.update({phase: 'released', cause});
    if (dialog && dialog.state.phase !== 'terminated') void dialog.hangup().catch(() => {});
    dialog?.removeEventListener('streamschange', this.#onStreams);
    for (const type of REPEATED) dialog?.removeEventListener(type, this.#onRepeated);
  }
}

function phaseOf(phase: Exclude<DialogState['phase'], 'terminated'>): CallPhase {
  return phase === 'confirmed' ? 'answered' : phase === 'early' ? 'ringing' : 'init';
}
