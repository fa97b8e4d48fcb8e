import type {Page} from 'puppeteer-core';

/** What is true of a page at one moment. */
export interface Facts {
  /** Of its calls, the newest last. */
  readonly calls: readonly {readonly phase: string; readonly state: Readonly<Record<string, any>>}[];
  /** Whether its newest call plays the other side's tone at this moment. */
  readonly hears: boolean;
  /** Why its calls ended, since {@link clearEnds}. */
  readonly ends: readonly string[];
  readonly registration: string;
}

/** Makes a page tell its {@link Facts}; again after each load. */
export async function tellsFacts(page: Page, tone: number): Promise<void> {
  await page.evaluate((tone) => {
    const scope = window as any;
    const {client} = document.querySelector('sip-client') as any;
    // A remote stream reaches WebAudio only while an element plays it.
    const audio = Object.assign(new Audio(), {muted: true});
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, {fftSize: 4096, smoothingTimeConstant: 0});
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    let track: MediaStreamTrack | undefined;
    let source: MediaStreamAudioSourceNode | undefined;
    const hears = (): boolean => {
      const now: MediaStreamTrack | undefined = client.state.calls.at(-1)?.remoteStream?.getAudioTracks()[0];
      if (now !== track) {
        track = now;
        source?.disconnect();
        source = undefined;
        audio.srcObject = track ? new MediaStream([track]) : null;
        if (track) {
          audio.play().catch(() => {});
          source = context.createMediaStreamSource(audio.srcObject as MediaStream);
          source.connect(analyser);
        }
      }
      if (!track) return false;
      analyser.getFloatFrequencyData(spectrum);
      const bin = Math.round((tone * analyser.fftSize) / context.sampleRate);
      return Math.max(...spectrum.subarray(bin - 2, bin + 3)) > -45;
    };
    const ends: string[] = (scope.ends = []);
    client.addEventListener('sip-call-hangup', ({detail}: CustomEvent) => ends.push(detail.cause.code));
    scope.facts = () => ({
      calls: client.state.calls.map((call: any) => ({
        phase: call.state.phase,
        state: JSON.parse(
          JSON.stringify({
            ...call.state,
            members: call.state.members
              ?.filter(({phase}: any) => phase !== 'released')
              .map(({number}: any) => number),
          }),
        ),
      })),
      hears: hears(),
      ends: [...ends],
      registration: client.state.registration,
    });
  }, tone);
}

/** Returns what is true of a page now; nothing is while it is loaded, frozen or gone. */
export async function factsOf(page: Page): Promise<Facts | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, 1_000, undefined));
  return Promise.race([page.evaluate(() => (window as any).facts?.()).catch(() => undefined), late]);
}

export const clearEnds = (page: Page): Promise<unknown> =>
  page.evaluate(() => (window as any).ends.splice(0)).catch(() => undefined);

/** Runs a command of the newest call of a page. */
export const command = (page: Page, name: string, ...words: unknown[]): Promise<unknown> =>
  page.evaluate(
    (name, words) => {
      const {client} = document.querySelector('sip-client') as any;
      return client.state.calls
        .at(-1)
        [name](...words)
        .then(() => undefined);
    },
    name,
    words,
  );
