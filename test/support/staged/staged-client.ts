import type {CallControl} from '../../../src/core/call/call-control.js';
import type {CallInit} from '../../../src/core/call/call-init.js';
import {callsOf, createCall, type CreateCall} from '../../../src/core/call/create-call.js';
import type {
  CallRequest,
  CallService,
  CallServiceFactory,
  CallServiceHost,
} from '../../../src/core/client/call-service.js';
import {NO_CAPABILITIES, type Capabilities} from '../../../src/core/capabilities.js';
import {BaseClient} from '../../../src/core/client/client.js';
import type {DirectoryService} from '../../../src/core/directory/directory.js';
import type {PresenceService} from '../../../src/core/directory/people.js';
import type {Dialog, DialogMedia, DialogState} from '../../../src/core/server/dialog.js';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import {StateTarget} from '../../../src/core/util/state-target.js';
import type {
  AnnouncedSound,
  CallMedia,
  CallType,
  MediaKinds,
  MediaLoss,
  MessageEnvelope,
  Party,
  ReceivedMessage,
  RecordingSign,
  RemotePicture,
} from '../../../src/core/types.js';
import type {SipCall} from '../../../src/core/call/call.js';
import {SipConference} from '../../../src/core/conference/conference.js';
import {SipIntercom} from '../../../src/core/intercom/intercom.js';
import type {ServerFile} from '../../../src/core/uploads/server-file.js';
import {SipError} from '../../../src/errors.js';
import {StagedConference} from './staged-conference.js';
import {StagedFloor} from './staged-intercom.js';

const EVERYTHING = Object.fromEntries(
  Object.keys(NO_CAPABILITIES).map((name) => [name, true]),
) as unknown as Capabilities;

/** A dialog whose state the test sets, with real tracks if it has any. */
export class StagedDialog extends StateTarget<DialogState> implements Dialog {
  readonly id = 'staged';
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: Party;
  readonly offered: MediaKinds;
  readonly asked: MediaKinds;
  /** The commands that reached it, in order. */
  readonly commands: string[] = [];
  /** Fails the next command. */
  failure: Error | undefined;
  /** Whether a microphone can be opened that could not be before. */
  hears = false;
  /** A prompt of the browser that delays the answer. */
  question: Promise<void> | undefined;
  /** It has none. */
  readonly media = undefined as never;
  localStream: MediaStream | undefined;
  remoteStream: MediaStream | undefined;
  mixed: readonly MediaStreamTrack[] = [];
  announced: AnnouncedSound | undefined;
  remotePictures: readonly RemotePicture[] = [];
  /** The statistics that the browser would report. */
  report: RTCStatsReport | undefined;
  relayFailure: Dialog['relayFailure'];
  /** The level of what arrives. */
  level = 0;
  readonly identity = undefined;
  /** The media that were prepared in advance. */
  prepared: MediaKinds | undefined;
  /** What was measured of the media. */
  loss: MediaLoss | undefined;

  constructor(direction: 'incoming' | 'outgoing', remote: Party, offered: MediaKinds) {
    super({
      phase: 'early',
      media: {audio: 'inactive', video: 'inactive'},
      muted: false,
      unheard: false,
      cameraOff: false,
      sharing: false,
      held: false,
      remoteHeld: false,
      remoteSharing: false,
      remoteRecording: false,
      health: 'healthy',
    });
    this.direction = direction;
    this.remote = remote;
    this.offered = this.asked = offered;
  }

  /** Changes the state, as the wire would. */
  set(patch: Partial<DialogState>): void {
    this.update(patch);
  }

  /** Gives it streams. */
  play(remote: MediaStream | undefined, local?: MediaStream): void {
    this.remoteStream = remote;
    this.localStream = local;
    this.dispatchEvent(new Event('streamschange'));
  }

  /** Connects the call with sound, and with video if wanted. */
  confirm(video = false): void {
    this.update({phase: 'confirmed', media: {audio: 'sendrecv', video: video ? 'sendrecv' : 'inactive'}});
  }

  header(): undefined {
    return undefined;
  }

  async statistics(): Promise<RTCStatsReport | undefined> {
    return this.report;
  }

  restartIce(): void {
    this.commands.push('restartIce');
  }

  setLoss(loss: MediaLoss | undefined): void {
    this.loss = loss;
  }

  prepare(media: MediaKinds): void {
    this.prepared = media;
  }

  async accept({video, screen}: DialogMedia): Promise<void> {
    this.#take(`accept ${video ? 'video' : 'audio'}${screen ? ' screen' : ''}`);
    if (this.question) await this.question;
    if (this.state.phase === 'terminated') throw new SipError('invalid-state', {subject: 'answer'});
    this.confirm(video);
  }

