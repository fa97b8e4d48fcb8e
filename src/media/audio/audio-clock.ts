/**
 * Ticks by the clock of an audio context until it is stopped. Unlike timers and animation frames, it also works in a
 * hidden page, where those fire once a second or not at all.
 *
 * @param target - A node that is being listened to; it receives silence.
 * @param interval - In seconds.
 * @returns Stops it; idempotent.
 */
export function audioClock(target: AudioNode, interval: number, onTick: () => void): () => void {
  const {context} = target;
  let source: ConstantSourceNode | undefined;
  const wind = (): void => {
    source = new ConstantSourceNode(context, {offset: 0});
    source.connect(target);
    source.onended = () => {
      source?.disconnect();
      wind();
      onTick();
    };
    source.start();
    source.stop(context.currentTime + interval);
  };
  wind();
  return () => {
    if (!source) return;
    source.onended = null;
    source.disconnect();
    source = undefined;
  };
}
