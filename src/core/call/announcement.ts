import {SipError} from '../../errors.js';
import type {Sound, SoundPlayer} from '../../media/mixing/sound-player.js';
import {nameOf, soundOf, type PageSoundSource} from './announcement-source.js';
import type {CallFiles} from './call-init.js';
import type {CallSource} from './call-state.js';
import type {AnnouncedSound, ConferenceMember, PlayedFile} from '../types.js';
import {cleanFileId} from '../uploads/file-id.js';
import type {ServerFile} from '../uploads/server-file.js';
import {StateTarget} from '../util/state-target.js';

export type {AlertTone} from '../../media/audio/tone-table.js';

/** What can be played into a call: a file, its URL, an alert tone, or a file of the server. */
export type AnnouncementSource = Blob | URL | string | Pick<ServerFile, 'id' | 'duration'>;

/** Options of `call.play`. */
export interface AnnouncementOptions {
  /** Whether the microphone is heard meanwhile; true by default. */
  readonly mix?: boolean | undefined;
  /** Whether the sound repeats until it is stopped; false by default. */
  readonly loop?: boolean | undefined;
  /** Aborts the loading of the sound, or stops it. */
  readonly signal?: AbortSignal | undefined;
}

/** Why an announcement has ended: it was heard to its end, it was stopped or replaced, or the call has ended. */
export type AnnouncementEnd = 'completed' | 'stopped' | 'call-ended';

/** A snapshot of an announcement. Plain data that can be cloned. */
export interface AnnouncementState {
  /** In seconds; the time since the beginning if the server plays it and does not report it. */
  readonly position?: number | undefined;
  /** In seconds; undefined if neither the server, nor its list of files, nor the file tells it. */
  readonly duration?: number | undefined;
  /** Whether `pause` was called. */
  readonly paused: boolean;
  /** Whether the sound waits because one side holds the call. It continues after that. */
  readonly held: boolean;
  /** Whether it has ended, and why. */
  readonly ended?: AnnouncementEnd | undefined;
}

/** What an announcement needs from its call. */
export interface AnnouncementHost {
  /** Plays the server's files; undefined if the server has none. */
  readonly files: CallFiles | undefined;
  /** Sends a sound beside the microphone or instead of it, or none. */
  readonly send: (sound: AnnouncedSound | undefined) => Promise<void>;
  /** Called with the announcement of the call when another one begins, or the last one has ended. */
  readonly onChange: (announcement: SipAnnouncement | undefined) => void;
}

/** A call that can have an announcement. */
interface AnnouncingCall extends CallSource {
  readonly announcement: SipAnnouncement | undefined;
}

/** What makes the sound of an announcement. */
interface Sounder {
  begin(): Promise<void>;
  /** Whether the sound is heard; undefined if that cannot be changed. */
  readonly setHeard: ((heard: boolean) => void) | undefined;
  /** What is known of the progress. */
  readonly progress: Pick<AnnouncementState, 'position' | 'duration'>;
  /** Whether the sound has reached its end, as far as the call's state tells. */
  readonly over: boolean;
  /** Ends the sound; idempotent. */
  end(): Promise<void>;
}

/** A sound that plays into a call. `statechange` reports its progress. */
export class SipAnnouncement extends StateTarget<AnnouncementState> {
  /** What plays: the name of the file, its URL, the name of the tone, or the id of the server's file. */
  readonly name: string;
  /** Resolves when it has ended, with the reason. Never rejects. */
  readonly finished: Promise<AnnouncementEnd>;
  readonly #call: AnnouncingCall;
  readonly #host: AnnouncementHost;
  readonly #sounder: Sounder;
  readonly #signal: AbortSignal | undefined;
  #finish!: (end: AnnouncementEnd) => void;

