import {streamOf, type MediaSink} from '../routing.js';
import {VideoOutput} from './video-output.js';

/** A grey figure, 320 × 240: one VP8 key frame. */
export const FIGURE = Buffer.from(
  '8BsAnQEqQAHwAAqHCIWFiJmEiDgCAFszzeEHUufzi0/EaOMXNWmupW99dSt766lb311K3vrqVvfXUneoYQ9QsiWDJVaa6lb3' +
    '1XkAV2zolmumeBPtSt766lbqFYoBmV4I081aa6lb2tStlA91pJAQHfNrqVva/cjoWQHCGq7DkQvi/K81aa6lbpSpJChl2OXp' +
    'jWcWn4jRxUtlg2E1JVlg/R3zabASu/xGjjFyVurWXkoSLTodPLlFtrqVve+yTftSt1SkkCX3+I0cYlrpFuKpRkJXVX60/EaO' +
    'MXNWmupW99dSt766lb31ygD+5QR1Hul3mkkoIlNeQtZIGKBVfkaL0VGLnLcJ4gm2ZAQnW9/QWtUo033gI5RuHq4m4YNgWmxG' +
    'jPp9kGRXPkRGBK1ZS56EMELmF6DqTGTVmqLjOLWcvjDyd/ZJprx319QA',
  'base64',
);

/** How long to wait for video, and how often the figure is sent meanwhile, in milliseconds. */
const INTERVAL = 1000;

/**
 * Shows a figure in a sink, from its opening until the first video frame arrives: a video element plays no audio before
 * that.
 *
 * @returns A function that stops it.
 */
export function showPlaceholder(sink: MediaSink): () => void {
  const stream = streamOf(sink);
  const output = new VideoOutput();
  let timer: NodeJS.Timeout | undefined;
  let sent = stream.sent;
  const stop = (): void => clearInterval(timer);
  output.onPacket((packet) => {
    stream.begin();
    sink.write(stream.rewrite(packet));
    stream.begin();
    sent = stream.sent;
  });
  sink.onOpen(() => {
    timer ??= setInterval(() => {
      if (stream.sent !== sent) stop();
      else if (sink.open) output.send(FIGURE, 0);
    }, INTERVAL);
  });
  return stop;
}
