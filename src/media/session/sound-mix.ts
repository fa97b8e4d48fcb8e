import {letRun} from '../audio/running-context.js';

/** How long a mixer may take to begin, in milliseconds: without a gesture the browser keeps it still. */
const PATIENCE = 1_000;

/** Several sounds as one track. */
export interface SoundMix {
  readonly track: MediaStreamTrack;
  /** Ends the track, and leaves those that went in alone; idempotent. */
  stop(): void;
}

/** Mixes tracks; undefined where the browser does not let the mixer run, which would silence them all. */
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
