import {setTimeout as pause} from 'node:timers/promises';
import {startKamailio, DOMAIN} from '../interop/kamailio.js';
import {freePort, type Program} from '../interop/program.js';
import {LOOPBACK_FLAGS} from '../interop/sip-page.js';
import {plainPage} from '../page/plain-page.js';
import {fillPage, goOnline, phonePage} from '../page/phone-page.js';
import {sendsSignals} from '../page/signals.js';
import {openSite, type Site} from '../page/site.js';
import {startDevelopmentServer} from '../servers/development-server.js';
import {FaultyWay} from '../servers/faulty-way.js';
import {openLossyWay, type LossyWay} from '../servers/lossy-way.js';
import {factsOf, tellsFacts, type Facts} from './facts.js';
import type {Page} from 'puppeteer-core';

export type Profile = 'dispatch' | 'standard';

/** A server that can be killed, and started again at the same addresses. */
export interface Restartable {
  /** The address of its WebSocket, as `ws://host:port/path`. */
  readonly url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** One of the two pages of a {@link Stage}. */
export interface Role {
  readonly user: string;
  readonly tone: number;
  page: Page;
}

/** What faults strike: a page, its ways to the server, and the server. */
export type Struck = Pick<Stage, 'way' | 'media' | 'near' | 'server' | 'returns' | 'opens'>;

/** Two registered pages; the near page reaches its server only through proxies that can fail. */
export class Stage {
  private constructor(
    readonly profile: Profile,
    readonly site: Site,
    readonly server: Restartable,
    /** The way of the near page's signalling, and that of its media. */
    readonly way: FaultyWay,
    readonly media: LossyWay,
    readonly near: Role,
    readonly far: Role,
  ) {}

  static async open(profile: Profile): Promise<Stage> {
    const server = profile === 'standard' ? await kamailio() : await developmentServer();
    const {way, media} = await openWays(server.url);
    const site = await openSite({chromeFlags: LOOPBACK_FLAGS});
    const [near, far] = (
      profile === 'standard'
        ? [
            {user: 'alice', tone: 440},
            {user: 'bob', tone: 800},
          ]
        : [
            {user: '1001', tone: 440},
            {user: '1002', tone: 800},
          ]
    ) as [Role, Role];
    const stage = new Stage(profile, site, server, way, media, near, far);
    for (const role of stage.roles) await stage.opens(role);
    return stage;
  }

  get roles(): readonly Role[] {
    return [this.near, this.far];
  }

  /** Opens a new page for a role. */
  async opens(role: Role): Promise<void> {
    role.page = await phonePage(this.site, {...this.#accountOf(role), address: await plainPage()});
    await this.#goesOnline(role);
  }

  /** Makes the near page a phone again after it was loaded anew. */
  async returns(): Promise<void> {
    await fillPage(this.near.page, this.#accountOf(this.near));
    await this.#goesOnline(this.near);
  }

  /** What is true of both pages now. */
  async facts(): Promise<{readonly near: Facts | undefined; readonly far: Facts | undefined}> {
    const [near, far] = await Promise.all(this.roles.map(({page}) => factsOf(page)));
    return {near, far};
  }

  /** Resolves with true once the fact is true of both pages, with false if it is not true in time. */
  async becomes(
    fact: (near: Facts | undefined, far: Facts | undefined) => boolean,
    within: number,
  ): Promise<boolean> {
    for (const since = Date.now(); ;) {
      const {near, far} = await this.facts();
      if (fact(near, far)) return true;
      if (Date.now() - since > within) return false;
      await pause(50);
    }
  }

  async close(): Promise<void> {
    await this.site.close();
    await this.way.close();
    await this.media.close();
    await this.server.stop();
  }

  #goesOnline(role: Role): Promise<void> {
    return goesOnline(role, this.roles.find((other) => other !== role)!.tone);
  }

  #accountOf(role: Role) {
    const standard = this.profile === 'standard';
    const {pathname} = new URL(this.server.url);
    return {
      user: role.user,
      password: standard ? `pw-${role.user}` : '1234',
      server: role === this.near ? new URL(pathname, this.way.url).href : this.server.url,
      attributes: `resume history-storage="none" ringtone="none"${standard ? ` profile="standard" domain="${DOMAIN}"` : ''}`,
    };
  }
}

/** Opens the ways of a page to a server: that of its signalling, and that of its media. */
export async function openWays(server: string): Promise<{readonly way: FaultyWay; readonly media: LossyWay}> {
  const media = await openLossyWay(server);
  const {pathname} = new URL(server);
  // Only descriptions of calls go through the way of the media.
  const way = await FaultyWay.open((path) => new URL(path, path === pathname ? media.url : server).href);
  return {way, media};
}

/** Registers a page, which sends its tone and tells its facts, such as whether it hears the other tone. */
export async function goesOnline({page, tone}: Role, otherTone: number): Promise<void> {
  await sendsSignals(page, {
    tone,
    halves: [
      [200, 40, 40],
      [40, 40, 200],
    ],
  });
  await tellsFacts(page, otherTone);
  await goOnline(page);
}

async function kamailio(): Promise<Restartable> {
  const started = await startKamailio();
  return {
    url: `${started.ws}/`,
    kill: () => started.kill(),
    start: () => started.restart(),
    stop: () => started.stop(),
  };
}

export async function developmentServer(): Promise<Restartable> {
  const port = await freePort();
  let program: Program;
  const start = async (): Promise<void> => {
    program = await startDevelopmentServer(port);
  };
  await start();
  return {
    url: `ws://127.0.0.1:${port}/fswebrtc`,
    kill: () => program.kill(),
    start,
    stop: () => program.stop(),
  };
}
