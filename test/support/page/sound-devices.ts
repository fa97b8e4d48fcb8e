import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** A device of the tests' sound server, which Firefox regards as one of the machine. */
export interface SoundDevice {
  unplug(): Promise<void>;
}

/** A microphone of it, with a switch. */
export interface Microphone extends SoundDevice {
  mute(): Promise<void>;
  unmute(): Promise<void>;
}

const plug = async (...module: string[]): Promise<SoundDevice> => {
  const {stdout} = await run('pactl', ['load-module', ...module]);
  return {
    async unplug() {
      await run('pactl', ['unload-module', stdout.trim()]);
    },
  };
};

/**
 * Plugs in a microphone that hears a steady tone, in hertz: what a line plays. The server's own source of a tone hands it out
 * two seconds at a time, of which a browser drops most.
 */
export async function plugMicrophone(name: string, tone: number): Promise<Microphone> {
  const line = `${name}-line`;
  const devices = [
    await plug(
      'module-null-sink',
      'channels=1',
      `sink_name=${line}`,
      `sink_properties=device.description=${line}`,
    ),
    await plug('module-sine', `sink=${line}`, `frequency=${tone}`),
    await plug(
      'module-remap-source',
      'channels=1',
      `master=${line}.monitor`,
      `source_name=${name}`,
      `source_properties=device.description=${name}`,
    ),
  ];
  const turn = async (off: 0 | 1): Promise<void> => {
    await run('pactl', ['set-source-mute', name, String(off)]);
  };
  return {
    async unplug() {
      for (const device of devices.reverse()) await device.unplug();
    },
    mute: () => turn(1),
    unmute: () => turn(0),
  };
}

/** Plugs in a loudspeaker. */
export const plugSpeaker = (name: string): Promise<SoundDevice> =>
  plug('module-null-sink', `sink_name=${name}`, `sink_properties=device.description=${name}`);
