import {keptDurations} from '../../durations/kept.js';
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
  /** Whether a number is that of this side, which is among the members of a conference. */
  isOwn(number: string): boolean;
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
    const before = this.#utterance?.speaker?.number;
    const now = this.#speaker()?.number;
    // Another one may go on without a pause.
    if (before && now && before !== now) this.#cutter.cut();
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
      speaker: this.#speaker(),
      time: Date.now() - Math.round(duration * 1_000),
      running: true,
    });
    this.#delegate.onChange(this.#utterance, packets);
  }

  #progress({duration, packets}: UtteranceEncoder): void {
    const before = this.#utterance;
    // The server may report who speaks after the first sound.
    const speaker = before?.speaker ?? this.#speaker();
    if (!before || (duration - before.duration < 1 && speaker === before.speaker)) return;
    const utterance = (this.#utterance = Object.freeze({...before, speaker, duration}));
    this.#delegate.onChange(utterance, packets);
    if (1_000 * (duration - this.#noted) < keptDurations.recallNotes) return;
    this.#noted = duration;
    this.#delegate.onNote(utterance, packets);
  }

  /** Who speaks at the moment, if the server reports it; in a call of two, its other side. */
  #speaker(): Party | undefined {
    const call = this.#call;
    if (isIntercom(call)) return call.state.speaker && nameOf(call.state.speaker);
    if (!isConference(call)) return nameOf(call.remote);
    const before = this.#utterance?.speaker?.number;
    const talking = call.state.members.filter(
      (member) => member.talking && !member.file && !this.#delegate.isOwn(member.number),
    );
    const member = talking.find(({number}) => number === before) ?? talking[0];
    return member && nameOf(call.identify({number: member.number, name: member.name}));
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

/** Pictures and details are not kept. */
function nameOf({number, name}: Party): Party {
  return Object.freeze({number, name});
}
