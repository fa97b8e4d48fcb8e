import {
  connect,
  NO_WAY,
  type Description,
  type Flow,
  type MediaKind,
  type Room,
  type Route,
  type Seat,
} from '../media/index.js';
import {pause, type Pause} from '../pause.js';
import type {CallLeg} from './call-leg.js';

const KINDS: readonly MediaKind[] = ['audio', 'video'];

/**
 * How long a client may take to say whether it takes video, in milliseconds: a person is asked there, for 20 s in our
 * own, and the other client's INVITE waits meanwhile for 32 s at most (RFC 3261 §17.1.1.2, Timer B).
 */
const ANSWER_PATIENCE = 26_000;

/** One side of a bridge. */
interface End {
  readonly leg: CallLeg;
  /** Its client takes part in video: offered it, or took it, and has not taken it away since; undefined until it matters. */
  video: boolean | undefined;
  /** What it adds, while the other side is asked. */
  adds: Flow | undefined;
  /** Its client is being asked; called where it adds video by itself. */
  agree: ((flow: Flow) => void) | undefined;
  /** What it added was refused, and its client may write the line again. */
  refused: boolean;
}

/**
 * Two legs that hear and see each other.
 *
 * A hold of one is kept from the other by the legs themselves, and told to it by a re-INVITE. Where one adds video the
 * other is asked by a re-INVITE first, and what comes of it is the answer; where one takes it away, the other is told.
 * Tones go across as INFO.
 */
export class Bridge {
  /** Told when they are taken apart. */
  onClosed: () => void = () => undefined;
  #routes: readonly Route[] = [];
  #seats: readonly Seat[] = [];
  readonly #pauses = new Set<Pause>();
  readonly #ends: readonly [End, End];
  #closed = false;
  #shared = false;

