import type {ReactiveController, ReactiveElement} from 'lit';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {isConference} from '../../core/conference/is-conference.js';
import type {SipCall} from '../../core/call/call.js';
import type {Party} from '../../core/types.js';
import {SipError} from '../../errors.js';
import {dialed} from '../shared/people/dial-field.js';
import {isRegistered} from '../shared/registration.js';
import {CameraSubscription} from './camera-subscription.js';
import type {WallNumbers} from './numbers.js';
import {Sounds} from './sounds.js';

/** A camera of the wall. */
export interface Camera {
  /** The number, and which of its cameras this is. */
  readonly key: string;
  /** Whom the camera shows, with the name that the directory knows. */
  readonly party: Party;
  /** The same with the name that the page, the server or the other side reports. */
  readonly reported: Party;
  readonly subscription: CameraSubscription;
}

/** What cameras are requested from. */
export interface CameraSource {
  readonly client: BaseClient | undefined;
  /** The id of the conference whose members are shown; empty if cameras are requested by their numbers. */
  readonly sid: string;
  readonly codec: string;
}

/** The cameras of a wall: one for each number, requested while the wall runs. Those without a tile yet are the last ones. */
export class Cameras implements ReactiveController {
  readonly sounds = new Sounds();
  readonly #host: ReactiveElement;
  readonly #numbers: WallNumbers;
  readonly #source: () => CameraSource;
  readonly #onState: (camera: Camera) => void;
  #cameras = new Map<string, Camera>();
  /** The number of cameras that have a tile. */
  #shown = 0;
  #client: BaseClient | undefined;
  #registered = false;
  #running = false;

  /** @param onState - Called when the state of a camera's video changes. */
  constructor(
    host: ReactiveElement,
    numbers: WallNumbers,
    source: () => CameraSource,
    onState: (camera: Camera) => void,
  ) {
    this.#host = host;
    this.#numbers = numbers;
    this.#source = source;
    this.#onState = onState;
    host.addController(this);
    new StateController(host, () => [
      this.#client,
      ...this.all.flatMap(({subscription}) => [subscription, subscription.state.call]),
    ]);
  }

  /** All cameras that may be requested. */
  get all(): readonly Camera[] {
    return [...this.#cameras.values()];
  }

  /** The cameras that have a tile. */
  get shown(): readonly Camera[] {
    return this.all.slice(0, this.#shown);
  }

  /** Returns the call that brings a number's video; undefined if there is none. */
  callOf(number: string): SipCall | undefined {
    const wanted = this.#numbers.cleaned(number);
    const calls = this.all.filter(({reported}) => reported.number === wanted);
    return calls.map(({subscription}) => subscription.state.call).find(Boolean);
  }

  get running(): boolean {
    return this.#running;
  }

  /** Whether the server is known to show no such cameras. */
  get unsupported(): boolean {
    const {client, sid} = this.#source();
    if (client?.state.connection !== 'connected') return false;
    const {monitor, memberVideo} = client.capabilities;
    return !(sid ? memberVideo : monitor);
  }

  /** @throws {SipError} `not-connected` without a client, `unsupported` */
  start(): void {
    if (!this.#source().client) throw new SipError('not-connected');
    if (this.unsupported) throw new SipError('unsupported', {subject: 'monitor'});
    this.#match();
    this.#running = true;
    for (const {subscription} of this.all) subscription.begin();
    this.#host.requestUpdate();
  }

  stop(): void {
    this.#running = false;
    this.sounds.clear();
    for (const {subscription} of this.all) subscription.end();
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    // If the host was only moved, the wall continues.
    setTimeout(() => {
      if (!this.#host.isConnected) this.stop();
    });
  }

  hostUpdate(): void {
    const {client} = this.#source();
    if (client !== this.#client) {
      this.#client = client;
      if (this.#running) this.stop();
    }
    this.#match();
    const registered = isRegistered(client);
    // Videos lost with the connection are requested at once.
    if (registered && !this.#registered && this.#running)
      for (const {subscription} of this.all) if (subscription.state.phase === 'waiting') subscription.begin();
    this.#registered = registered;
  }

  /** Updates the cameras to match the numbers. */
  #match(): void {
    const before = this.#cameras;
    const counts = new Map<string, number>();
    this.#cameras = new Map();
    const {shown, ahead} = this.#numbers;
    this.#shown = shown.length;
    for (const number of [...shown, ...ahead]) {
      const count = (counts.get(number) ?? 0) + 1;
      counts.set(number, count);
      const key = `${number} ${count}`;
      const camera = before.get(key) ?? this.#make(key, number);
      const reported = this.#reportedBy(camera);
      const party = this.#client?.identify(reported, {directory: true}) ?? reported;
      const same = reported === camera.reported && party === camera.party;
      this.#cameras.set(key, same ? camera : {...camera, reported, party});
      if (this.#running && !before.has(key)) camera.subscription.begin();
    }
    for (const [key, {subscription}] of before) {
      if (this.#cameras.has(key)) continue;
      this.sounds.turnOff(key);
      subscription.end();
    }
  }

  #make(key: string, number: string): Camera {
    const subscription = new CameraSubscription((signal) => this.#request(number, signal));
    subscription.addEventListener('statechange', () => {
      const camera = this.#cameras.get(key);
      if (camera) this.#onState(camera);
    });
    const party = {number, name: ''};
    return {key, subscription, party, reported: party};
  }

  /** Returns whom a camera shows: the same object until another name is reported. */
  #reportedBy({reported: before, subscription}: Camera): Party {
    const {number} = before;
    const remote = subscription.state.call?.remote;
    const call = this.#client?.getCall(this.#source().sid);
    const members = call && isConference(call) ? call.state.members : [];
    const member = members.find((each) => each.number === number);
    const other =
      member?.name || (remote && remote.number === dialed(number, this.#client) ? remote.name : '');
    const name = this.#numbers.nameOf(number) ?? (other || before.name);
    return name === before.name ? before : {number, name};
  }

  async #request(number: string, signal: AbortSignal): Promise<SipCall | undefined> {
    const {client, sid, codec} = this.#source();
    if (!client) throw new SipError('not-connected');
    if (!sid) return client.monitor(number, {codec, signal});
    const conference = client.getCall(sid);
    if (!conference || !isConference(conference)) throw new SipError('call-not-found', {subject: sid});
    return conference.watchMember(number, {signal});
  }
}
