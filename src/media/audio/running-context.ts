/**
 * Resumes an audio context. Returns whether it runs in time: without a gesture the browser suspends it, without an
 * error.
 *
 * @param patience - In milliseconds.
 */
export async function letRun(context: AudioContext, patience: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tired = new Promise<void>((resolve) => (timer = setTimeout(resolve, patience)));
  await Promise.race([context.resume().catch(() => {}), tired]);
  clearTimeout(timer);
  return context.state === 'running';
}

/** Like `letRun`, for a context whose sound goes out by this node, also while nothing plays. */
export async function letSend(target: MediaStreamAudioDestinationNode, patience: number): Promise<boolean> {
  // Chromium sends nothing at all from a node without a source.
  const silence = new ConstantSourceNode(target.context, {offset: 0});
  silence.connect(target);
  silence.start();
  return letRun(target.context as AudioContext, patience);
}
