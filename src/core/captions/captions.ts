import {SipError, toSipError} from '../../errors.js';
import type {SpeechTap} from '../../media/captions/speech-tap.js';
import type {AnnouncedSound, CallPhase} from '../types.js';
import {StateTarget} from '../util/state-target.js';
import {CaptionSideRun} from './caption-side.js';
import type {Caption, CaptionCall, CaptionSide, CaptionSource, CaptionsState} from './caption-source.js';

/** What captions need of their call. */
export interface CaptionedCall extends CaptionCall, EventTarget {
  readonly duration: number | undefined;
  readonly state: {
    readonly phase: CallPhase;
    readonly held: boolean;
    readonly remoteHeld: boolean;
    readonly muted: boolean;
    readonly unheard: boolean;
  };
  readonly localStream: MediaStream | undefined;
  readonly remoteStream: MediaStream | undefined;
  readonly announced: AnnouncedSound | undefined;
  captioned: Captions | undefined;
}

/** What the client of a call tells of captions. */
export interface UsualCaptions {
  readonly captions: CaptionSource | undefined;
  /** This side's number. */
  readonly user: string;
}

/** What owns the state of a call. */
export interface CaptionsControl {
  /** @throws {SipError} `invalid-state` if the call is not answered. */
  answered(command: string): unknown;
  update(state: {readonly captions: 'on' | 'off'}): void;
}

const SIDES = ['remote', 'local'] as const;

const CHANGES = ['statechange', 'streamschange'] as const;

/** How many texts there were: two captions of a call never give the same number. */
let count = 0;

/** How many texts the state has. */
const MOST_LINES = 100;

/** The captions of each call that are beginning. */
const beginning = new WeakMap<CaptionedCall, Promise<Captions>>();

/**
 * Begins the captions of a call, or returns those that run by the same source; others end.
 *
 * @param source - Undefined to go on with that of the captions before.
 * @param usual - The source if there is no other one, and who this side is.
 * @throws {SipError} `invalid-state` if the call is not answered, `bad-parameter` without a source, `playback-blocked`;
 * `aborted` if the call ended meanwhile.
 */
export async function captionsOf(
  call: CaptionedCall,
  source: CaptionSource | undefined,
  usual: UsualCaptions,
  control: CaptionsControl,
): Promise<Captions> {
  control.answered('captions');
  const earlier = beginning.get(call);
  const captions = (async () => {
    await earlier?.catch(() => {});
    return chosenCaptions(call, source, usual, control);
  })();
  beginning.set(call, captions);
  return captions;
}

async function chosenCaptions(
  call: CaptionedCall,
  source: CaptionSource | undefined,
  usual: UsualCaptions,
  control: CaptionsControl,
): Promise<Captions> {
  const before = call.captioned;
  const chosen: unknown = source ?? before?.source ?? usual.captions;
  if (!isSource(chosen))
    throw new SipError('bad-parameter', {
      subject: 'captions',
      expected: '(sound) => ({write(samples, time) {…}})',
    });
  if (before?.state.active) {
    if (before.source === chosen) return before;
    before.stop();
  }
  return begin(call, chosen, usual, control);
}

function isSource(value: unknown): value is CaptionSource {
  const start = typeof value === 'object' && value !== null && 'start' in value ? value.start : value;
  return typeof start === 'function';
}

async function begin(
  call: CaptionedCall,
  source: CaptionSource,
  {user}: UsualCaptions,
  control: CaptionsControl,
): Promise<Captions> {
  const {SpeechTap, openSpeechContext} = await import('../../media/captions/speech-tap.js').catch(
    (error: unknown) => {
      throw toSipError(error, 'captions');
    },
  );
  const context = await openSpeechContext();
  if (call.state.phase === 'released') {
    void context.close();
    throw new SipError('aborted', {subject: 'captions'});
  }
  const captions = new Captions({call, user, source, context, tap: SpeechTap, control});
  captions.begin();
  return captions;
}