  constructor(one: CallLeg, other: CallLeg) {
    const end = (leg: CallLeg): End => ({
      leg,
      video: undefined,
      adds: undefined,
      agree: undefined,
      refused: false,
    });
    const [first, second] = (this.#ends = [end(one), end(other)]);
    this.meetIn(undefined);
    for (const [from, to] of [
      [first, second],
      [second, first],
    ] as const) {
      from.leg.onOffer = (offer) => this.#offered(from, to, offer);
      from.leg.onOfferAnswered = () => this.#follow(from, to);
      from.leg.onInfo = (contentType, body) => void to.leg.info(contentType, body);
    }
  }

  /**
   * Tells each client what is new for it, where they had others at the other end before: who is there now, and that it is
   * not on hold any more.
   */
  refresh(): void {
    if (this.#closed) return;
    const [one, other] = this.#ends;
    for (const end of this.#ends) end.video = goes(end.leg.media.video.flow);
    this.#follow(one, other);
    this.#follow(other, one);
  }

  /** Whether others are with them, who hear each of them while the other one holds. */
  set shared(shared: boolean) {
    if (this.#shared === shared) return;
    this.#shared = shared;
    this.refresh();
  }

  /** Lets them hear and see each other in a room, where others are with them; directly without one. */
  meetIn(room: Room | undefined): void {
    if (this.#closed) return;
    this.#part();
    const [one, other] = this.#ends.map(({leg}) => leg) as [CallLeg, CallLeg];
    if (room) this.#seats = [room.enter(one.media), room.enter(other.media)];
    else this.#routes = [...routes(one, other), ...routes(other, one)];
  }

  /** Takes them apart. */
  close(): void {
    this.#closed = true;
    this.onClosed();
    this.#part();
    for (const {stop} of this.#pauses) stop();
    for (const {leg} of this.#ends) leg.onInfo = () => undefined;
  }

  #part(): void {
    for (const route of this.#routes) route.close();
    for (const seat of this.#seats) seat.leave();
    this.#routes = [];
    this.#seats = [];
  }

  /** A client offers; resolves with what is refused of it. */
  async #offered(from: End, to: End, offer: Description): Promise<readonly MediaKind[]> {
    for (const end of [from, to]) end.video ??= goes(end.leg.media.video.flow);
    const flow = offer.flowOf('video');
    // Where there is no way for it any more it is added anew.
    if (!goes(flow) || (from.video && goes(from.leg.media.wanted.video))) return [];
    // A hold writes every line again, one that was refused as well.
    const taken = from.refused && !flow.receives ? undefined : await this.#taken(from, to, flow);
    from.video = taken !== undefined;
    from.refused = !from.video;
    from.leg.media.wanted.video = taken ?? NO_WAY;
    return taken ? [] : ['video'];
  }

  /** What the other side does on the video that one adds; undefined where it refuses it. */
  async #taken(from: End, to: End, flow: Flow): Promise<Flow | undefined> {
    // Both add it at the same moment, and neither can be asked while its own offer waits.
    from.agree?.(flow);
    if (to.adds) return to.adds;
    if (to.video && goes(to.leg.media.video.flow)) return to.leg.media.video.flow;
    from.adds = flow;
    try {
      return await this.#asks(to, flow);
    } finally {
      from.adds = undefined;
    }
  }

  /** Asks a client whether it takes video; what it does on it, undefined where it refuses. */
  async #asks(end: End, flow: Flow): Promise<Flow | undefined> {
    const {media} = end.leg;
    media.wanted.video = flow;
    let refused = false;
    const limit = pause(ANSWER_PATIENCE);
    this.#pauses.add(limit);
    const asked = end.leg.offerAgain(['video']).then((answered) => {
      // Whoever holds receives nothing for now, and may take it all the same: what is refused goes when the hold ends.
      const taken = answered && (goes(media.video.flow) || media.audio.held);
      if (!refused) return taken ? media.video.flow : undefined;
      // Too late: the other side was told that it is refused.
      if (taken && !end.video && !this.#closed) void end.leg.offerAgain();
      return undefined;
    });
    const agreed = new Promise<Flow>((resolve) => (end.agree = resolve));
    const taken = await Promise.race([asked, agreed, limit.promise.then(() => undefined)]);
    refused = taken === undefined;
    end.agree = undefined;
    end.video = !refused;
    limit.stop();
    this.#pauses.delete(limit);
    if (refused) media.wanted.video = NO_WAY;
    else end.refused = false;
    return taken;
  }

  /** A client's offer was answered: the other one is told what is new for it. */
  #follow(changed: End, other: End): void {
    const {media} = changed.leg;
    // What was refused is still what its client described last.
    const flow = changed.refused ? NO_WAY : media.video.flow;
    if (goes(flow)) changed.video = true;
    else if (!media.audio.held) changed.video = false;
    const {wanted} = other.leg.media;
    const audio = {sends: true, receives: this.#shared || !media.audio.held};
    // A hold takes nothing away that was sent: clients on some stacks refuse an inactive line, and for good.
    const sends = flow.sends || (media.audio.held && wanted.video.sends);
    const video = other.video ? {...flow, sends} : NO_WAY;
    const news =
      !other.leg.introduced ||
      (differ(wanted.audio, audio) && other.leg.media.audio.present) ||
      (differ(wanted.video, video) && other.leg.media.video.present);
    wanted.audio = audio;
    wanted.video = video;
    // Told that there is none any more, it takes part no more.
    if (!changed.video) other.video = false;
    if (news) void other.leg.offerAgain().then(() => this.#discover(other, changed));
  }

  /**
   * A client that was told of an end of a hold sends a picture again: the other one is told, if it was told that none
   * comes. Existing clients that are held and hold themselves send none after their own release (protocol page §8.22).
   */
  #discover(sender: End, other: End): void {
    const {wanted} = other.leg.media;
    if (this.#closed || !other.video || wanted.video.sends || !sender.leg.media.video.flow.sends) return;
    wanted.video = {...wanted.video, sends: true};
    void other.leg.offerAgain();
  }
}

const goes = ({sends, receives}: Flow): boolean => sends || receives;

const differ = (one: Flow, other: Flow): boolean =>
  one.sends !== other.sends || one.receives !== other.receives;

const routes = (from: CallLeg, to: CallLeg): Route[] =>
  KINDS.map((kind) => connect(from.media[kind], to.media[kind]));
