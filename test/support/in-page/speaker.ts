/** The loudest frequency of a track and its level, as a page hears it. */
export interface Listener {
  /** The loudest frequency in hertz; 0 where it is silent. */
  readonly frequency: number;
  /** The highest amplitude of the last twentieth of a second, 0–1. */
  readonly level: number;
  close(): void;
}

/** Listens to a stream. A remote one has to be played by an element. */
export function listenTo(stream: MediaStream): Listener {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, {fftSize: 8192, smoothingTimeConstant: 0});
  const source = context.createMediaStreamSource(stream);
  source.connect(analyser);
  const level = (): number => {
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    return samples.subarray(-2048).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  };
  return {
    get level() {
      return level();
    },
    get frequency() {
      if (level() < 0.01) return 0;
      const spectrum = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(spectrum);
      return (spectrum.indexOf(Math.max(...spectrum)) * context.sampleRate) / analyser.fftSize;
    },
    close: () => void context.close(),
  };
}

/** Somebody whose voice arrives by a real peer connection. */
export class Speaker {
  /** What arrives. */
  readonly stream: MediaStream;
  readonly #connections: readonly RTCPeerConnection[];
  readonly #context: AudioContext;
  readonly #voice: OscillatorNode;
  readonly #gain: GainNode;

  private constructor(
    stream: MediaStream,
    connections: readonly RTCPeerConnection[],
    {context, voice, gain}: {context: AudioContext; voice: OscillatorNode; gain: GainNode},
  ) {
    this.stream = stream;
    this.#connections = connections;
    this.#context = context;
    this.#voice = voice;
    this.#gain = gain;
  }

  /** Connects one, who is silent. */
  static async open(): Promise<Speaker> {
    const context = new AudioContext();
    const target = context.createMediaStreamDestination();
    const voice = new OscillatorNode(context);
    const gain = new GainNode(context, {gain: 0});
    voice.connect(gain).connect(target);
    voice.start();
    const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()] as const;
    far.onicecandidate = ({candidate}) => void near.addIceCandidate(candidate ?? undefined);
    near.onicecandidate = ({candidate}) => void far.addIceCandidate(candidate ?? undefined);
    const arrived = new Promise<MediaStream>((resolve) => {
      near.ontrack = ({track}) => resolve(new MediaStream([track]));
    });
    far.addTrack(target.stream.getAudioTracks()[0]!, target.stream);
    await far.setLocalDescription();
    await near.setRemoteDescription(far.localDescription!);
    await near.setLocalDescription();
    await far.setRemoteDescription(near.localDescription!);
    return new Speaker(await arrived, [near, far], {context, voice, gain});
  }

  /** Says a tone of the frequency, in hertz, until told otherwise. */
  speak(frequency: number): void {
    this.#voice.frequency.value = frequency;
    this.#gain.gain.value = 0.3;
  }

  fallSilent(): void {
    this.#gain.gain.value = 0;
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
    void this.#context.close();
  }
}
