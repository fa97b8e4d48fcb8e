/** A screen that is shared without a user's choice, during a test. */
export interface SharedCanvas {
  /** All tracks that were handed out. */
  readonly opened: MediaStreamTrack[];
  restore(): void;
}

/**
 * Gives pages a painted canvas where they ask for a screen: the browser gives none without a gesture. The browser's own
 * function is all that is replaced.
 */
export function shareCanvas(): SharedCanvas {
  const {mediaDevices} = navigator;
  const opened: MediaStreamTrack[] = [];
  const timers: ReturnType<typeof setInterval>[] = [];
  mediaDevices.getDisplayMedia = async () => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 320, height: 200});
    const paint = (): void => canvas.getContext('2d')!.fillRect(0, 0, 320, 200);
    paint();
    // A canvas sends what is painted; a screen sends its picture again and again.
    timers.push(setInterval(paint, 200));
    const stream = canvas.captureStream(5);
    opened.push(...stream.getTracks());
    return stream;
  };
  return {
    opened,
    restore: () => {
      timers.forEach(clearInterval);
      Reflect.deleteProperty(mediaDevices, 'getDisplayMedia');
    },
  };
}
