import type {RtpPacket} from 'werift';
import type {MediaKind} from './description.js';
import {RewrittenStream} from './rewritten-stream.js';
import {startsKeyFrame} from './picture/vp8.js';

/** Takes a listener away again. */
export type Unsubscribe = () => void;

/** Where media come from: a leg's audio or video, later a mixer's output or a file. */
export interface MediaSource {
  readonly kind: MediaKind;
  /** Hands over each packet; a listener must not change it. */
  onPacket(listener: (packet: RtpPacket) => void): Unsubscribe;
  /** Asks for a key frame; does nothing for audio. */
  requestKeyFrame(): void;
}

/** Where media go: a leg's audio or video, later a mixer's input. It takes from one source at a time. */
export interface MediaSink {
  readonly kind: MediaKind;
  /** Whether packets can go out: connected, and the far end receives. */
  readonly open: boolean;
  /** Takes a packet of its own, which it may change. */
  write(packet: RtpPacket): void;
  /** Tells when it opens, so that video can begin with a key frame. */
  onOpen(listener: () => void): Unsubscribe;
  /** Tells when the far end asks for a key frame. */
  onKeyFrameRequest(listener: () => void): Unsubscribe;
}

/** A source that goes to a sink. */
export interface Route {
  /** Ends it; the sink keeps where its stream was, for the next source. Idempotent. */
  close(): void;
}

/** How long a missing key frame is waited for before it is asked for again, in milliseconds. */
const KEY_FRAME_PATIENCE = 500;

const streams = new WeakMap<MediaSink, RewrittenStream>();
const routes = new WeakMap<MediaSink, Route>();

/** The stream that the far end of a sink sees, whatever goes into it. */
export function streamOf(sink: MediaSink): RewrittenStream {
  const stream = streams.get(sink) ?? new RewrittenStream(sink.kind === 'audio' ? 48_000 : 90_000);
  streams.set(sink, stream);
  return stream;
}

/**
 * Sends a source's packets to a sink, in place of what went there before.
 *
 * The sink's far end sees one unbroken stream: sequence numbers and timestamps go on across sources. Video begins
 * with a key frame, which is asked for now, when the sink opens, and when its far end asks.
 */
export function connect(source: MediaSource, sink: MediaSink): Route {
  if (source.kind !== sink.kind)
    throw new TypeError(`a ${source.kind} source does not fit a ${sink.kind} sink`);
  routes.get(sink)?.close();
  const stream = streamOf(sink);
  stream.begin();
  let waiting = sink.kind === 'video';
  let askedAt = 0;
  let ssrc: number | undefined;
  const ask = (): void => {
    askedAt = performance.now();
    source.requestKeyFrame();
  };
  const restart = (): void => {
    stream.begin();
    waiting = sink.kind === 'video';
    if (waiting) ask();
  };
  const subscriptions = [
    source.onPacket((packet) => {
      if (!sink.open) return;
      // The source's client began another stream, with numbers of its own.
      if (ssrc !== undefined && ssrc !== packet.header.ssrc) restart();
      ssrc = packet.header.ssrc;
      if (waiting) {
        if (!startsKeyFrame(packet.payload)) {
          if (performance.now() - askedAt > KEY_FRAME_PATIENCE) ask();
          return;
        }
        waiting = false;
      }
      sink.write(stream.rewrite(packet));
    }),
    sink.onOpen(restart),
    sink.onKeyFrameRequest(() => source.requestKeyFrame()),
  ];
  if (sink.open) restart();
  const route: Route = {
    close() {
      for (const unsubscribe of subscriptions.splice(0)) unsubscribe();
      if (routes.get(sink) === route) routes.delete(sink);
    },
  };
  routes.set(sink, route);
  return route;
}
