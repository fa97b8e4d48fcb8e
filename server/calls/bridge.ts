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
 * How long a client may take to accept video, in milliseconds: a user decides there, for 20 s in our own client, and
 * the other client's INVITE waits meanwhile for 32 s at most (RFC 3261 §17.1.1.2, Timer B).
 */
const ANSWER_PATIENCE = 26_000;

/** One side of a bridge. */
interface End {
  readonly leg: CallLeg;
  /** Whether its client takes part in video: offered or accepted, and not removed since; undefined until it matters. */
  video: boolean | undefined;
  /** The video that it adds, while the other side is asked. */
  adds: Flow | undefined;
  /** Set while its client is asked; called if the client adds video itself. */
  agree: ((flow: Flow) => void) | undefined;
  /** Whether its added video was refused; its client may repeat the line in later offers. */
  refused: boolean;
}

/**
 * Connects two legs that hear and see each other.
 *
 * If one side holds, its leg stops the media, and a re-INVITE reports the hold to the other. If one side adds video, a
 * re-INVITE asks the other first, and its result is the answer; if one removes video, a re-INVITE reports that. Tones
 * are passed on as INFO.
 */
export class Bridge {
  /** Called when the bridge is closed. */
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
   * Updates clients whose call begins: what the other side has accepted of their video. One that is shown a figure instead
   * keeps that.
   */
  begin(): void {
    this.#update(({leg}) => !leg.media.placeholder);
  }

  /** Updates clients that had another party before: who the other party is now, and that they are no longer on hold. */
  refresh(): void {
    this.#update(() => true);
  }

  /** Whether others are present, who hear each of the two while the other one holds. */
  set shared(shared: boolean) {
    if (this.#shared === shared) return;
    this.#shared = shared;
    this.refresh();
  }

  /** Connects the two in a room, if others are present; directly if there is no room. */
  meetIn(room: Room | undefined): void {
    if (this.#closed) return;
    this.#part();
    const [one, other] = this.#ends.map(({leg}) => leg) as [CallLeg, CallLeg];
    if (room) this.#seats = [room.enter(one.media), room.enter(other.media)];
    else this.#routes = [...routes(one, other), ...routes(other, one)];
  }

  /** Disconnects the two. */
  close(): void {
    this.#closed = true;
    this.onClosed();
    this.#part();
    for (const {stop} of this.#pauses) stop();
    for (const {leg} of this.#ends) leg.onInfo = () => undefined;
  }

  #update(concerns: (end: End) => boolean): void {
    if (this.#closed) return;
    const [one, other] = this.#ends;
    for (const end of this.#ends) end.video = goes(end.leg.media.video.flow);
    if (concerns(other)) this.#follow(one, other);
    if (concerns(one)) this.#follow(other, one);
  }

  #part(): void {
    for (const route of this.#routes) route.close();
    for (const seat of this.#seats) seat.leave();
    this.#routes = [];
    this.#seats = [];
  }

  /** Handles a client's offer; resolves with the kinds that are refused. */
  async #offered(from: End, to: End, offer: Description): Promise<readonly MediaKind[]> {
    for (const end of [from, to]) end.video ??= goes(end.leg.media.video.flow);
    const flow = offer.flowOf('video');
    // Video that has ended counts as added again.
    if (!goes(flow) || (from.video && goes(from.leg.media.wanted.video))) return [];
    // An offer of hold repeats every line, even a refused one.
    const taken = from.refused && !flow.receives ? undefined : await this.#taken(from, to, flow);
    from.video = taken !== undefined;
    from.refused = !from.video;
    from.leg.media.wanted.video = taken ?? NO_WAY;
    return taken ? [] : ['video'];
  }

  /** Returns what the other side does about added video; undefined if it refuses. */
  async #taken(from: End, to: End, flow: Flow): Promise<Flow | undefined> {
    // If both add it at the same moment, neither can be asked while its own offer waits.
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

  /** Asks a client whether it accepts video. Returns its direction; undefined if it refuses. */
  async #asks(end: End, flow: Flow): Promise<Flow | undefined> {
    const {media} = end.leg;
    media.wanted.video = flow;
    let refused = false;
    const limit = pause(ANSWER_PATIENCE);
    this.#pauses.add(limit);
    const asked = end.leg.offerAgain(['video']).then((answered) => {
      // A client that holds receives nothing for now, but may have accepted: if not, the video goes when the hold ends.
      const taken = answered && (goes(media.video.flow) || media.audio.held);
      if (!refused) return taken ? media.video.flow : undefined;
      // Accepted too late: the other side has already received a refusal.
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

  /** Handles an answered offer: the other client gets a re-INVITE if something changed for it. */
  #follow(changed: End, other: End): void {
    const {media} = changed.leg;
    // The client's last description still contains refused video.
    const flow = changed.refused ? NO_WAY : media.video.flow;
    if (goes(flow)) changed.video = true;
    else if (!media.audio.held) changed.video = false;
    const {wanted} = other.leg.media;
    const audio = {sends: true, receives: this.#shared || !media.audio.held};
    // A hold does not remove sent video: clients on some stacks refuse an inactive line for good.
    const sends = flow.sends || (media.audio.held && wanted.video.sends);
    const video = other.video ? {...flow, sends} : NO_WAY;
    const {content, record} = media.reports;
    const before = other.leg.media.passesOn;
    other.leg.media.passesOn = {content, record};
    const news =
      !other.leg.introduced ||
      before.content !== content ||
      before.record !== record ||
      (differ(wanted.audio, audio) && other.leg.media.audio.present) ||
      (differ(wanted.video, video) && other.leg.media.video.present);
    wanted.audio = audio;
    wanted.video = video;
    // Without video at the other side, it no longer takes part in video.
    if (!changed.video) other.video = false;
    if (news) void other.leg.offerAgain().then(() => this.#discover(other, changed));
  }

  /**
   * Handles a client that sends video again after a hold ended: the other one gets a re-INVITE if its last offer
   * excluded video. Existing clients that are held and hold themselves send none after their own release
   * (docs/protocol/clients.md#media).
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