  async reject(status?: number): Promise<void> {
    this.#take(`reject ${String(status)}`);
    this.update({phase: 'terminated', cause: {by: 'local', code: 'declined'}});
  }

  async hangup(): Promise<void> {
    this.#take('hangup');
    this.update({phase: 'terminated', cause: {by: 'local', code: 'normal'}});
  }

  async setHeld(held: boolean): Promise<void> {
    this.#take(held ? 'hold' : 'unhold');
    if (this.question) await this.question;
    this.update({held});
  }

  async setMuted(muted: boolean): Promise<void> {
    this.#take(muted ? 'mute' : 'unmute');
    this.update({muted});
  }

  setUnheard(unheard: boolean): void {
    this.update({unheard});
  }

  /** Whether the other side hears the microphone. */
  get heard(): boolean {
    const {muted, unheard} = this.state;
    return !muted && !unheard;
  }

  /** Is refused as long as the state has a warning about the microphone, unless that can be opened now. */
  async openMicrophone(): Promise<void> {
    const {warning, media} = this.state;
    if (!warning?.startsWith('microphone-')) return;
    this.#take('microphone');
    if (!this.hears) throw new SipError(warning);
    this.update({warning: undefined, media: {...media, audio: 'sendrecv'}});
  }

  async mixIn(tracks: readonly MediaStreamTrack[]): Promise<void> {
    this.mixed = tracks;
  }

  async announce(sound: AnnouncedSound | undefined): Promise<void> {
    this.announced = sound;
  }

  async setCameraOff(cameraOff: boolean): Promise<void> {
    this.#take(cameraOff ? 'camera off' : 'camera on');
    this.update({cameraOff});
  }

  async sendDtmf(tones: string): Promise<void> {
    this.#take(`tones ${tones}`);
  }

  async setMedia({audio, video}: Partial<MediaKinds>): Promise<void> {
    this.#take(`media${audio ? ' audio' : ''}${video ? ' video' : ''}`);
    this.update({media: {audio: this.state.media.audio, video: video ? 'sendrecv' : 'inactive'}});
  }

  async shareScreen(): Promise<void> {
    this.#take('share');
    this.update({sharing: true});
  }

  async stopScreen(): Promise<void> {
    this.#take('stop sharing');
    this.update({sharing: false});
  }

  async tellRecording(recording: RecordingSign): Promise<void> {
    this.commands.push(`recording ${recording}`);
  }

  /** Lets the other side report, and ends the transfer, as the wire would. */
  referred: {tell(status: number): void; end(error?: SipError): void} | undefined;

  async transfer(target: string | Dialog, onProgress: (status: number) => void): Promise<void> {
    this.#take(`transfer ${typeof target === 'string' ? target : `to ${target.remote.number}`}`);
    await new Promise<void>((resolve, reject) => {
      const done = (): void => {
        onProgress(200);
        resolve();
      };
      this.referred = {tell: onProgress, end: (error) => (error ? reject(error) : done())};
    });
  }

  /** The other side requests a transfer; resolves with the answer, undefined if there is nobody to ask. */
  async ask(target: Party, over?: AbortSignal): Promise<boolean | undefined> {
    let answer: Promise<boolean> | undefined;
    const ending = new AbortController();
    over?.addEventListener('abort', () => ending.abort());
    const respondWith = (response: boolean | Promise<boolean>): boolean => {
      if (answer) return false;
      answer = Promise.resolve(response);
      return true;
    };
    const detail = {
      target: target.number,
      name: target.name,
      attended: false,
      signal: ending.signal,
      respondWith,
    };
    const event = new CustomEvent('transferrequest', {cancelable: true, detail});
    if (!this.dispatchEvent(event)) return false;
    const agreed = await answer;
    ending.abort();
    return agreed;
  }

  #take(command: string): void {
    this.commands.push(command);
    const {failure} = this;
    this.failure = undefined;
    if (failure) throw failure;
  }
}

/** A staged call, and the sides that drive it. */
export interface Staged {
  readonly call: SipCall;
  readonly control: CallControl;
  readonly dialog: StagedDialog;
}

/** A staged conference. */
export interface StagedMeeting extends Staged {
  readonly conference: SipConference;
  readonly service: StagedConference;
}

/** A staged intercom. */
export interface StagedTalk extends Staged {
  readonly intercom: SipIntercom;
  readonly service: StagedFloor;
  readonly members: StagedConference;
}

