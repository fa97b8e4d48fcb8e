import {letRun} from '../audio/running-context.js';

/** How long the mixer may take to start, in milliseconds: the browser suspends it until a user gesture. */
const PATIENCE = 1_000;

/** Several audio tracks mixed into one. */
export interface SoundMix {
  readonly track: MediaStreamTrack;
  /** Ends the mixed track, but not its inputs; idempotent. */
  stop(): void;
}

/** Mixes tracks; undefined if the browser does not start the mixer, which would silence them all. */
export async function mixSounds(tracks: readonly MediaStreamTrack[]): Promise<SoundMix | undefined> {
  const context = new AudioContext({latencyHint: 'interactive'});
  const close = (): void => {
    if (context.state !== 'closed') void context.close();
  };
  const output = context.createMediaStreamDestination();
  for (const track of tracks) context.createMediaStreamSource(new MediaStream([track])).connect(output);
  if (!(await letRun(context, PATIENCE))) {
    close();
    return undefined;
  }
  const track = output.stream.getAudioTracks()[0]!;
  return {
    track,
    stop() {
      track.stop();
      close();
    },
  };
}
