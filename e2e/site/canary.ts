/** Words that tests type into fields and searches, and that must never be found in a log. */
export const canaries = {
  templateName: 'Zanzibar Quillfeather',
  templateText: 'marmalade-lighthouse-7731',
  search: 'Kumquatson',
} as const

let count = 0

/** A name that no other test uses. */
export function uniqueName(what: string): string {
  count += 1
  return `${what} ${process.pid}-${Date.now().toString(36)}-${count}`
}
