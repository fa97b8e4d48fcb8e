import {listenTo, type Listener} from './speaker.js';

/** Lists all files of the recall in the origin's private file system, by their paths. */
export async function keptForRecall(): Promise<readonly string[]> {
  const list = async (folder: FileSystemDirectoryHandle, path: string): Promise<string[]> => {
    const found: string[] = [];
    try {
      for await (const [name, handle] of folder.entries())
        if (handle.kind === 'file') found.push(`${path}${name}`);
        else
          found.push(
            `${path}${name}/`,
            ...(await list(handle as FileSystemDirectoryHandle, `${path}${name}/`)),
          );
    } catch (error) {
      // A folder that is erased meanwhile has nothing.
      if ((error as DOMException).name !== 'NotFoundError') throw error;
    }
    return found;
  };
  const all = await list(await navigator.storage.getDirectory(), '');
  return all.filter((path) => path.startsWith('sip-elements-recall'));
}

/** What a page that is gone has left of something that was heard. */
export interface LeftUtterance {
  readonly account: string;
  readonly id: string;
  /** In how many milliseconds it must be erased. */
  readonly left: number;
  readonly about?: object;
  readonly size?: number;
}

/** Writes such a thing as the gone page has; returns the name of its folder. */
export async function leaveForRecall({
  account,
  id,
  left,
  about = {},
  size = 6,
}: LeftUtterance): Promise<string> {
  const name = crypto.randomUUID();
  // Other pages would take a folder for empty that is being written.
  await navigator.locks.request(`sip-elements:recall:${name}`, async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await (
      await root.getDirectoryHandle('sip-elements-recall', {create: true})
    ).getDirectoryHandle(name, {create: true});
    const write = async (file: string, data: Blob | string): Promise<void> => {
      const stream = await (await folder.getFileHandle(file, {create: true})).createWritable();
      await stream.write(data);
      await stream.close();
    };
    await write('account', account);
    // Packets of no length, which are valid.
    const packets = new Uint8Array(size);
    await write(`${Date.now() + left}-${id}`, new Blob([JSON.stringify(about), '\n', packets]));
  });
  return name;
}

/** What is heard again: the element that plays it, and its sound on the way to the loudspeaker. */
export interface HeardAgain {
  /** The element that has begun to play a file last; undefined before. */
  readonly element: HTMLMediaElement | undefined;
  readonly sound: Listener | undefined;
  restore(): void;
}

/** Watches for elements that play a file, not a stream. */
export function watchFiles(): HeardAgain {
  const {prototype} = HTMLMediaElement;
  const {play} = prototype;
  let element: HTMLMediaElement | undefined;
  let sound: Listener | undefined;
  const listen = ({target}: Event): void => {
    const player = target as Partial<Record<'captureStream' | 'mozCaptureStream', () => MediaStream>>;
    const stream = player.captureStream?.() ?? player.mozCaptureStream?.();
    if (stream?.getAudioTracks().length) sound = listenTo(stream);
  };
  const watch = (player: HTMLMediaElement): void => {
    element = player;
    sound?.close();
    sound = undefined;
    player.addEventListener('playing', listen, {once: true});
  };
  prototype.play = async function (this: HTMLMediaElement) {
    if (this.src.startsWith('blob:')) watch(this);
    return play.call(this);
  };
  return {
    get element() {
      return element;
    },
    get sound() {
      return sound;
    },
    restore() {
      sound?.close();
      prototype.play = play;
    },
  };
}