/** A client without a server: the test plays the server. For states that are hard to reach otherwise. */
export class StagedClient extends BaseClient {
  /** The requests, in order: `connect`, `call 1002 video` … */
  readonly asked: string[] = [];
  /** Fails the next request. */
  failure: Error | undefined;
  /** Why every command fails, until it is taken back. */
  refusal: Error | undefined;
  /** Whether a message reaches the other side at once; otherwise the server keeps it. */
  delivers = false;
  /** Delays what becomes of messages and receipts until it settles. */
  gate: Promise<void> | undefined;
  /** Whether the other side takes plain text alone. */
  plain = false;
  /** The people of its server. */
  directoryService: DirectoryService | undefined;
  /** The states of watched numbers at its server. */
  presence: PresenceService | undefined;
  /** The files that its server can play; it does not list them by default. */
  files: readonly ServerFile[] | undefined;
  /** What its server does not support. */
  lacks: Partial<Capabilities> = {};
  /** Delays calls until it is resolved. */
  patience: Promise<void> = Promise.resolve();
  readonly #dialogs = new WeakMap<SipCall, StagedDialog>();
  #host!: CallServiceHost;
  #count = 0;

  constructor(options: Partial<SipClientOptions> = {}) {
    // Otherwise the history of a test would be that of the next one.
    super({
      server: 'ws://stage.test/sip',
      user: '1001',
      password: '1234',
      historyStorage: 'memory',
      ...options,
    });
  }

  /** A client that is registered. */
  static async ready(options: Partial<SipClientOptions> = {}): Promise<StagedClient> {
    const client = new StagedClient(options);
    await client.connect();
    await client.register();
    return client;
  }

  /** The side of the client that a server would drive. */
  get host(): CallServiceHost {
    return this.#host;
  }

  /** The staged call of a `SipCall`. */
  dialogOf(call: SipCall): StagedDialog {
    return this.#dialogs.get(call)!;
  }

  /** An incoming call; the other side may have chosen its id. */
  ring(
    media: CallMedia = 'audio',
    remote: Party = {number: '1002', name: '李雷'},
    type?: CallType,
    id?: string,
  ): Staged {
    return this.#add('incoming', remote, media, type, id === undefined ? {} : {id});
  }

  /** An incoming call that asks for an automatic answer after this many seconds. */
  announce(answerAfter = 0, media: CallMedia = 'audio'): Staged {
    return this.#add('incoming', {number: '1002', name: '李雷'}, media, 'single', {answerAfter});
  }

  /** A text from 1002 that arrives. */
  receive(text: string, more: Partial<ReceivedMessage> = {}, envelope?: MessageEnvelope): void {
    const message = {from: '1002', text, contentType: 'text/plain', time: Date.now(), ...more};
    void this.#host.messageReceived(message, envelope);
  }

  /** A request to view this side's camera. */
  look(remote: Party = {number: '1002', name: '李雷'}): Staged {
    return this.#add('incoming', remote, 'video', 'monitor');
  }

  /** An outgoing call. */
  dial(media: CallMedia = 'audio', remote: Party = {number: '1002', name: '李雷'}, type?: CallType): Staged {
    return this.#add('outgoing', remote, media, type);
  }

  /** Creates a conference, or receives its call. */
  confer({
    direction = 'outgoing',
    type = 'conference',
    media = 'audio',
    remote = {number: '8001', name: '晨会'},
  }: Partial<Pick<CallInit, 'direction' | 'type' | 'media' | 'remote'>> = {}): StagedMeeting {
    const service = new StagedConference();
    const create = callsOf((...inner) => new SipConference(...inner, service));
    const staged = this.#add(direction, remote, media, type, {files: service.files}, create);
    return {...staged, conference: staged.call as SipConference, service};
  }

  /** Joins an intercom, or receives its call. */
  interphone({
    direction = 'outgoing',
    type = 'intercom',
    remote = {number: '9001', name: '总调度'},
  }: Partial<Pick<CallInit, 'direction' | 'type' | 'remote'>> = {}): StagedTalk {
    const service = new StagedFloor();
    const me = {number: this.options.user, name: '王芳'};
    const members = new StagedConference();
    const create = callsOf((...inner) => new SipIntercom(...inner, {service, me, members}));
    const staged = this.#add(direction, remote, 'audio', type, {}, create);
    return {...staged, intercom: staged.call as SipIntercom, service, members};
  }

