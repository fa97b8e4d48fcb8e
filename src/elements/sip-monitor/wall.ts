import type {ReactiveController} from 'lit';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {isConference} from '../../core/conference/is-conference.js';
import type {SipCall} from '../../core/call/call.js';
import type {Party} from '../../core/types.js';
import {durations} from '../../durations.js';
import {SipError} from '../../errors.js';
import {isRegistered} from '../shared/registration.js';
import type {MonitorContext} from './host.js';
import type {Numbers} from './numbers.js';
import {CameraSubscription} from './camera-subscription.js';
import {Sight} from './sight.js';
import {Sounds} from './sounds.js';
import {forgetFrames, framesShown, keepFrame, playerOf} from './still.js';

/** A tile of the wall. */
export interface Tile {
  /** The number, and which of its tiles this is. */
  readonly key: string;
  readonly party: Party;
  readonly subscription: CameraSubscription;
}

/** Manages the videos of a wall: one for each number, while the wall runs and they are in view. */
export class Wall implements ReactiveController {
  readonly #context: MonitorContext;
  readonly #onState: (tile: Tile) => void;
  readonly #sight: Sight;
  /** Since when a tile has been out of view, by key. */
  readonly #unseen = new Map<string, number>();
  readonly sounds = new Sounds();
  readonly #numbers: Numbers;
  #tiles = new Map<string, Tile>();
  #client: BaseClient | undefined;
  #registered = false;
  #running = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param onState - Called when the state of a tile's video changes. */
  constructor(context: MonitorContext, numbers: Numbers, onState: (tile: Tile) => void) {
    this.#context = context;
    this.#numbers = numbers;
    this.#onState = onState;
    const {host} = context;
    host.addController(this);
    this.#sight = new Sight(host, this.#look);
    new StateController(host, () => [
      this.#client,
      ...this.tiles.flatMap(({subscription}) => [subscription, subscription.state.call]),
    ]);
  }

  get tiles(): readonly Tile[] {
    return [...this.#tiles.values()];
  }

  get running(): boolean {
    return this.#running;
  }

  /** @throws {SipError} `not-connected` without a client, `unsupported` */
  start(): void {
    const client = this.#context.client();
    if (!client) throw new SipError('not-connected');
    const {monitor, memberVideo} = client.capabilities;
    if (client.state.connection === 'connected' && !(this.#context.host.sid ? memberVideo : monitor))
      throw new SipError('unsupported', {subject: 'monitor'});
    this.#running = true;
    for (const {subscription} of this.tiles) subscription.begin();
    this.#wind();
    this.#context.host.requestUpdate();
  }

  stop(): void {
    this.#running = false;
    this.sounds.clear();
    for (const {subscription} of this.tiles) subscription.end();
    forgetFrames(this.#context.host.renderRoot.querySelectorAll('.tile'));
    this.#wind();
    this.#context.host.requestUpdate();
  }

  /** Removes a tile from the wall. */
  close({key}: Tile): void {
    this.#numbers.drop([...this.#tiles.keys()].indexOf(key));
  }

  /** The full-screen tile. */
  get filling(): Element | undefined {
    return this.#sight.filling;
  }

  hostConnected(): void {
    this.#wind();
  }

  hostDisconnected(): void {
    this.#wind();
    // If the host was only moved, the wall continues.
    setTimeout(() => {
      if (!this.#context.host.isConnected) this.stop();
    });
  }

  hostUpdate(): void {
    const client = this.#context.client();
    if (client !== this.#client) {
      this.#client = client;
      if (this.#running) this.stop();
    }
    this.#lay();
    const registered = isRegistered(client);
    // Videos lost with the connection are requested at once.
    if (registered && !this.#registered && this.#running)
      for (const {subscription} of this.tiles)
        if (subscription.state.phase === 'waiting') subscription.begin();
    this.#registered = registered;
  }

  /** Updates the tiles to match the numbers. */
  #lay(): void {
    const before = this.#tiles;
    const counts = new Map<string, number>();
    this.#tiles = new Map();
    for (const number of this.#numbers.shown) {
      const count = (counts.get(number) ?? 0) + 1;
      counts.set(number, count);
      const key = `${number} ${count}`;
      const tile = before.get(key) ?? this.#make(key, number);
      this.#tiles.set(key, {...tile, party: {number, name: this.#nameOf(tile)}});
      if (this.#running && !before.has(key)) tile.subscription.begin();
    }
    for (const [key, {subscription}] of before) {
      if (this.#tiles.has(key)) continue;
      this.sounds.turnOff(key);
      this.#unseen.delete(key);
      subscription.end();
    }
  }

  #make(key: string, number: string): Tile {
    const subscription = new CameraSubscription((signal) => this.#ask(number, signal));
    subscription.addEventListener('statechange', () => {
      const tile = this.#tiles.get(key);
      if (tile) this.#onState(tile);
    });
    return {key, subscription, party: {number, name: ''}};
  }

  #nameOf({party: {number, name}, subscription}: Tile): string {
    const said = subscription.state.call?.remote;
    const call = this.#client?.getCall(this.#context.host.sid);
    const members = call && isConference(call) ? call.state.members : [];
    const member = members.find((other) => other.number === number);
    return (
      this.#numbers.nameOf(number) ?? (member?.name || (said?.number === number ? said.name : '') || name)
    );
  }

  async #ask(number: string, signal: AbortSignal): Promise<SipCall | undefined> {
    const {host, client} = this.#context;
    const {sid, codec} = host;
    const asker = client();
    if (!asker) throw new SipError('not-connected');
    if (!sid) return asker.monitor(number, {codec, signal});
    const conference = asker.getCall(sid);
    if (!conference || !isConference(conference)) throw new SipError('call-not-found', {subject: sid});
    return conference.watchMember(number, {signal});
  }

  #wind(): void {
    clearInterval(this.#timer);
    const {host} = this.#context;
    const runs = this.#running && host.isConnected;
    this.#timer = runs ? setInterval(this.#look, durations.monitorInterval) : undefined;
  }

  /** Checks which videos play and which are in view. */
  readonly #look = (): void => {
    const now = Date.now();
    for (const tile of this.tiles) this.#lookAt(tile, now);
    // Updates the countdown to the next attempt.
    if (this.tiles.some(({subscription}) => subscription.state.retryAt !== undefined))
      this.#context.host.requestUpdate();
  };

  #lookAt(tile: Tile, now: number): void {
    const {key, subscription} = tile;
    const element = this.#elementOf(key);
    if (!this.#running || !element) return;
    if (this.#sight.sees(element)) {
      this.#unseen.delete(key);
      subscription.resume();
      const player = playerOf(element);
      const frames = player && framesShown(player);
      if (subscription.look(frames, now)) keepFrame(element);
      return;
    }
    const since = this.#unseen.get(key) ?? now;
    this.#unseen.set(key, since);
    // A video being recorded or listened to need not be visible.
    const used = this.sounds.has(key) || subscription.state.call?.state.recording;
    if (!used && now - since >= durations.monitorHidden) subscription.pause();
    else subscription.look(undefined, now);
  }

  #elementOf(key: string): HTMLElement | null {
    const tiles = this.#context.host.renderRoot.querySelectorAll<HTMLElement>('.tile');
    return [...tiles].find(({dataset}) => dataset['key'] === key) ?? null;
  }
}
