import {SipError, textOf, toSipError} from '../../errors.js';
import {within} from '../../within.js';
import {mediaDurations} from '../../durations/media.js';
import {receives, sends} from '../peer/description.js';
import type {EncryptedParty, EncryptionOptions, EncryptionState, MediaState} from '../types.js';
import type {FrameReport} from './frame-cipher.js';
import {areEqual, commitmentTo, KeyExchange, keyLineOf, pageKeyOf, withKeyLine} from './key-exchange.js';
import type {AgreedKeys, KeyLine} from './key-exchange.js';
import type {Bytes} from './sframe.js';
import type {TransformOptions, WorkerCommand} from './worker-messages.js';

/** Codecs whose frames may be encrypted, the best first; packetizers of the others read the whole frame. */
const CODECS = ['video/vp8', 'video/vp9'];
/** What is sent beside a codec. */
const BESIDE_CODEC = /\/(?:rtx|red|ulpfec|flexfec-03)$/i;

/** The peer connection whose media are encrypted. */
interface EncryptedPeer {
  readonly connection: RTCPeerConnection;
  readonly directions: MediaState;
  encryption: MediaEncryption | undefined;
}

/** The session that has the peer connection. */
interface EncryptionHost {
  readonly closed: boolean;
  readonly delegate: {readonly party?: EncryptedParty; onChange(): void} | undefined;
  renegotiate(): Promise<void>;
}

/**
 * End-to-end encryption of one peer connection: agrees on keys in its descriptions, and lets each frame pass a worker.
 *
 * ```
 * offer:  commit=hash of A ──►  ◄── answer: key=B   the first side has the keys
 * offer:  key=A ──►  ◄── answer: key=B              the other side has them too
 * ```
 * Until then no frame passes. A side that never saw the other's line lets all pass, or ends the call.
 */
export class MediaEncryption {
  readonly #peer: EncryptedPeer;
  /** How the page wants the media encrypted. */
  readonly settings: EncryptionOptions;
  readonly #host: EncryptionHost;
  readonly #log: ((text: string) => void) | undefined;
  /** Undefined if the browser or the page cannot encrypt. */
  #worker: Worker | undefined;
  #exchange: KeyExchange | undefined;
  #commitment: Bytes | undefined;
  /** Whether this side made the first offer. */
  #first: boolean | undefined;
  /** Whether both sides encrypt; undefined before the other side has said so. */
  #agreed: boolean | undefined;
  #otherCommitment: Bytes | undefined;
  #otherKey: Bytes | undefined;
  #keys: AgreedKeys | undefined;
  #report: FrameReport = {sent: false, received: undefined};
  #broken = false;
  #verified = false;
  #state: EncryptionState = Object.freeze({phase: 'exchanging'});

  private constructor(
    peer: EncryptedPeer,
    settings: EncryptionOptions,
    host: EncryptionHost,
    log: ((text: string) => void) | undefined,
  ) {
    this.#peer = peer;
    this.settings = settings;
    this.#host = host;
    this.#log = log;
    peer.encryption = this;
  }

  /**
   * Prepares a peer connection before its first description.
   *
   * @param log - Receives why media cannot be encrypted.
   * @throws {SipError} `encryption-unavailable` if the page requires what its browser cannot do.
   */
  static async begin(
    peer: EncryptedPeer,
    settings: EncryptionOptions,
    host: EncryptionHost,
    log: ((text: string) => void) | undefined,
  ): Promise<void> {
    const encryption = new MediaEncryption(peer, settings, host, log);
    try {
      await encryption.#start();
    } catch (cause) {
      encryption.close();
      log?.(`Media cannot be encrypted: ${textOf(cause)}`);
      if (settings.mode === 'require')
        throw new SipError('encryption-unavailable', {subject: textOf(cause), cause});
      encryption.#agreed = false;
    }
    encryption.#changed();
  }

  get state(): EncryptionState {
    return this.#state;
  }

