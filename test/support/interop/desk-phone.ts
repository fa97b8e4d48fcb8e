import {mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {connect, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DOMAIN, type Kamailio} from './kamailio.js';
import {freePort, startProgram} from './program.js';

/** An event of the phone, with baresip's name: `CALL_ESTABLISHED`, `CALL_DTMF_START` and so on. */
export interface PhoneEvent {
  readonly type: string;
  readonly param?: string;
}

/** An ordinary phone: baresip, by UDP, with plain RTP. It sends a tone of 440 Hz and writes down what it hears. */
export interface DeskPhone {
  readonly tone: number;
  /** Runs a command of baresip: `dial`, `hangup`, `accept`. */
  command(name: string, parameter?: string): Promise<void>;
  /** Takes the next event of the type, waiting for it. */
  event(type: string): Promise<PhoneEvent>;
  /** The types of the events that were not taken. */
  events(): string[];
  /** Resolves once it has heard a tone, in hertz, for half a second, and louder than all else. */
  hears(frequency: number): Promise<void>;
  /** Resolves once it has heard half a second of the tone, counted from now on. */
  hearsOn(frequency: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a phone that is registered as `desk`. */
export async function startDeskPhone(
  kamailio: Kamailio,
  {answers}: {readonly answers: boolean},
): Promise<DeskPhone> {
  const folder = await mkdtemp(join(tmpdir(), 'sip-phone-'));
  const control = await freePort();
  const heard = join(folder, 'heard.wav');
  const modules = ['account', 'g711', 'ausine', 'aufile', 'uuid', 'menu', 'ctrl_tcp'];
  await writeFile(
    join(folder, 'config'),
    [
      'sip_listen 127.0.0.1:0',
      'net_interface 127.0.0.1',
      'module_path /usr/lib/baresip/modules',
      'audio_source ausine,440',
      // The tone generator supports only this rate.
      'ausrc_srate 48000',
      `audio_player aufile,${heard}`,
      'audio_alert aufile,/dev/null',
      `ctrl_tcp_listen 127.0.0.1:${control}`,
      ...modules.map(
        (name) =>
          `${name === 'account' || name === 'menu' || name === 'ctrl_tcp' ? 'module_app' : 'module'} ${name}.so`,
      ),
      '',
    ].join('\n'),
  );
  await writeFile(
    join(folder, 'accounts'),
    `<sip:desk@${DOMAIN}>;auth_user=desk;auth_pass=pw-desk;outbound="sip:${kamailio.phones};transport=udp";regint=60;answermode=${answers ? 'auto' : 'manual'}\n`,
  );
  await writeFile(join(folder, 'contacts'), '');
  const program = startProgram('baresip', ['-f', folder, '-p', folder]);
  const stop = async (): Promise<void> => {
    socket?.destroy();
    await program.stop();
    await rm(folder, {recursive: true, force: true});
  };
  let socket: Socket | undefined;
  try {
    socket = await program.until(() => reach(control));
    await program.until(async () => (await kamailio.contacts('desk')).length > 0);
  } catch (error) {
    await stop();
    throw error;
  }
  const events: PhoneEvent[] = [];
  let wake = (): void => {};
  readMessages(socket, (message) => {
    events.push(message as PhoneEvent);
    wake();
  });
  return {
    tone: 440,
    async command(name, parameter) {
      const text = JSON.stringify({command: name, ...(parameter && {params: parameter})});
      socket.write(`${Buffer.byteLength(text)}:${text},`);
    },
    async event(type) {
      for (;;) {
        const index = events.findIndex((event) => event.type === type);
        if (index >= 0) return events.splice(index, 1)[0]!;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    events: () => events.map(({type}) => type),
    hears: (frequency) => listens(heard, frequency),
    async hearsOn(frequency) {
      // Half a second of sound at 8,000 samples of 16 bits a second, and a quarter of a second that may be on its way.
      const {size} = await stat(heard);
      await listens(heard, frequency, size + 8_000 + 4_000);
    },
    stop,
  };
}

/** Waits until a file has at least this length, and ends with the tone. */
async function listens(file: string, frequency: number, length = 0): Promise<void> {
  for (;;) {
    const heard = await readFile(file).catch(() => Buffer.alloc(0));
    if (heard.length >= length && sounds(heard, frequency)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Connects to a port; resolves with undefined if nothing listens there. */
function reach(port: number): Promise<Socket | undefined> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

/** Reads netstrings of JSON. */
function readMessages(socket: Socket, take: (message: unknown) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const colon = rest.indexOf(':');
      const length = Number(rest.subarray(0, Math.max(colon, 0)).toString());
      if (colon < 1 || rest.length < colon + length + 2) return;
      take(JSON.parse(rest.subarray(colon + 1, colon + 1 + length).toString()));
      rest = rest.subarray(colon + length + 2);
    }
  });
}

const HEADER = 44;

/** Whether the last half second of a WAV file with 16 bits is mostly this tone. The phone may still write the file. */
function sounds(file: Buffer, frequency: number): boolean {
  if (file.length < HEADER) return false;
  const rate = file.readUInt32LE(24);
  const channels = file.readUInt16LE(22);
  const count = Math.floor((file.length - HEADER) / 2 / channels);
  const window = Math.floor(rate / 2);
  if (count < window) return false;
  let energy = 0;
  let [real, imaginary] = [0, 0];
  for (let index = 0; index < window; index += 1) {
    const sample = file.readInt16LE(HEADER + 2 * channels * (count - window + index)) / 32_768;
    const angle = (2 * Math.PI * frequency * index) / rate;
    energy += sample * sample;
    real += sample * Math.cos(angle);
    imaginary -= sample * Math.sin(angle);
  }
  const share = (2 * (real * real + imaginary * imaginary)) / (window * energy || 1);
  return energy / window > 1e-4 && share > 0.8;
}
