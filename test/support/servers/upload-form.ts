import {until} from '../in-page/facts.js';

/** What arrived at an upload form of the test (`upload-form.mjs`). */
export interface FormState {
  readonly asked: number;
  readonly open: number;
  readonly peak: number;
  readonly forms: readonly {
    readonly parts: readonly (readonly [
      string,
      string | {readonly name: string; readonly type: string; readonly size: number; readonly sha256: string},
    ])[];
  }[];
}

let count = 0;

/** An upload form of the test's own: a real server at the far end. */
export class UploadForm {
  /** Its address, for an absolute one too. */
  readonly url: string;
  readonly #path: string;

  /**
   * @param how - What it does, as in `upload-form.mjs`: `cut=2`, `slow=50`, `hold`, `status=413`.
   * @param id - Another one each time; `servlet` is the one that all tests share.
   */
  constructor(how = '', id = `${Date.now()}-${(count += 1)}-${Math.random().toString(36).slice(2)}`) {
    this.#path = `/upload-form/${id}`;
    this.url = `${location.origin}${this.#path}${how && `?${how}`}`;
  }

  async state(): Promise<FormState> {
    return (await (await fetch(this.#path)).json()) as FormState;
  }

  /** Resolves once it is true. */
  async becomes(fact: (state: FormState) => boolean): Promise<FormState> {
    let state!: FormState;
    await until(async () => fact((state = await this.state())));
    return state;
  }

  /** Answers those that are held. */
  async go(): Promise<void> {
    await fetch(`${this.#path}/go`, {method: 'POST'});
  }
}

/** A file with unique bytes. */
export function someFile(size: number, name = 'a.bin', type = ''): File {
  const bytes = new Uint8Array(size);
  for (let from = 0; from < size; from += 65_536) crypto.getRandomValues(bytes.subarray(from, from + 65_536));
  return new File([bytes], name, {type});
}

/** The hash of a file, as the far end reports it. */
export async function sha256(file: Blob): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
