import type {RtpPacket} from 'werift';
import type {MediaKind} from './description.js';
import {RewrittenStream} from './rewritten-stream.js';
import {startsKeyFrame} from './picture/vp8.js';

/** Removes a listener. */
export type Unsubscribe = () => void;

/** A source of media: a leg's audio or video, a mixer's output or a file. */
export interface MediaSource {
  readonly kind: MediaKind;
  /** Notifies of each packet; a listener must not change it. */
  onPacket(listener: (packet: RtpPacket) => void): Unsubscribe;
  /** Requests a key frame; does nothing for audio. */
  requestKeyFrame(): void;
}

/** A sink of media: a leg's audio or video, or a mixer's input. It accepts one source at a time. */
export interface MediaSink {
  readonly kind: MediaKind;
  /** Whether packets can be sent: connected, and the far end receives. */
  readonly open: boolean;
  /** Sends a packet, which it owns and may change. */
  write(packet: RtpPacket): void;
  /** Notifies when it opens, so that video can begin with a key frame. */
  onOpen(listener: () => void): Unsubscribe;
  /** Notifies when the far end requests a key frame. */
  onKeyFrameRequest(listener: () => void): Unsubscribe;
}

/** A connection from a source to a sink. */
export interface Route {
  /** Closes the route; the sink keeps the position of its stream for the next source. Idempotent. */
  close(): void;
}

/** How long to wait for a key frame before it is requested again, in milliseconds. */
const KEY_FRAME_PATIENCE = 500;

const streams = new WeakMap<MediaSink, RewrittenStream>();
const routes = new WeakMap<MediaSink, Route>();

/** Returns the stream that the far end of a sink sees, whatever its sources. */
export function streamOf(sink: MediaSink): RewrittenStream {
  const stream = streams.get(sink) ?? new RewrittenStream(sink.kind === 'audio' ? 48_000 : 90_000);
  streams.set(sink, stream);
  return stream;
}

/**
 * Sends a source's packets to a sink, replacing the earlier source.
 *
 * The sink's far end sees one unbroken stream: sequence numbers and timestamps continue across sources. Video begins
 * with a key frame, which is requested now, when the sink opens, and when its far end asks.
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
      // The source's client began another stream with its own numbers.
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
