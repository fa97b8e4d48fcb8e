import {durations} from '../../durations.js';
import type {OpusPackets} from '../../media/recall/opus-packets.js';
import type * as RecallMedia from '../../media/recall/recall-media.js';
import type {UtteranceCutter} from '../../media/recall/utterance-cutter.js';
import type {UtteranceEncoder} from '../../media/recall/utterance-encoder.js';
import type {SipCall} from '../call/call.js';
import {isConference} from '../conference/is-conference.js';
import {isIntercom} from '../intercom/is-intercom.js';
import type {Party} from '../types.js';
import {randomUuid} from '../util/uuid.js';
import type {Utterance} from './recall-state.js';

/** What a call needs to be kept. */
export interface RecalledCallDelegate {
  /** Whether the page allows it; asked once, when the call is answered. */
  allows(call: SipCall): boolean;
  /** The context that all calls share. */
  context(): AudioContext;
  /** Called when an utterance begins, grows by a second, or has ended. */
  onChange(utterance: Utterance, packets: OpusPackets): void;
  /** Called when it must be written to the disk: when it has ended, and now and then before. */
  onNote(utterance: Utterance, packets: OpusPackets): void;
}

const CHANGES = ['statechange', 'streamschange'] as const;

/** One call whose sound is kept. */
export class RecalledCall {
  readonly #call: SipCall;
  readonly #media: typeof RecallMedia;
  readonly #delegate: RecalledCallDelegate;
  /** Undefined before the answer; null if the page does not allow it. */
  #cutter: UtteranceCutter | null | undefined;
  #utterance: Utterance | undefined;
  /** Who has spoken last. */
  #speaker: string | undefined;
  /** Up to where the utterance is noted, in seconds. */
  #noted = 0;

  constructor(call: SipCall, media: typeof RecallMedia, delegate: RecalledCallDelegate) {
    this.#call = call;
    this.#media = media;
    this.#delegate = delegate;
    for (const type of CHANGES) call.addEventListener(type, this.#follow);
    this.#follow();
  }

  /** Ends what is heard at the moment; idempotent. */
  stop(): void {
    for (const type of CHANGES) this.#call.removeEventListener(type, this.#follow);
    this.#cutter?.stop();
  }

  readonly #follow = (): void => {
    const {state, remoteStream} = this.#call;
    const heard = state.phase === 'answered' && !state.held;
    if (heard && this.#cutter === undefined)
      this.#cutter = this.#delegate.allows(this.#call) ? this.#listen() : null;
    if (!this.#cutter) return;
    this.#cutter.use(heard ? (remoteStream?.getAudioTracks() ?? []) : []);
    // The browser suspends it until a gesture, and reports no refusal.
    const context = this.#delegate.context();
    if (context.state === 'suspended') context.resume().catch(() => {});
    const speaker = speakerOf(this.#call)?.number;
    // The floor may go to another one without a pause.
    if (isIntercom(this.#call) && speaker && this.#speaker && speaker !== this.#speaker) this.#cutter.cut();
    this.#speaker = speaker ?? this.#speaker;
  };

  #listen(): UtteranceCutter {
    return new this.#media.UtteranceCutter(this.#delegate.context(), {
      onBegin: (encoder) => this.#begin(encoder),
      onProgress: (encoder) => this.#progress(encoder),
      onEnd: (encoder) => void this.#end(encoder),
    });
  }

  #begin({duration, packets}: UtteranceEncoder): void {
    const {id: call, type, direction, remote} = this.#call;
    this.#noted = 0;
    this.#utterance = Object.freeze({
      ...{id: randomUuid(), call, type, direction, duration},
      remote: nameOf(remote),
      speaker: speakerOf(this.#call),
      time: Date.now() - Math.round(duration * 1_000),
      running: true,
    });
    this.#delegate.onChange(this.#utterance, packets);
  }

  #progress({duration, packets}: UtteranceEncoder): void {
    const before = this.#utterance;
    // The server may report who speaks after the first sound.
    const speaker = before?.speaker ?? speakerOf(this.#call);
    if (!before || (duration - before.duration < 1 && speaker === before.speaker)) return;
    const utterance = (this.#utterance = Object.freeze({...before, speaker, duration}));
    this.#delegate.onChange(utterance, packets);
    if (1_000 * (duration - this.#noted) < durations.recallNotes) return;
    this.#noted = duration;
    this.#delegate.onNote(utterance, packets);
  }

  async #end(encoder: UtteranceEncoder): Promise<void> {
    const before = this.#utterance;
    this.#utterance = undefined;
    await encoder.end();
    if (!before) return;
    const utterance = Object.freeze({...before, duration: encoder.duration, running: false});
    this.#delegate.onChange(utterance, encoder.packets);
    this.#delegate.onNote(utterance, encoder.packets);
  }
}

/** Who speaks at the moment, if the server reports it; in a call of two, its other side. */
function speakerOf(call: SipCall): Party | undefined {
  if (isIntercom(call)) return call.state.speaker && nameOf(call.state.speaker);
  if (!isConference(call)) return nameOf(call.remote);
  const talking = call.state.members.find((member) => member.talking && !member.file);
  return talking && nameOf(call.identify({number: talking.number, name: talking.name}));
}

/** Pictures and details are not kept. */
function nameOf({number, name}: Party): Party {
  return Object.freeze({number, name});
}
