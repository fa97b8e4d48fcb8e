import type {RtpPacket} from 'werift';
import type {MediaSource} from '../media/index.js';

/** How many packets of a source wait at most: more than a browser sends in the time of any delay. */
const MOST = 2_000;

/**
 * Returns a source whose packets come later.
 *
 * @param milliseconds - How much later.
 */
export function delayed(source: MediaSource, milliseconds: number): MediaSource {
  return {
    kind: source.kind,
    requestKeyFrame: () => source.requestKeyFrame(),
    onPacket(listener) {
      const waiting: {readonly packet: RtpPacket; readonly due: number}[] = [];
      let timer: NodeJS.Timeout | undefined;
      const release = (): void => {
        timer = undefined;
        while (waiting[0] && waiting[0].due <= performance.now()) listener(waiting.shift()!.packet);
        if (waiting[0]) timer = setTimeout(release, waiting[0].due - performance.now());
      };
      const unsubscribe = source.onPacket((packet) => {
        if (waiting.length >= MOST) return;
        waiting.push({packet, due: performance.now() + milliseconds});
        timer ??= setTimeout(release, milliseconds);
      });
      return () => {
        unsubscribe();
        clearTimeout(timer);
        waiting.length = 0;
      };
    },
  };
}
