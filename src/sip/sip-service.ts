import type {KeptCall} from '../core/call/call-init.js';
import type {CallServiceHost} from '../core/client/call-service.js';
import type {MessageRequest, ReceiptRequest} from '../core/messages/messages-state.js';
import {Messenger} from './messaging/messenger.js';
import {SipUserAgent, type UserAgentDelegate, type UserAgentParts} from './user-agent.js';

/** The part of a `CallService` that is SIP alone: each profile extends it with the functions of its servers. */
export abstract class SipService {
  protected readonly userAgent: SipUserAgent;
  protected readonly messenger: Messenger;

  /** @param parts - Parts that tests and other environments replace. */
  constructor(host: CallServiceHost, delegate: UserAgentDelegate, parts: UserAgentParts) {
    this.userAgent = new SipUserAgent(host.options, delegate, parts);
    this.messenger = new Messenger(host, this.userAgent);
  }

  get instance(): string {
    return this.userAgent.instance;
  }

  async connect(): Promise<void> {
    await this.userAgent.connect();
  }

  async register(expires: number): Promise<void> {
    await this.userAgent.register(expires);
  }

  async unregister(): Promise<void> {
    await this.userAgent.unregister();
  }

  end({dialog}: KeptCall): void {
    this.userAgent.end(dialog);
  }

  async sendMessage(request: MessageRequest): Promise<boolean> {
    return this.messenger.send(request);
  }

  async sendReceipt(request: ReceiptRequest): Promise<void> {
    await this.messenger.receipt(request);
  }

  async sendComposing(number: string, active: boolean): Promise<void> {
    await this.messenger.composing(number, active);
  }
}
