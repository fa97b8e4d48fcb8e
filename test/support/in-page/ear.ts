/** What a page plays at one moment, on its way to the loudspeaker. */
export interface Heard {
  /** The loudest frequency in hertz; 0 where it is silent. */
  readonly frequency: number;
  /** The highest amplitude, 0–1. */
  readonly level: number;
}

/** The listener, once it was created. */
export interface Ear {
  /** The states of the contexts that are not closed. */
  states(): AudioContextState[];
  /** The devices that they play on. */
  sinks(): string[];
  now(): Heard;
  /** The highest amplitude since the last query, within 0.7 s: a short tone ends before a busy page looks. */
  lately(): number;
}

/**
 * Makes a page's `window.ear`, which hears whatever its scripts play by WebAudio from now on; only the browser's own
 * classes are watched. Works in a page of its own too: it names nothing outside itself.
 */
export function listenToPage(): Ear {
  const scope = window as unknown as {ear?: Ear};
  if (scope.ear) return scope.ear;
  const ears = new Map<BaseAudioContext, AnalyserNode>();
  const memories = new Map<BaseAudioContext, {hub: GainNode; memory: AnalyserNode}>();
  const remember = (hub: GainNode): void => {
    const memory = new AnalyserNode(hub.context, {fftSize: 32_768});
    (connect as (node: AudioNode) => void).call(hub, memory);
    memories.set(hub.context, {hub, memory});
  };
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (this: AudioNode, target: any, ...rest: any[]): any {
    const {context} = this;
    if (target === context.destination && context instanceof AudioContext) {
      let analyser = ears.get(context);
      if (!analyser) {
        analyser = new AnalyserNode(context, {fftSize: 8192, smoothingTimeConstant: 0});
        ears.set(context, analyser);
        remember(new GainNode(context));
      }
      (connect as (node: AudioNode) => void).call(this, analyser);
      (connect as (node: AudioNode) => void).call(this, memories.get(context)!.hub);
    }
    return (connect as any).call(this, target, ...rest);
  };
  const open = (): [AudioContext, AnalyserNode][] =>
    ([...ears] as [AudioContext, AnalyserNode][]).filter(([{state}]) => state !== 'closed');
  const ear: Ear = {
    states: () => open().map(([{state}]) => state),
    sinks: () => open().map(([context]) => (context as {sinkId?: string}).sinkId ?? ''),
    now: () => {
      let heard = {frequency: 0, level: 0};
      for (const [context, analyser] of open()) {
        if (context.state !== 'running') continue;
        const samples = new Float32Array(analyser.fftSize);
        analyser.getFloatTimeDomainData(samples);
        // The current sound is at the end.
        const level = samples.subarray(-2048).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
        if (level <= Math.max(heard.level, 0.001)) continue;
        const spectrum = new Float32Array(analyser.frequencyBinCount);
        analyser.getFloatFrequencyData(spectrum);
        const bin = spectrum.indexOf(Math.max(...spectrum));
        heard = {frequency: (bin * context.sampleRate) / analyser.fftSize, level};
      }
      return heard;
    },
    lately: () => {
      let most = 0;
      for (const {hub, memory} of [...memories.values()]) {
        const samples = new Float32Array(memory.fftSize);
        memory.getFloatTimeDomainData(samples);
        for (const sample of samples) most = Math.max(most, Math.abs(sample));
        hub.disconnect(memory);
        remember(hub);
      }
      return most;
    },
  };
  scope.ear = ear;
  return ear;
}
