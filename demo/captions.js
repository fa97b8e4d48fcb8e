/**
 * A recognizer that understands nothing: it measures how long each side speaks, and writes that. A real one takes the same
 * samples, in a worker of the page or on a server of yours.
 */

/** How loud speech is at least, and how long a pause ends it, in seconds. */
const [LOUD, PAUSE] = [0.02, 0.5];

const TEXTS = {
  en: (seconds) => `(speech ${seconds} s)`,
  zh: (seconds) => `（语音 ${seconds} 秒）`,
  ar: (seconds) => `(كلام ${seconds} ثانية)`,
};

/** Makes the recognizer of one side. */
function recognizer(sound) {
  let start;
  let end = 0;
  const tell = (final) => {
    const language = document.documentElement.lang;
    const text = TEXTS[language.split('-', 1)[0]](((end - start) / 1000).toFixed(1));
    sound.caption({text, final, start, end, language});
    if (final) start = undefined;
  };
  return {
    write(samples, time) {
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      const isLoud = Math.sqrt(power) > LOUD;
      if (isLoud) {
        start ??= time;
        end = time + 100;
      }
      if (start === undefined) return;
      const isOver = time - end > PAUSE * 1000;
      if (isLoud || isOver) tell(isOver);
    },
    stop() {
      if (start !== undefined) tell(true);
    },
  };
}

await customElements.whenDefined('sip-client');
const client = document.querySelector('sip-client');
client.options = {...client.options, captions: recognizer};
