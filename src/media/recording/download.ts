/** How long the browser may take to begin reading, in milliseconds: Safari asks the user first. */
const PATIENCE = 10_000;

/** Downloads a file under the name. */
export function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE);
}
