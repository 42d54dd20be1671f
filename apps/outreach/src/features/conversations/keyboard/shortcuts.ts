/** What the keyboard does in the inbox, in the order of the help sheet. */
export const shortcuts = [
  { keys: ['j'], act: 'next' },
  { keys: ['k'], act: 'before' },
  { keys: ['/'], act: 'search' },
  { keys: ['.'], act: 'updates' },
  { keys: ['n'], act: 'new' },
  { keys: ['r'], act: 'answer' },
  { keys: ['e'], act: 'archive' },
  { keys: ['u'], act: 'unread' },
  { keys: ['?'], act: 'help' },
] as const

export type ShortcutAct = (typeof shortcuts)[number]['act']

interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly defaultPrevented: boolean
  /** Whether the key goes into a field, or a menu or dialog has the keyboard. */
  readonly elsewhere: boolean
  /** Whether the person has switched single keys off. */
  readonly off: boolean
}

/** What a pressed key asks for; undefined: nothing of ours. */
export function actOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
  defaultPrevented,
  elsewhere,
  off,
}: Pressed): ShortcutAct | undefined {
  if (off || defaultPrevented || elsewhere || ctrlKey || metaKey || altKey) return undefined
  return shortcuts.find(({ keys }) => keys.some((one) => one === key.toLowerCase()))?.act
}
