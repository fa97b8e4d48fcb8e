import {connects, hearEachOther} from '../interop/conversation.js';
import {startFreeSwitch, type FreeSwitch} from '../interop/freeswitch.js';
import {LOOPBACK_FLAGS, person, reloads, type Person, type PersonOptions} from '../interop/sip-page.js';
import {nextEvent, placeCall} from '../page/phone-page.js';
import {openSite, type Site} from '../page/site.js';
import {FaultyWay} from '../servers/faulty-way.js';

/** The music that FreeSWITCH plays on hold and to a parked call, in hertz. */
export const MUSIC = 660;

const OPTIONS = {
  alice: {tone: 440, attributes: 'resume listen-in-uri="sip:*33{number}@{host}" features="freeswitch"'},
  bob: {
    tone: 800,
    attributes: 'auto-answer max-calls="1"',
    options: {
      features: {
        park: '70',
        retrieve: '{slot}',
        forward: '*72{number}',
        forwardOff: '*73',
        dndOn: '*78',
        dndOff: '*79',
      },
    },
    halves: [
      [40, 180, 40],
      [180, 180, 40],
    ],
  },
  carol: {
    tone: 1300,
    halves: [
      [40, 180, 180],
      [200, 40, 200],
    ],
  },
} satisfies Record<string, PersonOptions>;

/** A FreeSWITCH, and three pages that are registered there; Alice reaches it by a way that a test can cut. */
export class Stage {
  private constructor(
    readonly freeSwitch: FreeSwitch,
    readonly way: FaultyWay,
    readonly site: Site,
    readonly alice: Person,
    readonly bob: Person,
    readonly carol: Person,
  ) {}

  static async open(): Promise<Stage> {
    const freeSwitch = await startFreeSwitch();
    const way = await FaultyWay.open(() => freeSwitch.ws);
    const site = await openSite({chromeFlags: LOOPBACK_FLAGS});
    const [alice, bob, carol] = await Promise.all([
      person(site, {ws: way.url}, 'alice', OPTIONS.alice),
      person(site, {ws: freeSwitch.wss}, 'bob', OPTIONS.bob),
      person(site, freeSwitch, 'carol', OPTIONS.carol),
    ]);
    return new Stage(freeSwitch, way, site, alice, bob, carol);
  }

  get people(): readonly Person[] {
    return [this.alice, this.bob, this.carol];
  }

  /** Opens another tab of Alice's. */
  anotherTab(): Promise<Person> {
    return person(this.site, {ws: this.way.url}, 'alice', OPTIONS.alice);
  }

  /** Opens the page of Dave, who is not there otherwise. */
  guest(): Promise<Person> {
    return person(this.site, this.freeSwitch, 'dave', {tone: 1800});
  }

  /** Loads Alice's page anew, and waits until it has its call again. */
  async reloads(load?: (address: string) => Promise<unknown>): Promise<void> {
    const {alice} = this;
    await reloads(alice, {ws: this.way.url}, OPTIONS.alice, load);
    for (const type of ['sip-call-resumed', 'sip-call-answered']) await nextEvent(alice.page, type);
  }

  /** Calls a number that FreeSWITCH answers itself. */
  async dials({page}: Person, number: string, media: 'audio' | 'video' = 'audio'): Promise<void> {
    await placeCall(page, number, media);
    await nextEvent(page, 'sip-call-answered');
  }

  /**
   * One calls the other, who answers; Alice calls Bob by default. Resolves when they hear each other: what a page asks
   * for before FreeSWITCH has connected them is lost, as a transfer or the music of hold.
   */
  async talks(from = this.alice, to = this.bob): Promise<void> {
    await connects(from, to);
    await hearEachOther(from, to);
  }

  async close(): Promise<void> {
    await this.site.close();
    await this.way.close();
    await this.freeSwitch.stop();
  }
}
