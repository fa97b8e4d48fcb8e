import type {ReactiveController, ReactiveElement} from 'lit';
import type {BaseClient} from '../../../core/client/client.js';
import {isRegistered} from '../registration.js';

/** The names that the server's directory has for numbers. Each number is asked for once in a registration. */
export class KnownNames implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #getClient: () => BaseClient | undefined;
  readonly #names = new Map<string, string>();
  readonly #asked = new Set<string>();
  #client: BaseClient | undefined;
  #registered = false;

  constructor(host: ReactiveElement, client: () => BaseClient | undefined) {
    this.#host = host;
    this.#getClient = client;
    host.addController(this);
  }

  hostUpdate(): void {
    const client = this.#getClient();
    if (client !== this.#client) this.#names.clear();
    const registered = isRegistered(client);
    if (client !== this.#client || registered !== this.#registered) this.#asked.clear();
    this.#client = client;
    this.#registered = registered;
  }

  /** Returns the name of a number; empty until the directory has answered, or if it has none. */
  nameOf(number: string): string {
    const known = this.#names.get(number);
    if (known === undefined && number && !this.#asked.has(number)) void this.#ask(number);
    return known ?? '';
  }

  async #ask(number: string): Promise<void> {
    const client = this.#client;
    if (!client || !this.#registered || !client.capabilities.directory) return;
    this.#asked.add(number);
    // Without an answer, the number is shown.
    const people = await client.directory.search(number).catch(() => []);
    const name = people.find((person) => person.number === number)?.name;
    if (!name || client !== this.#client) return;
    this.#names.set(number, name);
    this.#host.requestUpdate();
  }
}