  /** @internal Announcements are created by `call.play`. */
  constructor(
    name: string,
    call: AnnouncingCall,
    host: AnnouncementHost,
    {
      sounder,
      signal,
    }: {
      readonly sounder: (announcement: SipAnnouncement) => Sounder;
      readonly signal?: AbortSignal | undefined;
    },
  ) {
    super({paused: false, held: isHeld(call)});
    this.name = name;
    this.#call = call;
    this.#host = host;
    this.#signal = signal;
    this.#sounder = sounder(this);
    this.finished = new Promise((resolve) => (this.#finish = resolve));
  }

  /** @internal Replaces the call's announcement, and begins. @throws {SipError} */
  async begin(): Promise<void> {
    const call = this.#call;
    const before = call.announcement;
    this.#host.onChange(this);
    void before?.stop().catch(() => {});
    call.addEventListener('statechange', this.#follow);
    this.#signal?.addEventListener('abort', this.#onAbort);
    try {
      await this.#sounder.begin();
    } catch (error) {
      await this.#end('stopped');
      throw error;
    }
    if (this.#signal?.aborted) await this.#end('stopped');
    this.#follow();
    if (!this.state.ended) return;
    // It had ended before it was sent.
    await this.#sounder.end().catch(() => {});
    throw new SipError('aborted', {subject: this.name});
  }

  /** Whether `pause` is supported: the server's files cannot be paused. */
  get pausable(): boolean {
    return this.#sounder.setHeard !== undefined;
  }

  /**
   * Pauses the sound; does nothing if it is paused.
   *
   * @throws {SipError} `invalid-state` if it has ended; `unsupported` if the server plays it.
   */
  async pause(): Promise<void> {
    this.#setPaused(true, 'pause');
  }

  /**
   * Continues a paused sound; does nothing if it is not paused.
   *
   * @throws {SipError} as `pause`.
   */
  async resume(): Promise<void> {
    this.#setPaused(false, 'resume');
  }

  /**
   * Ends the sound; resolves when the microphone alone is sent again. Does nothing if it has ended.
   *
   * @throws {SipError} why the server does not stop one of its files.
   */
  async stop(): Promise<void> {
    await this.#end('stopped');
  }

  /** @internal Copies what is known of the progress. */
  progress(): void {
    if (!this.state.ended) this.update(this.#sounder.progress);
  }

  /** @internal Notes that the sound has reached its end. */
  complete(): void {
    void this.#end('completed').catch(() => {});
  }

  #setPaused(paused: boolean, command: string): void {
    if (this.state.ended) throw new SipError('invalid-state', {subject: command});
    if (!this.#sounder.setHeard) throw new SipError('unsupported', {subject: command});
    this.update({paused});
    this.#follow();
  }

  readonly #follow = (): void => {
    const call = this.#call;
    if (this.state.ended) return;
    if (call.state.phase === 'released') return void this.#end('call-ended').catch(() => {});
    if (this.#sounder.over) return this.complete();
    const held = isHeld(call);
    this.#sounder.setHeard?.(!held && !this.state.paused);
    this.update({held, ...this.#sounder.progress});
  };

  readonly #onAbort = (): void => void this.stop().catch(() => {});

  async #end(ended: AnnouncementEnd): Promise<void> {
    if (this.state.ended) return;
    const call = this.#call;
    call.removeEventListener('statechange', this.#follow);
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.update({ended, ...this.#sounder.progress});
    if (call.announcement === this) this.#host.onChange(undefined);
    try {
      if (ended !== 'completed' || !this.#sounder.over) await this.#sounder.end();
    } finally {
      this.#finish(ended);
    }
  }
}

/** See `SipCall.play`. */
export async function announce(
  call: AnnouncingCall,
  source: AnnouncementSource,
  {mix = true, loop = false, signal}: AnnouncementOptions,
  host: AnnouncementHost,
): Promise<SipAnnouncement> {
  let announcement: SipAnnouncement;
  if (isServerFile(source)) {
    if (!mix || loop || !host.files)
      throw new SipError('unsupported', {subject: mix ? (loop ? 'play, loop' : 'play') : 'play, mix: false'});
    const id = cleanFileId(source.id);
    const {files} = host;
    announcement = new SipAnnouncement(id, call, host, {
      signal,
      sounder: (owner) =>
        new ServerSound(id, call, {
          files,
          duration: source.duration,
          onProgress: () => owner.progress(),
          onEnd: () => owner.complete(),
        }),
    });
  } else {
    const name = nameOf(source);
    const {SoundPlayer} = await import('../../media/mixing/sound-player.js');
    const sound = await soundInTime(call, source, name, signal);
    announcement = new SipAnnouncement(name, call, host, {
      signal,
      sounder: (owner) => {
        const player = new SoundPlayer(sound, {
          loop,
          onProgress: () => owner.progress(),
          onEnd: () => owner.complete(),
        });
        return new PageSound(player, {call, mix, send: host.send});
      },
    });
  }
  await announcement.begin();
  return announcement;
}

/** Loads a sound. A server may never answer. @throws {SipError} as `soundOf`; `aborted` also once the call has ended. */
async function soundInTime(
  call: AnnouncingCall,
  source: PageSoundSource,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Sound> {
  const ending = new AbortController();
  const look = (): void => {
    if (signal?.aborted || call.state.phase === 'released') ending.abort();
  };
  look();
  signal?.addEventListener('abort', look, ending);
  call.addEventListener('statechange', look, ending);
  try {
    return await soundOf(source, name, ending.signal);
  } finally {
    ending.abort();
  }
}

/** A sound that the page sends. */
class PageSound implements Sounder {
  readonly over = false;
  readonly #player: SoundPlayer;
  readonly #sound: AnnouncedSound;
  readonly #call: AnnouncingCall;
  readonly #send: AnnouncementHost['send'];

  constructor(
    player: SoundPlayer,
    {
      call,
      mix,
      send,
    }: {
      readonly call: AnnouncingCall;
      readonly mix: boolean;
      readonly send: AnnouncementHost['send'];
    },
  ) {
    this.#call = call;
    this.#send = send;
    this.#player = player;
    this.#sound = {track: this.#player.track, mix};
  }

  get progress(): Pick<AnnouncementState, 'position' | 'duration'> {
    const {position, duration} = this.#player;
    return {position, duration};
  }

  async begin(): Promise<void> {
    if (!(await this.#player.prepare())) throw new SipError('playback-blocked');
    await this.#send(this.#sound);
  }

  readonly setHeard = (heard: boolean): void => {
    // The call may have another dialog by now.
    if (this.#call.announced !== this.#sound) void this.#send(this.#sound).catch(() => {});
    if (heard) this.#player.play();
    else this.#player.pause();
  };

  async end(): Promise<void> {
    this.#player.close();
    // Another announcement may have taken its place.
    if (this.#call.announced === this.#sound) await this.#send(undefined);
  }
}

/** What a file that the server plays needs. */
interface ServerSoundOptions {
  readonly files: CallFiles;
  /** Its length in the list of files, in seconds. */
  readonly duration: number | undefined;
  readonly onProgress: () => void;
  readonly onEnd: () => void;
}

/** How often the time since the beginning is noted while the server does not report the progress, in milliseconds. */
const PACE = 250;

/** How much longer than its length a file may play that the server does not report, in seconds: it is loaded first. */
const BEGINS_WITHIN = 1;

/**
 * A file that the server plays. Without a report of the server, its progress is the time since the beginning, and it ends
 * after its length.
 */
class ServerSound implements Sounder {
  readonly setHeard = undefined;
  readonly #id: string;
  readonly #call: CallSource;
  readonly #options: ServerSoundOptions;
  /** What the server has reported last, and whether it has reported the end. */
  #last: PlayedFile | undefined;
  #ended = false;
  /** Whether it was a member of the call. */
  #joined = false;
  #began: number | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #unfollow: (() => void) | undefined;

  constructor(id: string, call: CallSource, options: ServerSoundOptions) {
    this.#id = id;
    this.#call = call;
    this.#options = options;
  }

  get progress(): Pick<AnnouncementState, 'position' | 'duration'> {
    const member = this.#member;
    this.#joined ||= member !== undefined;
    this.#last = member ?? this.#last;
    const {duration} = this.#options;
    if (this.#last) return {position: this.#last.position, duration: this.#last.duration ?? duration};
    const elapsed = this.#elapsed;
    return {position: elapsed && Math.min(elapsed, duration ?? elapsed), duration};
  }

  get over(): boolean {
    const {duration = Infinity} = this.#options;
    if (this.#ended || (this.#joined && !this.#member)) return true;
    return !this.#last && (this.#elapsed ?? 0) > duration + BEGINS_WITHIN;
  }

  async begin(): Promise<void> {
    const {files} = this.#options;
    this.#unfollow = files.follow?.(this.#id, (file) => {
      this.#last = file ?? this.#last;
      this.#ended = file === undefined;
      this.#report();
    });
    await files.play(this.#id, 1);
    this.#began = performance.now();
    if (!this.#last && !this.#ended) this.#timer = setInterval(() => this.#report(), PACE);
  }

  async end(): Promise<void> {
    this.#rest();
    if (this.#call.state.phase !== 'released') await this.#options.files.stop(this.#id);
  }

  /** The time since the beginning, in seconds. */
  get #elapsed(): number | undefined {
    return this.#began === undefined ? undefined : (performance.now() - this.#began) / 1000;
  }

  /** The file as a member of its conference, which it is while it plays. */
  get #member(): PlayedFile | undefined {
    const {members = []} = this.#call.state as {readonly members?: readonly ConferenceMember[]};
    return members.find(({file, phase}) => file?.id === this.#id && phase !== 'released')?.file;
  }

  #report(): void {
    if (this.#last) clearInterval(this.#timer);
    if (!this.over) return this.#options.onProgress();
    this.#rest();
    this.#options.onEnd();
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#unfollow?.();
  }
}

function isHeld({state: {held, remoteHeld}}: CallSource): boolean {
  return held || remoteHeld;
}

function isServerFile(source: AnnouncementSource): source is Pick<ServerFile, 'id' | 'duration'> {
  return typeof source === 'object' && !(source instanceof Blob) && !(source instanceof URL);
}
