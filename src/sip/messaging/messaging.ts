import type {CallServiceHost, MessageRequest, ReceiptRequest} from '../../core/server/call-service.js';
import type {IncomingMessage} from '../delegate.js';
import {mediaTypeOf} from '../headers/media-type.js';
import {receivedMessage} from '../received-message.js';
import type {MessageAgent, Messenger} from './messenger.js';

/** The types that `Messenger` reads. */
const READ = /^(?:message\/(?:cpim|imdn\+xml)|application\/im-iscomposing\+xml)$/;

/** The messages of a client; loads the code for them when the first one is sent, or one arrives that needs it. */
export class Messaging {
  readonly #host: CallServiceHost;
  readonly #agent: MessageAgent;
  #messenger: Promise<Messenger> | undefined;
  /** Settles with the arrivals that are being read: later ones do not overtake them. */
  #reading: Promise<void> | undefined;

  constructor(host: CallServiceHost, agent: MessageAgent) {
    this.#host = host;
    this.#agent = agent;
  }

  /** See `CallService.sendMessage`. */
  async send(request: MessageRequest): Promise<boolean> {
    return (await this.#open()).send(request);
  }

  /** See `CallService.sendReceipt`. */
  async receipt(request: ReceiptRequest): Promise<void> {
    await (await this.#open()).receipt(request);
  }

  /** See `CallService.sendComposing`. */
  async composing(number: string, active: boolean): Promise<void> {
    await (await this.#open()).composing(number, active);
  }

  /** Handles a message that arrived; resolves when it is stored. */
  async receive(message: IncomingMessage): Promise<void> {
    const isRead = READ.test(mediaTypeOf(message.contentType));
    if (!isRead && !this.#reading) return this.#host.messageReceived(receivedMessage(message));
    const reading = (this.#reading ?? Promise.resolve())
      .then(async () => (await this.#open()).receive(message))
      // Without the code for it, it is shown as it arrived.
      .catch(() => this.#host.messageReceived(receivedMessage(message)))
      .finally(() => {
        if (this.#reading === reading) this.#reading = undefined;
      });
    this.#reading = reading;
    await reading;
  }

  #open(): Promise<Messenger> {
    this.#messenger ??= import('./messenger.js')
      .then(({Messenger}) => new Messenger(this.#host, this.#agent))
      .catch((error: unknown) => {
        this.#messenger = undefined;
        throw error;
      });
    return this.#messenger;
  }
}
