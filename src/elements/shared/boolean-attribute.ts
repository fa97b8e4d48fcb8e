let told = false;

/**
 * Reads a boolean attribute. In HTML, `"false"` means on, but Vue and Svelte write it for off: here it means off, and
 * one warning reports it to the author of the page.
 */
export const booleanAttribute = {
  fromAttribute(value: string | null): boolean {
    if (value?.trim().toLowerCase() !== 'false') return value !== null;
    if (!told)
      console.warn(
        'SIP Elements: "false" as the value of a boolean attribute means off. To HTML it means on: leave the attribute out instead.',
      );
    told = true;
    return false;
  },
};
