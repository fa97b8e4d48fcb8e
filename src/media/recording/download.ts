/** How long the browser may take to begin reading, in milliseconds: Safari asks its user before it does. */
const PATIENCE = 10_000;

/** Hands a file to the browser's downloads under the name. */
export function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE);
}