  protected override readonly createService: CallServiceFactory = async (host) => {
    this.#host = host;
    const ask = async (what: string): Promise<void> => {
      this.asked.push(what);
      const failure = this.refusal ?? this.failure;
      this.failure = undefined;
      if (failure) throw failure;
    };
    const {directoryService, presence} = this;
    const service: CallService = {
      capabilities: {
        ...EVERYTHING,
        rooms: false,
        directory: directoryService !== undefined,
        presence: presence !== undefined,
        ...this.lacks,
      },
      ...(directoryService && {directory: directoryService}),
      ...(presence && {presence}),
      connect: async () => {
        host.setConnection('connecting');
        await ask('connect');
        host.setConnection('connected');
      },
      disconnect: async () => {
        this.asked.push('disconnect');
        for (const call of host.calls) await call.hangup();
        host.setRegistration('unregistered');
        host.setConnection('disconnected');
      },
      register: async () => {
        await ask('register');
        host.setRegistration('registered');
      },
      unregister: async () => {
        await ask('unregister');
        host.setRegistration('unregistered');
      },
      call: async ({number, media, screen, type, signal}: CallRequest) => {
        await ask(`call ${number} ${media}${screen ? ' screen' : ''}${type ? ` ${type}` : ''}`);
        await Promise.race([
          this.patience,
          new Promise((_, reject) =>
            signal?.addEventListener('abort', () => reject(new SipError('aborted', {subject: number}))),
          ),
        ]);
        return this.dial(media, {number, name: ''}, type).call;
      },
      createSession: async (request) => {
        const {kind} = request;
        const supervised = kind === 'barge-in' || kind === 'listen-in' || kind === 'remove';
        const whom =
          'members' in request
            ? request.members.join()
            : 'group' in request
              ? request.group
              : supervised
                ? request.number
                : '';
        const file = 'fileId' in request && request.fileId ? ` file ${request.fileId}` : '';
        await ask(`session ${kind} ${whom}`.trim() + file);
        await this.patience;
        if (kind === 'monitor' || kind === 'barge-in' || kind === 'listen-in')
          return this.dial('video', {number: request.number, name: ''}, kind).call;
        if (kind === 'member-video' && !request.to.length)
          return this.dial('video', {number: request.member, name: ''}, kind).call;
        if (request.kind === 'intercom')
          return this.interphone({remote: {number: request.group, name: ''}}).call;
        if (request.kind === 'temporary-intercom')
          return this.interphone({type: 'temporary-intercom', remote: {number: '9101', name: request.name}})
            .call;
        if (kind !== 'conference' && kind !== 'broadcast') return undefined;
        const {number, name, media} = request;
        return this.confer({type: kind, media, remote: {number: number || '8001', name}}).call;
      },
      sendMessage: async ({number, text, beforeSend}) => {
        await beforeSend(this.plain);
        await ask(`message ${number} ${text}`);
        await this.gate;
        return this.delivers;
      },
      sendReceipt: async ({number, id, kind}) => {
        await ask(`receipt ${number} ${id} ${kind}`);
        await this.gate;
      },
      sendComposing: async (number, active) => {
        this.asked.push(`composing ${number} ${active ? 'active' : 'idle'}`);
        if (this.refusal) throw this.refusal;
      },
      listFiles: async () => {
        if (!this.files) throw new SipError('unsupported', {subject: 'listFiles'});
        return this.files;
      },
      connectApi: async () => {
        await ask('connect api');
        host.setApi('open');
      },
      disconnectApi: async () => host.setApi('closed'),
      sendApi: async ({header}) => {
        await ask(`api ${header}`);
        return {header: `${header}.CB`, code: 0, body: [], raw: {}, text: '{}'};
      },
    };
    return service;
  };

  #add(
    direction: 'incoming' | 'outgoing',
    remote: Party,
    media: CallMedia,
    type: CallType = 'single',
    more: Partial<Pick<CallInit, 'id' | 'files' | 'answerAfter'>> = {},
    create: CreateCall = createCall,
  ): Staged {
    const dialog = new StagedDialog(direction, remote, {audio: true, video: media === 'video'});
    const init: CallInit = {
      id: `staged-${(this.#count += 1)}`,
      type,
      typeNumber: 12,
      direction,
      remote,
      media,
      dialog,
      followsDialog: true,
      abandon: async () => undefined,
      ...more,
    };
    const added = this.#host.addCall(init, create);
    this.#dialogs.set(added.call, dialog);
    return {...added, dialog};
  }
}

/** A real moving picture, drawn on a canvas. Ends with the page. */
export function picture(color = 'teal'): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), {width: 160, height: 120});
  const context = canvas.getContext('2d')!;
  const draw = (): void => {
    context.fillStyle = color;
    context.fillRect(0, 0, 160, 120);
    requestAnimationFrame(draw);
  };
  draw();
  return canvas.captureStream(10).getVideoTracks()[0]!;
}

/** The context of all sounds of a page: a browser has few outputs for those of all pages. */
let context: AudioContext | undefined;

/** A real sound: silence, as an audio track. */
export function sound(): MediaStreamTrack {
  context ??= new AudioContext();
  return context.createMediaStreamDestination().stream.getAudioTracks()[0]!;
}
