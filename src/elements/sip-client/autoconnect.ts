import type {BaseClient} from '../../core/client/client.js';

/** Connects and registers each client of a `<sip-client>` once. */
export class Autoconnect {
  /** The client that was tried. */
  #tried: BaseClient | undefined;

  /** @param api - Whether the API's socket is opened too. */
  begin(client: BaseClient, api: () => boolean): void {
    if (this.#tried === client) return;
    this.#tried = client;
    // What fails stays in the client's state, and its events tell of it.
    client
      .connect()
      .then(() => client.register())
      .then(() => (api() ? client.connectApi() : undefined))
      .catch(() => {});
  }

  /** The client is tried again where it comes back. */
  forget(): void {
    this.#tried = undefined;
  }
}
