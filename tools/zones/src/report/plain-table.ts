/** Options of a table that prints well on every terminal: no rules, columns set apart by spaces, long cells wrapped. */
export const plainTable = {
  wordWrap: true,
  chars: {
    ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '' },
    ...{
      'bottom-right': '',
      left: ' ',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: ' ',
    },
  },
  style: { head: [] as string[], border: [] as string[], compact: true },
}

/** A text whose longest words fit a column of that width: names are broken anywhere rather than cut off. */
export function fitting(text: string, width: number): string {
  // The column's own padding takes one character on either side.
  const room = width - 2
  return text
    .split(/(\s+)/)
    .map((word) => word.match(new RegExp(`.{1,${room}}`, 'gu'))?.join('\n') ?? word)
    .join('')
}
