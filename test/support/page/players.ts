import type {Page} from 'puppeteer-core';

/**
 * Keeps every media element that a page plays, and whether two were heard at once with the same track. Call it before the
 * page loads its scripts.
 */
export async function watchPlayers(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(watch);
  await page.evaluate(watch);
}

function watch(): void {
  const scope = window as any;
  if (scope.players) return;
  const players = (scope.players = new Set<HTMLMediaElement>());
  scope.heardTwice = '';
  scope.audible = (): HTMLMediaElement[] =>
    [...players].filter(
      ({paused, muted, volume, srcObject}) =>
        !paused &&
        !muted &&
        volume > 0 &&
        srcObject instanceof MediaStream &&
        srcObject.getAudioTracks().some(({readyState}) => readyState === 'live'),
    );
  scope.nameOf = (element: Element): string => {
    let outer = element;
    for (let root = element.getRootNode(); root instanceof ShadowRoot; root = outer.getRootNode())
      outer = root.host;
    return element.isConnected ? outer.id || outer.localName : 'none';
  };
  const look = (): void => {
    const players = scope.audible() as HTMLMediaElement[];
    const tracks = players.flatMap(({srcObject}) => (srcObject as MediaStream).getAudioTracks());
    if (new Set(tracks).size < tracks.length) scope.heardTwice ||= players.map(scope.nameOf).join();
  };
  const {play} = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    players.add(this);
    this.addEventListener('playing', look);
    this.addEventListener('volumechange', look);
    return play.call(this);
  };
}

/**
 * Waits until exactly these elements of a page are heard, each with sound in it: the ids or tags of the page's own elements
 * around them, `none` outside the document. Rejects if two have been heard at once with the same track.
 */
export async function isPlayedBy(page: Page, ...tags: readonly string[]): Promise<void> {
  await page.evaluate(
    async (wanted) => {
      const scope = window as any;
      const context = new AudioContext();
      await context.resume();
      const analysers = new WeakMap<MediaStream, AnalyserNode>();
      const energyOf = (stream: MediaStream): number => {
        let analyser = analysers.get(stream);
        if (!analyser) {
          analysers.set(stream, (analyser = context.createAnalyser()));
          context.createMediaStreamSource(stream).connect(analyser);
        }
        const samples = new Float32Array(analyser.fftSize);
        analyser.getFloatTimeDomainData(samples);
        return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      };
      const isHeard = ({srcObject}: HTMLMediaElement): boolean => energyOf(srcObject as MediaStream) > 0.01;
      const fits = (): boolean => {
        if (scope.heardTwice) throw new Error(`Heard at once: ${scope.heardTwice}`);
        const audible = scope.audible() as HTMLMediaElement[];
        return audible.map(scope.nameOf).sort().join() === wanted && audible.every(isHeard);
      };
      while (!fits()) await new Promise((resolve) => setTimeout(resolve, 20));
      await context.close();
    },
    [...tags].sort().join(),
  );
}
