/** The beginning of a text, at most `length` UTF-16 units long and never ending in half of an emoji. */
export function clipped(text: string, length: number): string {
  const cut = text.slice(0, length)
  return cut.isWellFormed() ? cut : text.slice(0, length - 1)
}
