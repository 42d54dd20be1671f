/** One or two letters for a name: of the first and the last word that begin with a letter, brackets left out. Empty name: `?`. */
export function initials(name: string): string {
  const words = name
    .replace(/\(.*?\)/g, ' ')
    .split(/[\s,]+/)
    .filter((word) => /^\p{L}/u.test(word))
  const first = words[0]
  if (first === undefined) return '?'
  const last = words.length > 1 ? words[words.length - 1] : undefined
  return [first, last].map((word) => firstLetter(word ?? '')).join('')
}

// A letter with its accents is one grapheme but may be several code points.
function firstLetter(word: string): string {
  const [segment] = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(word)
  return (segment?.segment ?? '').toLocaleUpperCase('en')
}
