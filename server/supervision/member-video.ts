import {CALL_DIRECTION, CALL_STATE, CALL_TYPE} from '../../src/dispatch/protocol.js';
import {connect, PictureSource, SENDS, type MediaKind, type Route} from '../media/index.js';
import type {Binding} from '../sip/index.js';
import type {UserRecord} from '../users.js';
import {CallLeg} from '../calls/call-leg.js';
import type {CallServices} from '../calls/call-services.js';
import {Fork} from '../calls/fork.js';
import type {PlacedSession} from '../calls/place.js';
import type {Conversation} from '../calls/conversation.js';

/** Whose video is sent to whom. */
export interface MemberVideoOptions {
  readonly asker: UserRecord;
  /** The registration to invite the asker on. */
  readonly binding: Binding;
  /** The call of the member, and the member's number. */
  readonly conversation: Conversation;
  readonly member: string;
  readonly leg: CallLeg;
  /** Who receives the video. */
  readonly viewers: readonly UserRecord[];
  /** The number and name that the session shows. */
  readonly group: {readonly number: string; readonly name: string};
}

const KINDS: readonly MediaKind[] = ['video'];

/**
 * The video of a participant in a conference or a call as a separate session
 * (docs/protocol/supervision.md#video-of-a-member): sent to every named number, and to the asker only if they are among
 * them. It ends with the member's part, or when the last viewer has left.
 */
export class MemberVideo implements PlacedSession {
  readonly cid: string;
  readonly #services: CallServices;
  readonly #options: MemberVideoOptions;
  readonly #picture: PictureSource;
  /** Ends each viewer's part. */
  readonly #parts = new Map<UserRecord, () => Promise<void>>();
  readonly #routes = new Map<UserRecord, Route>();
  readonly #stop: () => void;
  #ended: Promise<void> | undefined;

  constructor(services: CallServices, options: MemberVideoOptions) {
    const {conversation, member, leg} = options;
    this.cid = services.sessions.newCid();
    this.#services = services;
    this.#options = options;
    this.#picture = new PictureSource(leg.media.video);
    this.#stop = services.sessions.onChange(() => {
      if (conversation.legOf(member) !== leg) void this.end();
    });
    services.sessions.add(this);
  }

  /** Invites all viewers; resolves when the asker's INVITE was sent, if they are one. */
  async inviteAsker(): Promise<void> {
    if (this.#ended) return;
    const {viewers, asker} = this.#options;
    for (const viewer of viewers) if (viewer !== asker) this.#inviteOther(viewer);
    if (viewers.includes(asker)) await this.#inviteOwn(asker);
    // A viewer who was registered at the request may be gone.
    if (this.#parts.size === 0) void this.end();
  }

  has(): boolean {
    return false;
  }

  get asker(): string {
    return this.#options.asker.number;
  }

  controls(number: string): boolean {
    return this.#services.users.dispatches(number) || number === this.#options.asker.number;
  }

  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    this.#stop();
    this.#picture.close();
    for (const route of this.#routes.values()) route.close();
    await Promise.all([...this.#parts.values()].map((release) => release()));
    this.#services.sessions.delete(this);
  }

  async #inviteOwn(viewer: UserRecord): Promise<void> {
    const {binding, group} = this.#options;
    const over = (): void => void this.#leave(viewer);
    const leg = new CallLeg(
      this.#services,
      {onAnswered: (answered) => this.#show(viewer, answered), onRefused: over, onEnded: over},
      {binding, cid: this.cid, type: CALL_TYPE.transferVideo, direction: CALL_DIRECTION.out, other: group},
    );
    leg.media.wanted.video = SENDS;
    this.#parts.set(viewer, () => leg.release());
    await leg.invite(KINDS);
  }

  #inviteOther(viewer: UserRecord): void {
    const bindings = this.#services.hub.bindings(viewer.number);
    if (bindings.length === 0) return;
    const over = (): void => void this.#leave(viewer);
    const fork = new Fork(this.#services, {
      onRinging: () => undefined,
      onAnswered: (leg) => this.#show(viewer, leg),
      onFailed: over,
      onEnded: over,
    });
    this.#parts.set(viewer, () => fork.end());
    fork.start({
      bindings,
      cid: this.cid,
      type: CALL_TYPE.transferVideo,
      caller: this.#options.group,
      kinds: KINDS,
      wanted: SENDS,
    });
  }

  #show(viewer: UserRecord, leg: CallLeg): void {
    this.#routes.set(viewer, connect(this.#picture, leg.media.video));
    leg.tell(CALL_STATE.connected);
  }

  async #leave(viewer: UserRecord): Promise<void> {
    const release = this.#parts.get(viewer);
    this.#parts.delete(viewer);
    this.#routes.get(viewer)?.close();
    this.#routes.delete(viewer);
    if (this.#parts.size === 0) void this.end();
    await release?.();
  }
}
