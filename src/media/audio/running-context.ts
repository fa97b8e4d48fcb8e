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
