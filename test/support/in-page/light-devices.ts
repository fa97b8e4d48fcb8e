/**
 * Has the browser's devices give a small and slow picture, and sound without an echo canceller, unless a test asks for
 * something else: with the defaults, most of a call's time goes into pictures that nobody looks at.
 */

const add = (asked: boolean | MediaTrackConstraints | undefined, added: MediaTrackConstraints) =>
  asked && {...added, ...(asked !== true && asked)};

// An insecure page has no devices.
const devices = navigator.mediaDevices as MediaDevices | undefined;
const open = devices?.getUserMedia.bind(devices);
if (devices && open)
  devices.getUserMedia = ({audio, video, ...rest} = {}) =>
    open({
      ...rest,
      audio: add(audio, {echoCancellation: false, noiseSuppression: false, autoGainControl: false})!,
      video: add(video, {width: 320, height: 240, frameRate: 10})!,
    });

export {};
