/** A file that a page handed to the browser's downloads. */
export interface Downloaded {
  readonly name: string;
  readonly file: Promise<Blob>;
}

/** Keeps what is downloaded instead of writing it to the disk, until it is restored. */
export interface Downloads {
  readonly files: Downloaded[];
  restore(): void;
}

/** Watches the browser's downloads; replaces only the click on a download link. */
export function watchDownloads(): Downloads {
  const {click} = HTMLAnchorElement.prototype;
  const files: Downloaded[] = [];
  HTMLAnchorElement.prototype.click = function () {
    if (!this.download) return click.call(this);
    files.push({name: this.download, file: fetch(this.href).then((response) => response.blob())});
  };
  return {files, restore: () => (HTMLAnchorElement.prototype.click = click)};
}
