import type {DeviceChoice, InputKind} from './device-choice.js';
import {DeviceSwitch} from './device-switch.js';
import {LevelMeter} from './level-meter.js';
import {LocalMedia} from '../session/local-media.js';
import {SipError} from '../../errors.js';

/** A device that the user tests. It switches to another device when that is chosen. */
export interface DeviceTrial {
  /** The device's track, for a video element to show. */
  readonly stream: MediaStream;
  /** The current level of a microphone, as a root mean square of 0–1; 0 for a camera. */
  readonly level: number;
  /** Closes the device; idempotent. */
  close(): void;
}

/** Opens the chosen device. @throws {SipError} `microphone-…` and `camera-…` refused, missing or busy */
export async function openTrial(kind: InputKind, choice: DeviceChoice): Promise<DeviceTrial> {
  const local = new LocalMedia({choice});
  let meter: LevelMeter | undefined;
  const listen = (): void => {
    meter?.close();
    meter = local.audio && new LevelMeter(local.audio);
  };
  const follower = new DeviceSwitch(local, {
    inTurn: (task) => task(),
    send: async () => {},
    onChange: listen,
  });
  const close = (): void => {
    follower.close();
    local.release();
    meter?.close();
    meter = undefined;
  };
  await local.open({audio: kind === 'microphone', video: kind === 'camera'});
  if (!local.device(kind)) {
    close();
    throw new SipError(local.warnings[0] ?? `${kind}-missing`);
  }
  listen();
  return {
    stream: local.stream,
    get level() {
      return meter?.level ?? 0;
    },
    close,
  };
}
