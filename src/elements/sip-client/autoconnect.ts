import type {BaseClient} from '../../core/client/client.js';

/** Connects and registers each client of a `<sip-client>`, again and again while its server cannot be reached. */
export class Autoconnect {
  /** The client last connected. */
  #tried: BaseClient | undefined;

  /** @param api - Whether the API's socket is opened too. */
  begin(client: BaseClient, api: () => boolean): void {
    if (this.#tried === client) return;
    this.#tried = client;
    // Loaded with the code of the connection: later, the network may be gone.
    const loaded = import('../../core/client/try-again.js');
    // A failure to load it counts only if the client has to try again.
    loaded.catch(() => {});
    const {ending} = client;
    // The client's state and events report a failure.
    client
      .connect()
      .then(() => client.register())
      .catch(async (error: unknown) => (await loaded).tryAgain(client, error, ending))
      .then(() => (api() ? client.connectApi() : undefined))
      .catch(() => {});
  }

  /** Connects the client again if it comes back. */
  forget(): void {
    this.#tried = undefined;
  }
}
