/**
 * The worker that encrypts the media of one call between its encoders and the network: `dist/sip-encryption-worker.js`.
 */
import {FrameCipher, type EncodedFrame} from './media/encryption/frame-cipher.js';
import type {TransformOptions, WorkerCommand} from './media/encryption/worker-messages.js';

/** One stream that passes through the worker (W3C webrtc-encoded-transform); TypeScript has it for workers alone. */
interface Transformer {
  readonly readable: ReadableStream<EncodedFrame>;
  readonly writable: WritableStream<EncodedFrame>;
  readonly options: TransformOptions;
  generateKeyFrame?(): Promise<unknown>;
  sendKeyFrameRequest?(): Promise<unknown>;
}

const cipher = new FrameCipher((report) => postMessage(report));
const transformers = new Set<Transformer>();

addEventListener('rtctransform', (event) => {
  const {transformer} = event as Event & {readonly transformer: Transformer};
  const {video, sends} = transformer.options;
  transformers.add(transformer);
  const passing = new TransformStream<EncodedFrame, EncodedFrame>({
    transform: async (frame, controller) => {
      const data = new Uint8Array(frame.data);
      const passed = sends
        ? await cipher.encrypt(data, video, frame.type)
        : await cipher.decrypt(data, video);
      if (!passed) return;
      if (passed !== data) frame.data = passed.buffer;
      controller.enqueue(frame);
    },
  });
  // Ends with the sender or receiver.
  transformer.readable
    .pipeThrough(passing)
    .pipeTo(transformer.writable)
    .catch(() => {})
    .finally(() => transformers.delete(transformer));
});

addEventListener('message', ({data}: MessageEvent<WorkerCommand>) => {
  if (data.mode) cipher.mode = data.mode;
  if (!data.baseKey) return;
  void cipher.setKey(data.baseKey, data.kid).then(() => {
    // What was dropped until now may have been a key frame.
    for (const transformer of transformers) {
      const {video, sends} = transformer.options;
      if (!video) continue;
      const asked = sends ? transformer.generateKeyFrame?.() : transformer.sendKeyFrameRequest?.();
      asked?.catch(() => {});
    }
  });
});

// The page waits for this: a worker that cannot be loaded encrypts nothing.
postMessage('ready');