/** What captions are made of. */
interface CaptionsOptions {
  readonly call: CaptionedCall;
  readonly source: CaptionSource;
  readonly context: AudioContext;
  readonly tap: typeof SpeechTap;
  readonly user: string;
  readonly control: CaptionsControl;
}

/** A side with its sound. */
interface SideSound {
  readonly run: CaptionSideRun;
  readonly tap: SpeechTap;
}

/**
 * The captions of a call: hands the sound of each side to the page's recognizer, and has what it understands. They end with the
 * call.
 */
export class Captions extends StateTarget<CaptionsState> {
  readonly #options: CaptionsOptions;
  readonly #sides = new Map<CaptionSide, SideSound>();
  #end!: () => void;
  /** @internal Resolves when the recognizers have handed in their last texts. */
  readonly ended = new Promise<void>((resolve) => (this.#end = resolve));

  /** @internal Made by `call.captions()`. */
  constructor(options: CaptionsOptions) {
    super({active: true, lines: [], failed: []});
    this.#options = options;
  }

  /** @internal */
  get source(): CaptionSource {
    return this.#options.source;
  }

  /** @internal The number of this side. */
  get user(): string {
    return this.#options.user;
  }

  /** @internal */
  begin(): void {
    const {call, source, context, tap, control} = this.#options;
    call.captioned = this;
    control.update({captions: 'on'});
    for (const side of SIDES) {
      const run = new CaptionSideRun({
        ...{call, side, source},
        time: () => call.duration ?? 0,
        nextId: () => (count += 1),
        onCaption: (caption) => this.#add(caption),
        onEnd: (error) => this.#endSide(side, error),
      });
      this.#sides.set(side, {run, tap: new tap(context, (samples) => run.hear(samples))});
    }
    for (const type of CHANGES) call.addEventListener(type, this.#follow);
    this.#follow();
  }

  /** Hands over no more sound. Texts about what was handed over still come for a moment. Idempotent. */
  stop(): void {
    this.#stop(false);
  }

  #stop(rest: boolean): void {
    if (!this.state.active) return;
    const {call, context, control} = this.#options;
    for (const type of CHANGES) call.removeEventListener(type, this.#follow);
    const sides = [...this.#sides.values()];
    this.#sides.clear();
    for (const {tap} of sides) tap.stop();
    void context.close();
    this.update({active: false});
    control.update({captions: 'off'});
    void Promise.all(sides.map(async ({run}) => run.stop(rest))).then(() => {
      // What did not become final is not said any more.
      this.update({lines: this.state.lines.filter(({final}) => final)});
      this.#end();
    });
  }

  readonly #follow = (): void => {
    const {call, context} = this.#options;
    const {phase, held, remoteHeld, muted, unheard} = call.state;
    if (phase === 'released') return this.#stop(true);
    const speaks = !held && !remoteHeld && !muted && !unheard && call.announced?.mix !== false;
    this.#use('local', speaks ? call.localStream : undefined);
    this.#use('remote', held ? undefined : call.remoteStream);
    // The browser suspends it if its device fails.
    if (context.state === 'suspended') context.resume().catch(() => {});
  };

  #use(side: CaptionSide, stream: MediaStream | undefined): void {
    this.#sides.get(side)?.tap.use(stream?.getAudioTracks() ?? []);
  }

  #endSide(side: CaptionSide, error: unknown): void {
    this.#sides.get(side)?.tap.stop();
    this.#sides.delete(side);
    if (error !== undefined) {
      this.update({failed: [...this.state.failed, side]});
      const detail = Object.freeze({side, error: toSipError(error, 'captions')});
      this.#options.call.dispatchEvent(new CustomEvent('captionerror', {detail}));
    }
    if (!this.#sides.size) this.#stop(false);
  }

  #add(caption: Caption): void {
    const {lines} = this.state;
    const known = lines.some(({id}) => id === caption.id);
    const next = known ? lines.map((line) => (line.id === caption.id ? caption : line)) : [...lines, caption];
    const shown = next.filter(({text}) => text);
    this.update({lines: Object.freeze(shown.slice(-MOST_LINES))});
    this.#options.call.dispatchEvent(new CustomEvent('caption', {detail: caption}));
  }
}
