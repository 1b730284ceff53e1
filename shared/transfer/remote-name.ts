/**
 * A file or folder name as every call sends it: NFC (macOS keeps names decomposed), and without the
 * control characters and lone surrogates that no server shows and that would break a form field.
 * Names are compared in this form.
 */
export function remoteName(name: string): string {
  return name
    .toWellFormed()
    .normalize('NFC')
    .replace(/\p{Cc}/gu, '_')
}
