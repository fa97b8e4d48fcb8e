import {SipError} from '../../errors.js';

/**
 * The purposes of uploaded files, in the order of the server's numbers, which begin with 1
 * (docs/protocol/numbers.md#file-types).
 */
const FILE_TYPES = [
  'text',
  'picture',
  'voice',
  'video',
  'position',
  'play-audio',
  'fax',
  'other',
  'play-video',
  'uploaded-video',
  'notice',
] as const;

/** The purpose of an uploaded file. */
export type FileType = (typeof FILE_TYPES)[number];

/** The purposes that follow from the first part of a file's media type. */
const BY_MEDIA: ReadonlyMap<string, FileType> = new Map([
  ['text', 'text'],
  ['image', 'picture'],
  ['audio', 'voice'],
  ['video', 'video'],
]);

/** Extensions of files whose media type a browser may not know. */
const BY_ENDING: readonly (readonly [RegExp, FileType])[] = [
  [/\.(?:txt|log|csv|md)$/i, 'text'],
  [/\.(?:png|jpe?g|gif|webp|bmp|heic|heif|avif|svg|tiff?)$/i, 'picture'],
  [/\.(?:wav|mp3|m4a|aac|amr|ogg|oga|opus|flac|weba|wma)$/i, 'voice'],
  [/\.(?:mp4|m4v|mov|mkv|avi|webm|3gp|mpe?g|wmv|flv)$/i, 'video'],
];

/**
 * Returns the server's number of a file's type.
 *
 * @param given - A name, or a number, also as a text; derived from the file if empty.
 * @throws {SipError} `bad-parameter` if it is neither.
 */
export function fileTypeNumber(given: unknown, file: Blob, name: string): number {
  if (given === undefined || given === '') return numberOf(typeOf(file, name));
  const named = numberOf(given as FileType);
  if (named) return named;
  const number = Number(given);
  if (Number.isInteger(number) && number > 0) return number;
  throw new SipError('bad-parameter', {subject: `type “${given as string}”`});
}

function numberOf(type: FileType): number {
  return FILE_TYPES.indexOf(type) + 1;
}

function typeOf({type}: Blob, name: string): FileType {
  const [media = ''] = type.split('/', 1);
  return BY_MEDIA.get(media) ?? BY_ENDING.find(([ending]) => ending.test(name))?.[1] ?? 'other';
}
