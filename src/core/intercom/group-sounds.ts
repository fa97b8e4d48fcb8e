import {SipError, toSipError} from '../../errors.js';
import {nameOf} from '../call/announcement-source.js';
import type {
  AnnouncementEnd,
  AnnouncementOptions,
  AnnouncementSource,
  AnnouncementState,
  SipAnnouncement,
} from '../call/announcement.js';
import {StateTarget} from '../util/state-target.js';
import type {TalkGroup} from './talk-group.js';

/** Called for each group that does not hear a sound, and why. */
type OnFailure = (group: TalkGroup, error: SipError) => void;

/**
 * A sound that plays to several groups at once: to each from the moment in which it gives the floor. `position` is that of
 * the group that heard it first.
 */
export class GroupAnnouncement extends StateTarget<AnnouncementState> {
  readonly name: string;
  readonly pausable = true;
  /** Resolves when the first group hears it, or it was stopped before; rejects with why no group does. */
  readonly begun: Promise<void>;
  readonly #stopping = new AbortController();
  readonly #running = new Set<SipAnnouncement>();
  /** The groups that may still hear it. */
  readonly #expected: Set<TalkGroup>;

  constructor(
    groups: readonly TalkGroup[],
    source: AnnouncementSource,
    {mix, onFailure}: AnnouncementOptions & {readonly onFailure: OnFailure},
  ) {
    super({paused: false, held: false});
    this.name =
      source instanceof URL || source instanceof Blob || typeof source === 'string'
        ? nameOf(source)
        : source.id;
    this.#expected = new Set(groups);
    this.begun = new Promise((resolve, reject) => {
      for (const group of groups)
        group.play(source, {mix, signal: this.#stopping.signal}).then(
          (announcement) => {
            this.#follow(group, announcement);
            resolve();
          },
          (cause: unknown) => {
            const error = toSipError(cause);
            const stopped = this.#stopping.signal.aborted;
            if (stopped) resolve();
            else onFailure(group, error);
            this.#drop(group, 'stopped');
            if (this.state.ended) reject(error);
          },
        );
    });
  }

  async pause(): Promise<void> {
    this.#setPaused(true);
  }

  async resume(): Promise<void> {
    this.#setPaused(false);
  }

  /** Ends the sound in all groups, and gives their floors back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#end('stopped');
  }

  #setPaused(paused: boolean): void {
    if (this.state.ended) return;
    this.update({paused});
    for (const announcement of this.#running) setPaused(announcement, paused);
  }

  #follow(group: TalkGroup, announcement: SipAnnouncement): void {
    this.#running.add(announcement);
    // It begins in this group after the user has paused it in the others.
    if (this.state.paused) setPaused(announcement, true);
    announcement.addEventListener('statechange', this.#onProgress);
    this.#onProgress();
    void announcement.finished.then((end) => {
      announcement.removeEventListener('statechange', this.#onProgress);
      this.#running.delete(announcement);
      this.#drop(group, end);
    });
  }

  readonly #onProgress = (): void => {
    const [first] = this.#running;
    if (!first || this.state.ended) return;
    const {position, duration} = first.state;
    this.update({position, duration});
  };

  #drop(group: TalkGroup, end: AnnouncementEnd): void {
    this.#expected.delete(group);
    if (this.#expected.size === 0) this.#end(end);
  }

  #end(ended: AnnouncementEnd): void {
    if (!this.state.ended) this.update({ended});
  }
}

function setPaused(announcement: SipAnnouncement, paused: boolean): void {
  // It may end meanwhile.
  (paused ? announcement.pause() : announcement.resume()).catch(() => {});
}

/** What the player of sounds to groups shows. */
interface GroupSoundsState {
  /** What plays, or waits for a floor; undefined if nothing does. */
  readonly announcement: GroupAnnouncement | undefined;
}

/** Plays sounds to groups, one at a time. */
export class GroupSounds extends StateTarget<GroupSoundsState> {
  readonly #groups: () => readonly TalkGroup[];
  readonly #onFailure: OnFailure;

  /** @param groups - Returns the groups that hear the next sound. */
  constructor(groups: () => readonly TalkGroup[], onFailure: OnFailure) {
    super({announcement: undefined});
    this.#groups = groups;
    this.#onFailure = onFailure;
  }

  get announcement(): GroupAnnouncement | undefined {
    return this.state.announcement;
  }

  /**
   * Plays a sound to the groups, instead of what plays; resolves when the first group hears it.
   *
   * @throws {SipError} why no group hears it; `invalid-state` if there is none.
   */
  async play(source: AnnouncementSource, {mix}: AnnouncementOptions = {}): Promise<void> {
    await this.stop();
    const groups = this.#groups();
    if (groups.length === 0) throw new SipError('invalid-state', {subject: 'play'});
    const announcement = new GroupAnnouncement(groups, source, {mix, onFailure: this.#onFailure});
    this.update({announcement});
    announcement.addEventListener('statechange', () => {
      if (announcement.state.ended && this.announcement === announcement)
        this.update({announcement: undefined});
    });
    await announcement.begun;
  }

  async stop(): Promise<void> {
    await this.announcement?.stop();
  }
}
