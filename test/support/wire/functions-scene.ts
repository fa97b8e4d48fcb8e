import type {SipClientOptions} from '../../../src/core/client/options.js';
import {Account} from '../../../src/functions/account.js';
import {connect, Register} from '../../../src/functions/connection.js';
import {use} from '../../../src/functions/run.js';
import type {Wire} from './wire.js';
import {WireClient, WireDispatch} from './wire-dispatch.js';

/** A callback of a page's delegate, with its arguments. */
export type Told = readonly [name: string, ...values: any[]];

/** The documented functions of user 1001 at a dispatch server in memory, and what their page receives. */
export class FunctionsScene {
  readonly server = new WireDispatch();
  readonly client: WireClient;
  readonly told: Told[] = [];
  /** Messages of the errors that functions reported. */
  readonly reported: string[] = [];
  readonly #changes = new EventTarget();
  readonly #reportError = window.reportError;

  private constructor(timeouts: SipClientOptions['timeouts']) {
    this.client = new WireClient(this.server.wire, {
      user: '1001',
      ringtone: 'none',
      parallelCalls: true,
      maxCalls: 64,
      historyStorage: 'none',
      recordingsStorage: 'memory',
      timeouts: {...timeouts},
    });
  }

  /** Sets the functions up, connected and registered. */
  static async ready(timeouts?: SipClientOptions['timeouts']): Promise<FunctionsScene> {
    const scene = new FunctionsScene(timeouts);
    window.reportError = (error) => scene.#note(scene.reported, String(error));
    use(new Account(scene.client));
    await connect(
      new Proxy(
        {},
        {
          get:
            (_, name) =>
            (...values: unknown[]) =>
              scene.#note(scene.told, [String(name), ...values]),
        },
      ),
    );
    await Register(60);
    scene.told.length = 0;
    return scene;
  }

  /** Resolves once the condition is true of the callbacks and reported errors. */
  async knows(fact: () => boolean): Promise<void> {
    while (!fact())
      await new Promise((resolve) => this.#changes.addEventListener('change', resolve, {once: true}));
  }

  /** Takes the next callback of the name, waiting for it. */
  async next(name: string): Promise<Told> {
    await this.knows(() => this.told.some(([other]) => other === name));
    return this.told.splice(
      this.told.findIndex(([other]) => other === name),
      1,
    )[0]!;
  }

  /** The texts of the API requests that were sent, byte for byte. */
  get texts(): string[] {
    return textsOf(this.server.wire);
  }

  async close(): Promise<void> {
    await this.client.disconnect();
    await this.server.close();
    window.reportError = this.#reportError;
  }

  #note<T>(list: T[], entry: T): void {
    list.push(entry);
    this.#changes.dispatchEvent(new Event('change'));
  }
}

function textsOf({messages}: Wire): string[] {
  return messages
    .filter((message) => message.startsWith('MESSAGE sip:api@'))
    .map((message) => message.slice(message.indexOf('\r\n\r\n') + 4));
}
