import type {Position} from '../directory/people.js';

/** An SOS call that no one has acknowledged yet, also after it was answered or has ended. Plain data that can be cloned. */
export interface Alarm {
  /** The id of its call; of the newest one, if the number has called again. */
  readonly id: string;
  readonly number: string;
  /** The name that came with the call; `client.identify()` may know a better one. */
  readonly name: string;
  /** When the first call arrived, in milliseconds since the epoch. */
  readonly time: number;
  /** How many SOS calls of the number it stands for. */
  readonly count: number;
  /** When the newest call was answered, here or on another device. */
  readonly answeredAt?: number | undefined;
  /** When the newest call ended. */
  readonly endedAt?: number | undefined;
  /** Where the caller is, if the server reports positions. */
  readonly position?: Pick<Position, 'lng' | 'lat' | 'time'> | undefined;
}

/** Who has acknowledged an alarm, and when. */
export interface AlarmAcknowledgement {
  /** The id of the alarm: that of its newest call. */
  readonly id: string;
  /** The number of the caller. */
  readonly number: string;
  readonly name: string;
  /** When the alarm began, in milliseconds since the epoch. */
  readonly since: number;
  /** The number of the user who has acknowledged it. */
  readonly author: string;
  /** When it was acknowledged, in milliseconds since the epoch. */
  readonly time: number;
  /** Where the caller was last, if the server reports positions. */
  readonly position?: Alarm['position'];
}
