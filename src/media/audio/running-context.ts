/**
 * Lets an audio context run; false where it does not in time: without a gesture the browser keeps it still, and says
 * nothing.
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
