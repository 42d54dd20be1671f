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
