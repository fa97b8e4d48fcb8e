import type {ApiRequest} from '../../../src/dispatch/envelope.js';

interface RelayEvent {
  readonly type: 'open' | 'message' | 'close';
  readonly client: number;
  readonly text?: string;
  readonly binary?: boolean;
}

/** The server of real WebSockets, played by a test. */
export class SocketServer {
  /** The address for clients. */
  readonly url: string;
  /** The frames that arrived, by client. */
  readonly frames: {readonly client: number; readonly request: ApiRequest}[] = [];
  /** How many sockets were opened, and which are closed. */
  opened = 0;
  readonly closed: number[] = [];
  /** Takes what arrives; without it nothing is answered. */
  react: ((request: ApiRequest, client: number) => void) | undefined;
  readonly #control: WebSocket;
  readonly #changes = new EventTarget();

  private constructor(control: WebSocket, url: string) {
    this.url = url;
    this.#control = control;
    control.onmessage = ({data}: MessageEvent<string>) => this.#take(JSON.parse(data) as RelayEvent);
  }

  /** The address for clients of the server that will listen under the id. */
  static address(id: string): string {
    return `${location.origin.replace(/^http/, 'ws')}/socket-relay/${id}/client`;
  }

  /** Begins to listen. */
  static async listen(id: string = crypto.randomUUID()): Promise<SocketServer> {
    const address = SocketServer.address(id);
    const control = new WebSocket(address.replace(/client$/, 'server'));
    await new Promise((resolve, reject) => {
      control.onopen = resolve;
      control.onerror = reject;
    });
    return new SocketServer(control, address);
  }

  /** Resolves when it is true. */
  async knows(fact: () => boolean): Promise<void> {
    while (!fact())
      await new Promise((resolve) => this.#changes.addEventListener('change', resolve, {once: true}));
  }

  /** The header's requests so far. */
  requests(header: string): ApiRequest[] {
    return this.frames.filter(({request}) => request.header === header).map(({request}) => request);
  }

  send(client: number, text: string, binary = false): void {
    this.#control.send(JSON.stringify({type: 'message', client, text, binary}));
  }

  reply(client: number, request: ApiRequest, code: number | string, body: object = {}): void {
    this.send(
      client,
      JSON.stringify({header: `${request.header}.CB`, msgid: request.msgid, code, body: [body]}),
    );
  }

  /** Breaks a client's socket. */
  break(client: number): void {
    this.#control.send(JSON.stringify({type: 'close', client}));
  }

  /** Stops listening: every socket breaks and none opens any more. */
  async close(): Promise<void> {
    if (this.#control.readyState === WebSocket.CLOSED) return;
    const closed = new Promise((resolve) => (this.#control.onclose = resolve));
    this.#control.close();
    await closed;
  }

  #take({type, client, text = ''}: RelayEvent): void {
    if (type === 'open') this.opened++;
    else if (type === 'close') this.closed.push(client);
    else if (text.startsWith('{')) {
      const request = JSON.parse(text) as ApiRequest;
      this.frames.push({client, request});
      this.react?.(request, client);
    }
    this.#changes.dispatchEvent(new Event('change'));
  }
}
