/** The other end of the sockets under test: the test runner's own server passes their frames on. */
export class FarEnd {
  readonly url: string;
  readonly heard: string[] = [];
  readonly #control: WebSocket;
  readonly #changes = new EventTarget();

  private constructor(control: WebSocket, url: string) {
    this.url = url;
    this.#control = control;
    control.onmessage = ({data}: MessageEvent<string>) => {
      const {type, text} = JSON.parse(data) as {type: string; text?: string};
      this.heard.push(type === 'message' ? text! : type);
      this.#changes.dispatchEvent(new Event('change'));
    };
  }

  static async listen(): Promise<FarEnd> {
    const address = `${location.origin.replace(/^http/, 'ws')}/socket-relay/${crypto.randomUUID()}`;
    const control = new WebSocket(`${address}/server`);
    await new Promise((resolve, reject) => {
      control.onopen = resolve;
      control.onerror = reject;
    });
    return new FarEnd(control, `${address}/client`);
  }

  async knows(fact: () => boolean): Promise<void> {
    while (!fact())
      await new Promise((resolve) => this.#changes.addEventListener('change', resolve, {once: true}));
  }

  tell(event: object): void {
    this.#control.send(JSON.stringify({client: 0, ...event}));
  }

  close(): void {
    this.#control.close();
  }
}
