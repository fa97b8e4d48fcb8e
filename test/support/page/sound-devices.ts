import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** A device of the tests' sound server, which Firefox regards as one of the machine. */
export interface SoundDevice {
  unplug(): Promise<void>;
}

const plug = async (...module: string[]): Promise<SoundDevice> => {
  const {stdout} = await run('pactl', ['load-module', ...module]);
  return {
    async unplug() {
      await run('pactl', ['unload-module', stdout.trim()]);
    },
  };
};

/** Plugs in a microphone that hears a steady tone, in hertz. */
export const plugMicrophone = (name: string, tone: number): Promise<SoundDevice> =>
  plug(
    'module-sine-source',
    `source_name=${name}`,
    `frequency=${tone}`,
    `source_properties=device.description=${name}`,
  );

/** Plugs in a loudspeaker. */
export const plugSpeaker = (name: string): Promise<SoundDevice> =>
  plug('module-null-sink', `sink_name=${name}`, `sink_properties=device.description=${name}`);