  /** Notes that the users have compared the code. @throws {SipError} `invalid-state` if there is none to compare. */
  verify(): void {
    if (!this.#state.code) throw new SipError('invalid-state', {subject: 'verifyEncryption'});
    this.#verified = true;
    this.#changed();
  }

  /** Lets the media of all lines pass the worker, those of new lines too. */
  attach(): void {
    const worker = this.#worker;
    if (!worker) return;
    const encrypts = this.#agreed ?? this.settings.mode === 'require';
    for (const line of this.#peer.connection.getTransceivers()) {
      const video = line.receiver.track.kind === 'video';
      if (video && encrypts) restrictCodecs(line);
      // A stopped line has no media.
      if (line.direction === 'stopped') continue;
      line.sender.transform ??= transformOf(worker, {video, sends: true});
      line.receiver.transform ??= transformOf(worker, {video, sends: false});
    }
  }

  /** Returns this side's description with its commitment, or its key. */
  described(own: string, type: RTCSdpType): string {
    if (this.#first === undefined && type === 'offer') this.#first = true;
    if (this.#agreed === false || !this.#exchange) return own;
    const commits = this.#first && !this.#otherKey;
    const line: KeyLine = commits ? {commitment: this.#commitment!} : {key: this.#exchange.publicKey};
    return withKeyLine(withoutStrayFeedback(own), line);
  }

  /**
   * Reads the other side's description.
   *
   * @throws {SipError} `encryption-unavailable` if it does not encrypt and the page requires it; `not-acceptable` if its key
   * is another one than it has committed itself to.
   */
  async read(remote: string, type: RTCSdpType): Promise<void> {
    const line = this.#worker && keyLineOf(remote);
    if (type === 'pranswer') return this.#preview(!!line);
    this.#first ??= false;
    if (this.#agreed === undefined) {
      const commits = !!line && 'commitment' in line;
      this.#agreed = !!line && commits !== this.#first;
      if (!this.#agreed) this.#refuse();
      if (commits) this.#otherCommitment = line.commitment;
    }
    if (this.#agreed && line && 'key' in line && !this.#otherKey) await this.#take(line.key);
    this.attach();
    this.#changed();
  }

  /** Computes the state again: directions may have changed. */
  update(): void {
    const {phase, code} = this.#state;
    const next = this.#phase;
    const shown = next === 'unverified' || next === 'verified' ? this.#keys?.code : undefined;
    if (next === phase && shown === code) return;
    this.#state = Object.freeze({phase: next, ...(shown && {code: shown})});
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  get #phase(): EncryptionState['phase'] {
    if (this.#agreed === false) return 'none';
    if (this.#broken || this.#report.received === false) return 'failed';
    const {audio, video} = this.#peer.directions;
    const flows =
      (this.#report.sent || !(sends(audio) || sends(video))) &&
      (this.#report.received || !(receives(audio) || receives(video)));
    if (!this.#keys || !flows) return 'exchanging';
    // Frames of a side that lacks the page's key do not decrypt.
    return this.#verified || (this.settings.key && this.#report.received) ? 'verified' : 'unverified';
  }

  async #start(): Promise<void> {
    const address = this.settings.worker ?? workerBeside();
    if (typeof RTCRtpScriptTransform === 'undefined')
      throw new TypeError('the browser has no RTCRtpScriptTransform');
    if (!address) throw new TypeError('no address of sip-encryption-worker.js');
    const worker = (this.#worker = new Worker(address, {type: 'module'}));
    const ready = new Promise<true>((resolve, reject) => {
      worker.onmessage = () => resolve(true);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new TypeError(`${address} cannot be loaded`));
      };
    });
    if (!(await within(ready, mediaDurations.encryptionWorker)))
      throw new TypeError(`${address} does not answer`);
    worker.onmessage = ({data}: MessageEvent<FrameReport>) => {
      this.#report = data;
      this.#changed();
    };
    worker.onerror = () => this.#fail('the worker failed');
    this.#exchange = await KeyExchange.create();
    this.#commitment = await commitmentTo(this.#exchange.publicKey);
    // The call may have ended meanwhile.
    if (this.#host.closed) this.close();
  }

  async #take(key: Bytes): Promise<void> {
    if (!this.#first && !areEqual(await commitmentTo(key), this.#otherCommitment ?? key)) {
      this.#fail('the key is not the one that the other side has committed itself to');
      throw new SipError('not-acceptable');
    }
    this.#otherKey = key;
    let pageKey: Bytes | undefined;
    if (this.settings.key) {
      const party = this.#host.delegate?.party ?? {number: '', direction: 'outgoing'};
      const given = (async () => this.settings.key!(party))();
      const answered = await within(given, mediaDurations.encryptionKey, () => {
        this.#fail('the page’s function encryption.key does not answer');
        return new SipError('encryption-unavailable', {subject: 'encryption.key'});
      });
      pageKey = pageKeyOf(answered);
      if (!pageKey)
        throw new SipError('bad-parameter', {subject: 'encryption.key', expected: '16 bytes or more'});
    }
    try {
      this.#keys = await this.#exchange!.agree(key, this.#first!, pageKey);
    } catch (cause) {
      this.#fail('the other side’s key is no key');
      throw new SipError('not-acceptable', {cause});
    }
    this.#post({baseKey: this.#keys.baseKey, kid: this.#first ? 0 : 1});
    // The answer is applied first.
    if (this.#first) setTimeout(() => void this.#reveal());
  }

  /** Sends this side's key, to which it has committed itself. */
  async #reveal(): Promise<void> {
    try {
      await this.#host.renegotiate();
    } catch (error) {
      if (!this.#host.closed) this.#fail(`the key was not sent: ${toSipError(error).code}`);
    }
  }

  /** Lets early media pass, unless they are encrypted or must be: the keys come with the answer. */
  #preview(encrypts: boolean): void {
    if (!encrypts && this.settings.mode === 'prefer') this.#post({mode: 'plain'});
    this.attach();
  }

  #refuse(): void {
    if (this.settings.mode === 'require') throw new SipError('encryption-unavailable');
    this.#post({mode: 'plain'});
  }

  #fail(text: string): void {
    this.#broken = true;
    this.#log?.(`Encryption failed: ${text}`);
    this.#changed();
  }

  #post(command: WorkerCommand): void {
    this.#worker?.postMessage(command);
  }

  #changed(): void {
    this.update();
    this.#host.delegate?.onChange();
  }
}

/** The address of the worker beside the page's script, which has noted that of the worker of all tabs. */
function workerBeside(): string | undefined {
  const {[Symbol.for('sip-elements/worker')]: shared} = globalThis as {
    readonly [key: symbol]: string | undefined;
  };
  return shared?.replace(/sip-shared-worker\.js/, 'sip-encryption-worker.js');
}

function transformOf(worker: Worker, options: TransformOptions): RTCRtpScriptTransform {
  return new RTCRtpScriptTransform(worker, options);
}

function restrictCodecs(line: RTCRtpTransceiver): void {
  const all = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
  const order = ({mimeType}: RTCRtpCodec): number => CODECS.indexOf(mimeType.toLowerCase());
  const fit = all.filter((codec) => order(codec) >= 0).sort((one, other) => order(one) - order(other));
  // Old Firefox lacks the method.
  line.setCodecPreferences?.([...fit, ...all.filter(({mimeType}) => BESIDE_CODEC.test(mimeType))]);
}

/**
 * Removes feedback (RFC 4585 §4.2) of codecs that are left out: Firefox keeps it, and Chromium refuses a description that has
 * it.
 */
export function withoutStrayFeedback(description: string): string {
  return description
    .split(/^(?=m=\S)/m)
    .map((section) => {
      const types = new Set(/^m=\S+ \S+ \S+ (.*)/.exec(section)?.[1]?.trim().split(' '));
      return section.replace(/^a=rtcp-fb:(\d+) .*\r?\n/gm, (line, type: string) =>
        types.has(type) ? line : '',
      );
    })
    .join('');
}
